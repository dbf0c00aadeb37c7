/** Verdicts for the tests of reports: small ones, and one in which every text is hostile. */

import { loadContract } from '../spec/contract.js';
import { loadRequirements, sourceText } from '../spec/requirements.js';
import type { Finding, ShownExchange, Verdict, VerdictRequirement } from './verdict.js';

const requirements = loadRequirements();

/** Of every requirement the status that is given, `pass` for the others. */
export function requirementsWith(
  statuses: Readonly<Record<string, VerdictRequirement['status']>>,
): VerdictRequirement[] {
  return requirements.map((requirement) => {
    const status = statuses[requirement.id] ?? (requirement.unchecked === undefined ? 'pass' : 'not-checked');
    return {
      id: requirement.id,
      level: requirement.level,
      statement: requirement.statement,
      source: sourceText(requirement),
      status,
      checks: status === 'not-checked' ? 0 : 12,
      failures: status === 'fail' ? 3 : 0,
      reason: status === 'not-checked' ? (requirement.unchecked ?? 'No session was supplied.') : null,
      cases: [requirement.id],
    };
  });
}

export const exchange: ShownExchange = {
  request: {
    method: 'POST',
    url: 'https://sandbox.example.com/api/v2/sessions/3e82fc7a-7662-4f9f-84ee-c544f5681f1c/cancel',
    headers: [
      ['Authorization', 'Bearer ‹secret›'],
      ['Accept', 'text/json'],
    ],
    body: null,
  },
  response: {
    status: 200,
    headers: [['Content-Type', 'text/json; charset=utf-8']],
    body: '{"sessionId":"3e82fc7a-7662-4f9f-84ee-c544f5681f1c","status":"Gone"}',
  },
  failure: null,
  startedAt: '2026-03-01T10:00:01.000Z',
  durationMs: 12.5,
};

export const finding: Finding = {
  requirement: 'cancel.twice',
  level: 'must',
  message: 'A session that is Cancelled is refused with 400, every time it is tried. Expected 400; got 200.',
  expected: '400',
  actual: '200',
  conditions: ['Accept: text/json'],
  example: null,
  occurrences: 3,
  curl: `curl -i --path-as-is -X POST '${exchange.request.url}' -H "Authorization: Bearer $TOKEN" -H 'Accept: text/json'`,
  replay: 'cancel.twice in any manner@42',
  exchange,
  pointer: '/status',
  trail: [
    {
      number: 1,
      operation: 'initiate',
      method: 'POST',
      path: '/api/v2/sessions',
      status: 201,
      failure: null,
      startedAt: '2026-03-01T10:00:00.000Z',
      durationMs: 20,
      shows: false,
    },
    {
      number: 2,
      operation: 'cancel',
      method: 'POST',
      path: '/api/v2/sessions/3e82fc7a-7662-4f9f-84ee-c544f5681f1c/cancel',
      status: 200,
      failure: null,
      startedAt: '2026-03-01T10:00:01.000Z',
      durationMs: 12.5,
      asked: 'Accept: text/json',
      shows: true,
    },
  ],
};

/** One grey point. */
const JPEG =
  'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

export const good: Verdict = {
  schemaVersion: 1,
  verdict: 'conformant',
  exitCode: 0,
  reason: null,
  target: { url: 'https://sandbox.example.com', embedded: false, insecure: false },
  contract: { title: 'Flinks Interac API', version: 'v2', sha256: loadContract().sha256 },
  tool: { name: 'cancel-conformance', version: '0.1.0' },
  seed: 42,
  depth: 'smoke',
  strict: false,
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:00:02.500Z',
  durationMs: 2500,
  exchanges: 541,
  usage: { sessions: 40, tokens: 42, throttled: 2, leftActive: [] },
  requirements: requirementsWith({ 'cancel.expired': 'not-checked' }),
  waivers: [],
  observations: [
    {
      id: 'accept.unacceptable',
      question: 'An Accept header that allows nothing that is declared',
      value: '406, no body',
      example: exchange,
    },
    {
      id: 'headers.401',
      question: 'The headers of a 401',
      value: 'date, www-authenticate',
      example: exchange,
    },
    {
      id: 'headers.401/www-authenticate',
      question: 'The headers of a 401: www-authenticate',
      value: '"Bearer"',
    },
  ],
  findings: [],
  pages: [
    { title: 'active', text: 'Send a payment', picture: JPEG },
    { title: 'cancelled, opened afterwards', text: 'Session expired', picture: null },
  ],
  measurements: {
    responseTimes: [
      {
        operation: 'cancel',
        status: 200,
        count: 3,
        minMs: 1.2,
        medianMs: 4,
        p95Ms: 9,
        maxMs: 9.5,
        histogram: [
          { upToMs: 1.259, count: 1 },
          { upToMs: 10, count: 2 },
        ],
      },
    ],
    course: { binMs: 50, bins: [{ exchanges: 3, throttled: 1, unanswered: 0 }] },
  },
};

export const bad: Verdict = {
  ...good,
  verdict: 'nonconformant',
  exitCode: 1,
  requirements: requirementsWith({
    'cancel.twice': 'fail',
    'token.challenge': 'fail',
    'cancel.expired': 'not-checked',
  }),
  findings: [finding],
};

const HOSTILE = `</pre></script><script>document.title='owned'</script><img src=x onerror="document.title='owned'">\u202e\u0000\u001b[2J\`\`\`]]>--><!--`;

/** Script in every text, thousands of findings, bodies of a megabyte. */
export function hostileVerdict(): Verdict {
  const evil = HOSTILE.repeat(3);
  const ids = bad.requirements.map(({ id }) => id);
  const many = Array.from({ length: 5000 }, (_, i): Finding => {
    const body = i < 3 ? evil + 'A'.repeat(1_000_000) : evil;
    return {
      requirement: ids[i % 20] ?? 'cancel.twice',
      level: 'must',
      message: evil,
      expected: `${evil}${i}`,
      actual: evil,
      conditions: [evil],
      example: evil,
      occurrences: i,
      curl: evil,
      replay: evil,
      exchange: {
        request: { method: evil, url: `javascript:${evil}`, headers: [[evil, evil]], body },
        response: { status: 200, headers: [[evil, evil]], body },
        failure: evil,
        startedAt: evil,
        durationMs: 1,
      },
      pointer: evil,
      trail: [],
    };
  });
  return {
    ...bad,
    reason: evil,
    target: { url: `https://sandbox.example.com/${evil}`, embedded: false, insecure: false },
    contract: { title: evil, version: evil, sha256: evil },
    tool: { name: 'cancel-conformance', version: evil },
    startedAt: evil,
    finishedAt: evil,
    usage: { ...bad.usage, leftActive: [evil] },
    pages: [{ title: evil, text: evil, picture: null }],
    requirements: bad.requirements.map((requirement, i) => ({
      ...requirement,
      statement: evil,
      source: `page "${evil}"; contract #/${evil}; RFC ${evil}`,
      status: i < 20 ? 'fail' : requirement.status,
      reason: evil,
      cases: [evil],
    })),
    observations: bad.observations.map((one) => ({ ...one, value: evil, question: evil })),
    findings: many,
    again: evil,
  };
}
