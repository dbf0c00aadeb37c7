/** A content coding comes back only where it was offered, and can be undone (RFC 9110 section 12.5.3). */

import { headerValue } from '../fixtures/exchange.js';
import { type Oracle, unless } from './oracle.js';

export const contentCoding: Oracle = {
  requirement: 'answer.content-coding',
  judge: ({ exchange, response, ofOperation }) => {
    if (!ofOperation) return null;
    const offered = codingsOffered(headerValue(exchange.request.headers, 'accept-encoding'));
    const used = (headerValue(response.headers, 'content-encoding') ?? '')
      .split(',')
      .map((coding) => coding.trim().toLowerCase())
      .filter((coding) => coding !== '' && coding !== 'identity');
    const unasked = used.filter((coding) => !isOffered(coding, offered));
    if (unasked.length > 0)
      return { expected: 'a content coding that was offered, or none', actual: unasked.join(', ') };
    return unless(
      response.undecoded.length === 0,
      'a body that its content coding undoes',
      `not ${response.undecoded.join(', ')}`,
    );
  },
};

/** The codings of an Accept-Encoding header in lower case; those with a quality value of 0 are none. */
export function codingsOffered(acceptEncoding: string | null): readonly string[] {
  return (acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';', 1).join().trim());
}

export function isOffered(coding: string, offered: readonly string[]): boolean {
  return offered.includes(coding.replace(/^x-/, '')) || offered.includes('*');
}
