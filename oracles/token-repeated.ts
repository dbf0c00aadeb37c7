/** No answer repeats the token that was sent. */

import { headerValues } from '../fixtures/exchange.js';
import { type Oracle, unless } from './oracle.js';

/** Shorter tokens, say `null`, turn up in bodies by chance. */
const SHORTEST = 12;

export const tokenRepeated: Oracle = {
  requirement: 'answer.no-token',
  judge: ({ exchange, response, json }) => {
    const sent = headerValues(exchange.request.headers, 'authorization')
      .flatMap((value) => value.split(/\s+/))
      .filter((part) => part.length >= SHORTEST && !exchange.request.path.includes(part));
    if (sent.length === 0) return null;
    const seen = [
      json?.text ?? Buffer.from(response.body).toString('latin1'),
      // Without the escapes of JSON, of which some writers use more than they need.
      json?.text.includes('\\') ? JSON.stringify(json.value ?? null) : '',
      ...response.headers.map(([, value]) => value),
    ];
    const repeated = sent.some((part) => seen.some((text) => text.includes(part)));
    return unless(!repeated, 'no token in the answer', 'the token that was sent');
  },
};
