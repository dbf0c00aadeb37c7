/** Choices about representations: media types, content codings, and how JSON and headers are written. */

import { headerValue } from '../../fixtures/exchange.js';
import { OFFERED_CODINGS } from '../../fixtures/transports/decode.js';
import { qualityOf } from '../../oracles/accept.js';
import { promisedTypes } from '../../spec/media-type.js';
import { beyondAsciiOf, slashesOf, whiteSpaceOf, wholeNumbersOf } from '../json-writing.js';
import type { Seen } from '../seen.js';
import { type Choice, cancel, outcomeOf, when } from './choice.js';

const essence = ({ mediaType }: Seen): string | null => mediaType?.essence ?? null;

/** Whether a list of declared types is of equals, so that the choice among them is free. */
function equals(accept: string | null): readonly string[] {
  const named = (accept ?? '').split(',').map((part) => part.trim().toLowerCase());
  const declared = named.filter((type) => promisedTypes.some((one) => one === type));
  return declared.length === named.length && declared.length > 1 ? declared : [];
}

function chosenFrom({ accept, mediaType }: Seen): string | null {
  const types = equals(accept);
  if (types.length === 0 || mediaType === null) return null;
  return types[0] === mediaType.essence
    ? 'the first named'
    : types.at(-1) === mediaType.essence
      ? 'the last named'
      : 'another';
}

const isUnacceptable = ({ accept, exchange, idForm }: Seen): boolean =>
  exchange.request.method === 'POST' &&
  idForm === 'uuid' &&
  promisedTypes.every((type) => qualityOf(accept, type) === 0);

const offersCodings = ({ exchange }: Seen) =>
  headerValue(exchange.request.headers, 'accept-encoding') === OFFERED_CODINGS;

const written = (of: (json: string) => string | null) =>
  when(
    (seen) => seen.isOfOperation && seen.mediaType?.essence === 'application/json',
    ({ json }) => of(json.text),
  );

export const representations: readonly Choice[] = [
  cancel(
    'accept.none',
    'The media type without an Accept header',
    when((seen) => seen.isOfOperation && seen.accept === null, essence),
  ),
  cancel(
    'accept.any',
    'The media type for */*',
    when((seen) => seen.isOfOperation && seen.accept === '*/*', essence),
  ),
  cancel(
    'accept.list',
    'The media type for a list of declared ones without quality values',
    when((seen) => seen.isOfOperation, chosenFrom),
  ),
  cancel(
    'accept.unacceptable',
    'An Accept header that allows nothing that is declared',
    when(isUnacceptable, (seen) => (seen.status === 406 ? outcomeOf(seen) : essence(seen))),
  ),
  ...promisedTypes.map((type) =>
    cancel(
      `content-type.${type.replace('/', '-')}`,
      `The Content-Type for Accept: ${type}`,
      when(
        (seen) => seen.isOfOperation && seen.accept === type,
        (seen) => seen.header('content-type'),
      ),
    ),
  ),
  cancel(
    'content-coding',
    'Content codings where gzip, deflate and br are offered',
    when(
      (seen) => seen.isOfOperation && offersCodings(seen),
      (seen) => seen.header('content-encoding') ?? 'none',
    ),
  ),
  cancel('json.white-space', 'White space of JSON', written(whiteSpaceOf)),
  cancel('json.slashes', 'Slashes within JSON', written(slashesOf)),
  cancel('json.beyond-ascii', 'Characters beyond ASCII within JSON', written(beyondAsciiOf)),
  cancel('json.whole-numbers', 'Whole numbers within JSON', written(wholeNumbersOf)),
  cancel(
    'framing',
    'What tells the end of a body',
    when(
      (seen) => seen.isOfOperation,
      (seen) =>
        seen.header('transfer-encoding') !== null
          ? 'chunks'
          : seen.header('content-length') !== null
            ? 'Content-Length'
            : 'the end of the connection',
    ),
  ),
  cancel(
    'headers.letter-case',
    'Letter case of header names',
    when(
      (seen) => seen.isOfOperation,
      ({ response }) => response?.headers.find(([name]) => /^content-type$/i.test(name))?.[0] ?? null,
    ),
  ),
];
