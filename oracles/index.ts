/** All oracles, and how an exchange passes through them. */

import type { Exchange } from '../fixtures/exchange.js';
import type { Contract } from '../spec/contract.js';
import { readAnswer } from './answer.js';
import { problemSchema, successSchema } from './body-schema.js';
import { byteOrderMark } from './byte-order-mark.js';
import { challenge } from './challenge.js';
import { contentCoding } from './content-coding.js';
import { internalsShown } from './internals-shown.js';
import { jsonBody } from './json-body.js';
import { mediaAllowed } from './media-allowed.js';
import { applicationJsonAlone, textJsonAlone, textPlainAlone } from './media-asked-alone.js';
import { mediaQuality } from './media-quality.js';
import { mediaTypeDeclared } from './media-type-declared.js';
import { mediaUnacceptable } from './media-unacceptable.js';
import type { Objection, Oracle } from './oracle.js';
import { problemStatus } from './problem-status.js';
import { statusDeclared } from './status-declared.js';
import { successReferenceId } from './success-reference-id.js';
import { successSessionId } from './success-session-id.js';
import { successStatus } from './success-status.js';
import { tokenRepeated } from './token-repeated.js';
import { uniqueMembers } from './unique-members.js';

export { isLong } from './allowances.js';

export const oracles: readonly Oracle[] = [
  statusDeclared,
  mediaTypeDeclared,
  contentCoding,
  jsonBody,
  successSchema,
  problemSchema,
  problemStatus,
  successSessionId,
  successStatus,
  successReferenceId,
  textPlainAlone,
  applicationJsonAlone,
  textJsonAlone,
  mediaAllowed,
  mediaQuality,
  mediaUnacceptable,
  challenge,
  tokenRepeated,
  internalsShown,
  byteOrderMark,
  uniqueMembers,
];

export interface Judgement {
  readonly requirement: string;
  /** Null where the requirement held. */
  readonly objection: Objection | null;
}

export type JudgeExchange = (exchange: Exchange) => readonly Judgement[];

/** Other methods are not the operation, and what they answer is to leak as little. */
const ofAnyMethod: readonly Oracle[] = [tokenRepeated, internalsShown];

/** @returns what the oracles say of an exchange; 429 is no answer of the operation */
export function compileOracles(contract: Contract): JudgeExchange {
  return (exchange) => {
    const { response, request } = exchange;
    if (response === null || response.status === 429) return [];
    const answer = readAnswer(exchange, response, contract);
    const judgements: Judgement[] = [];
    for (const { requirement, judge } of request.method === 'POST' ? oracles : ofAnyMethod) {
      const said = judge(answer);
      if (said !== null) judgements.push({ requirement, objection: said === 'holds' ? null : said });
    }
    return judgements;
  };
}
