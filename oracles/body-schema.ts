/** The body is valid against the schema that the contract has for its status and media type. */

import type { Answer } from './answer.js';
import type { Oracle } from './oracle.js';

function schemaOracle(requirement: string, speaksOf: (status: number) => boolean): Oracle {
  return {
    requirement,
    judge: ({ ofOperation, status, json, contract, schemaType }: Answer) => {
      if (!ofOperation || !speaksOf(status) || json === null || json.problem !== null) return null;
      const [violation] = contract.validate(status, schemaType, json.value);
      if (violation === undefined) return 'holds';
      const place = violation.pointer === '' ? 'the body' : violation.pointer;
      const { pointer, expected, actual } = violation;
      return { expected: `${place}: ${expected}`, actual, pointer };
    },
  };
}

const isSuccess = (status: number) => status < 300;

export const successSchema = schemaOracle('cancel.success.schema', isSuccess);
export const problemSchema = schemaOracle('answer.problem.schema', (status) => !isSuccess(status));
