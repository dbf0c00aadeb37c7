/** An answer of Cancel Session as oracles see it: read once, whatever the number of oracles. */

import { type Exchange, headerValue, type Response } from '../fixtures/exchange.js';
import type { Contract } from '../spec/contract.js';
import { covers } from '../spec/media-type.js';
import { type MediaType, parseMediaType, qualityOf } from './accept.js';
import { type Allowances, allowancesOf, isAllowance, mayRefuseExtras } from './allowances.js';
import { type ParsedJson, parseJson } from './json.js';

export interface Answer {
  readonly exchange: Exchange;
  readonly contract: Contract;
  readonly status: number;
  readonly response: Response;
  /** The id as it was sent. */
  readonly id: string | null;
  /** The Accept header as it was sent. */
  readonly accept: string | null;
  /** Whether the Accept header allows a type that the contract declares for any status. */
  readonly acceptable: boolean;
  readonly allowances: Allowances;
  /** Whether contract and page speak of this answer: a declared status, not explained by how it was asked for. */
  readonly ofOperation: boolean;
  /** Whether it may be a refusal of a body or a query that nobody asked for. */
  readonly ofExtras: boolean;
  /** As the Content-Type header says. */
  readonly mediaType: MediaType | null;
  /** Whether the contract declares that type for this status. */
  readonly mediaTypeDeclared: boolean;
  /** What the body holds; null where the codings could not be undone. */
  readonly json: ParsedJson | null;
  /** The first declared media type of this status: bodies are held against its schema where theirs is not declared. */
  readonly schemaType: string;
}

export function readAnswer(exchange: Exchange, response: Response, contract: Contract): Answer {
  const { request } = exchange;
  const { status, headers, body } = response;
  const accept = headerValue(request.headers, 'accept');
  const acceptable = contract.allMediaTypes.some((type) => qualityOf(accept, type) > 0);
  const allowances = allowancesOf(exchange, acceptable);
  const mediaType = parseMediaType(headerValue(headers, 'content-type') ?? '');
  const declared = contract.mediaTypes(status);
  const mediaTypeDeclared = mediaType !== null && declared.some((type) => covers(type, mediaType.essence));
  return {
    exchange,
    contract,
    status,
    response,
    id: exchange.sentId,
    accept,
    acceptable,
    allowances,
    ofOperation: contract.statuses.includes(status) && !isAllowance(allowances, status),
    ofExtras: mayRefuseExtras(request, status),
    mediaType,
    mediaTypeDeclared,
    json: response.undecoded.length > 0 ? null : parseJson(body, mediaType),
    schemaType: mediaTypeDeclared && mediaType !== null ? mediaType.essence : (declared[0] ?? ''),
  };
}
