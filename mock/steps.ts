/** The steps as a service that keeps the contract takes them. */

import { setTimeout as pause } from 'node:timers/promises';
import { authorize } from './authorize.js';
import type { Answer, Call, Outcome, Reply, Steps } from './behaviour.js';
import { cancel } from './cancel.js';
import { details } from './details.js';
import { pageSteps } from './hosted-page.js';
import { initiate } from './initiate.js';
import { acceptable, mediaTypes } from './negotiation.js';
import { problem } from './problems.js';
import { BodyTooLarge } from './request.js';
import { methods, type Operation } from './routes.js';
import type { Session } from './sessions.js';
import { isExpired, opaqueToken, type Token } from './tokens.js';

/** RFC 9562 section 4, in any letter case. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const bearer = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

export const ordinarySteps: Steps = {
  serve: async (call, operation) => render(call, await perform(call, operation)),
  authenticate: (call, lines) => validToken(call, lines),
  readId: (_call, segment) => (uuid.test(segment) ? segment : undefined),
  find: (call, sessionId) => call.world.sessions.find(sessionId),
  permit: (call, session) => call.token?.account === session.account,
  terminate: (call, session) => call.world.sessions.cancel(session),
  reply: (call, outcome) => replyTo(call, outcome),
  mediaType: (_call, accept) => acceptable(accept) ?? mediaTypes[0],
  serialise: (_call, value) => Buffer.from(JSON.stringify(value)),
  finish: (_call, answer) => answer,
  send: (call, answer) => send(call, answer),
  describe: (_call, session) => described(session),
  mint: () => opaqueToken(),
  ...pageSteps,
};

const operations: Readonly<Record<Operation, (call: Call) => Promise<Outcome>>> = {
  authorize,
  initiate,
  details,
  cancel,
  none: async () => ({ kind: 'no-such-path' }),
};

async function perform(call: Call, operation: Operation): Promise<Outcome> {
  const { method } = call.request;
  if (operation !== 'none') {
    if (method === 'OPTIONS') return { kind: 'done', status: 204, value: undefined };
    if (!methods[operation].includes(method)) return { kind: 'method' };
  }
  try {
    return await operations[operation](call);
  } catch (error) {
    if (error instanceof BodyTooLarge) return { kind: 'too-large', detail: 'The body is over 64 KB' };
    throw error;
  }
}

/** Turns an outcome into bytes, by way of the steps from `reply` to `finish`. */
export async function render(call: Call, outcome: Outcome): Promise<Answer> {
  const { steps } = call;
  call.outcome = outcome;
  const reply = await steps.reply(call, outcome);
  const { status } = reply;
  if (reply.value === undefined)
    return steps.finish(call, { status, headers: reply.headers, body: Buffer.alloc(0) });
  const type = await steps.mediaType(call, call.request.accept);
  const headers = { 'Content-Type': `${type}; charset=utf-8`, ...reply.headers };
  return steps.finish(call, { status, headers, body: await steps.serialise(call, reply.value) });
}

/** Two Authorization lines are no credentials: nobody could say which of them counts. */
function validToken(call: Call, lines: readonly string[]): Token | undefined {
  const [line = '', second] = lines;
  const value = second === undefined ? bearer.exec(line)?.[1] : undefined;
  const token = value === undefined ? undefined : call.world.tokens.find(value);
  return token && !isExpired(token) ? token : undefined;
}

function replyTo(call: Call, outcome: Outcome): Reply {
  const refusal = (status: number, detail: string, headers = {}): Reply => ({
    status,
    headers,
    value: problem(status, detail),
  });
  const allow = { Allow: methods[call.operation].join(', ') };
  switch (outcome.kind) {
    case 'cancelled':
      return { status: 200, headers: {}, value: cancelledBody(outcome.session) };
    case 'unauthorized':
      return refusal(401, 'Valid access token required', { 'WWW-Authenticate': 'Bearer' });
    case 'malformed':
      return refusal(400, 'The sessionId is not a UUID');
    case 'unknown':
    case 'foreign':
      return refusal(400, 'Session not found');
    case 'not-active':
      return refusal(400, 'Session cannot be Cancelled');
    case 'invalid':
      return refusal(400, outcome.detail);
    case 'too-large':
      return refusal(413, outcome.detail, { Connection: 'close' });
    case 'method':
      return refusal(405, `The method ${call.request.method} is not allowed here`, allow);
    case 'no-such-path':
      return refusal(404, 'There is nothing at this path');
    case 'done':
      return {
        status: outcome.status,
        headers: outcome.value === undefined ? allow : {},
        value: outcome.value,
      };
  }
}

const cancelledBody = ({ sessionId, referenceId }: Session): Readonly<Record<string, unknown>> => ({
  sessionId,
  referenceId,
  status: 'Cancelled',
  statusDetails: 'CancelledByApi',
});

const described = (session: Session): Readonly<Record<string, unknown>> => ({
  sessionId: session.sessionId,
  status: session.status,
  referenceId: session.referenceId,
  amount: session.amount,
  type: session.type,
  direction: session.direction,
  currency: session.currency,
  payor: session.payor,
  payee: session.payee,
  schedule: session.schedule,
  createdAt: session.createdAt.toISOString(),
});

async function send({ response, world }: Call, { status, headers, body }: Answer): Promise<undefined> {
  if (world.settings.latencyMs > 0) await pause(world.settings.latencyMs, undefined, { ref: false });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  response.end(body);
}
