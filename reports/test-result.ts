/** `test-result.intoto.json`: the verdict as an in-toto statement, unsigned, ready for a CI's signing step. */

import { createHash } from 'node:crypto';
import type { Verdict, VerdictRequirement } from './verdict.js';

interface Resource {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** in-toto Statement v1 with the predicate test-result v0.1. */
export interface TestResultStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Resource[];
  readonly predicateType: 'https://in-toto.io/attestation/test-result/v0.1';
  readonly predicate: {
    readonly result: 'PASSED' | 'WARNED' | 'FAILED';
    readonly configuration: readonly Resource[];
    readonly passedTests: readonly string[];
    readonly warnedTests: readonly string[];
    readonly failedTests: readonly string[];
  };
}

/**
 * @param verdictJson the bytes of `verdict.json`
 * @returns null where the service could not be judged: a statement can only say that it passed or failed
 */
export function testResultStatement(verdict: Verdict, verdictJson: string): TestResultStatement | null {
  if (verdict.verdict === 'inconclusive') return null;
  const decides = ({ level }: VerdictRequirement) => level === 'must' || verdict.strict;
  const idsOf = (fits: (requirement: VerdictRequirement) => boolean) =>
    verdict.requirements.filter(fits).map(({ id }) => id);
  const contract = { name: 'contract', digest: { sha256: verdict.contract.sha256 } };
  const warnedTests = idsOf((one) => one.status === 'waived' || (one.status === 'fail' && !decides(one)));
  const passed = warnedTests.length === 0 ? 'PASSED' : 'WARNED';
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'verdict.json', digest: { sha256: createHash('sha256').update(verdictJson).digest('hex') } },
      contract,
    ],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: verdict.verdict === 'nonconformant' ? 'FAILED' : passed,
      configuration: [contract],
      passedTests: idsOf(({ status }) => status === 'pass'),
      warnedTests,
      failedTests: idsOf((one) => one.status === 'fail' && decides(one)),
    },
  };
}
