/** Faults in bringing an answer to the client: none, late, cut off, or not HTTP. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Call, Change, Condition } from '../behaviour.js';
import { when } from '../behaviour.js';
import {
  answered,
  asksFor,
  asksForAList,
  attempt,
  badRequest,
  both,
  cameOut,
  ofEvery,
  ofNoReference,
  ofReferenceLike,
  oneIn,
  succeeded,
  unauthorized,
  withClientId,
  withoutAccept,
  withUpperCaseId,
} from '../conditions.js';
import { fault, inCancel } from './define.js';

const received = 'answer.received';

const sends = (condition: Condition, by: (call: Call, answer: Answer) => void): Change =>
  inCancel(
    'send',
    when(both(answered, condition), (call, answer) => {
      by(call, answer);
      return undefined;
    }),
  );

/** The request is never answered. */
const hangs = (condition: Condition): Change => sends(condition, () => {});

const resets = (condition: Condition): Change =>
  sends(condition, ({ response }) => void response.socket?.resetAndDestroy());

const closes = (condition: Condition): Change =>
  sends(condition, ({ response }) => void response.socket?.destroy());

/** Bytes that go out past the HTTP of Node. */
const raw = (condition: Condition, bytes: (answer: Answer) => string): Change =>
  sends(condition, ({ response }, answer) => void response.socket?.end(bytes(answer), 'latin1'));

const late = (milliseconds: number, condition: Condition): Change =>
  inCancel(
    'send',
    when(both(answered, condition), async (_call, _answer, ordinary) => {
      await pause(milliseconds, undefined, { ref: false });
      return ordinary();
    }),
  );

/** The length is that of the whole body, and the connection ends after half of it. */
const cutsOff = (condition: Condition): Change =>
  sends(condition, ({ response }, { status, body }) => {
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    });
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  });

const cutsOffChunks = (condition: Condition): Change =>
  sends(condition, ({ response }, { status, body }) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  });

/** The header comes, and then nothing. */
const hangsAfterHeader = (condition: Condition): Change =>
  sends(condition, ({ response }, { status, body }) => {
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    });
    response.flushHeaders();
  });

/** A byte every two seconds. */
const trickles = (condition: Condition): Change =>
  sends(condition, ({ response }, { status, body }) => {
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    });
    let sent = 0;
    const timer = setInterval(() => {
      if (response.destroyed || sent >= body.length) clearInterval(timer);
      else response.write(body.subarray(sent, ++sent));
    }, 2_000).unref();
  });

const head = ({ status }: Answer, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${status} Answer`, 'Content-Type: application/json', 'Connection: close', ...lines, '', ''].join(
    '\r\n',
  );

const secondCancel = both(cameOut('not-active'), attempt(2));

export const deliveryFaults = [
  fault(
    'delivery.success-unanswered',
    received,
    'A cancellation is done and never answered.',
    hangs(succeeded),
  ),
  fault('delivery.400-unanswered', received, 'A 400 never comes.', hangs(badRequest)),
  fault('delivery.401-unanswered', received, 'A 401 never comes.', hangs(unauthorized)),
  fault(
    'delivery.second-unanswered',
    received,
    'The second cancel of a session is never answered.',
    hangs(secondCancel),
  ),
  fault(
    'delivery.unanswered-as-text-json',
    received,
    'Asked for text/json alone, the service never answers.',
    hangs(asksFor('text/json')),
  ),
  fault(
    'delivery.unanswered-with-client-id',
    [received, 'client-id.optional'],
    'With x-client-id the service never answers.',
    hangs(withClientId),
  ),
  fault(
    'delivery.unanswered-for-a-list',
    [received, 'media.any'],
    'A list in Accept is never answered.',
    hangs(asksForAList),
  ),
  fault(
    'delivery.unanswered-for-unknown',
    [received, 'id.unknown'],
    'A well-formed id of no session is never answered.',
    hangs(cameOut('unknown')),
  ),
  fault(
    'delivery.unanswered-two-of-every-20',
    received,
    'Of every twenty requests two in a row are never answered.',
    hangs(ofEvery(20, 2)),
  ),
  fault(
    'delivery.unanswered-at-random',
    received,
    'One request in seven, at random, is never answered.',
    hangs(oneIn(7)),
  ),
  fault(
    'delivery.reset-for-success',
    received,
    'At a cancellation the connection is reset.',
    resets(succeeded),
  ),
  fault('delivery.reset-for-401', received, 'At a 401 the connection is reset.', resets(unauthorized)),
  fault('delivery.reset-for-400', received, 'At a 400 the connection is reset.', resets(badRequest)),
  fault(
    'delivery.reset-for-malformed',
    [received, 'id.malformed'],
    'At a malformed id the connection is reset.',
    resets(cameOut('malformed')),
  ),
  fault(
    'delivery.reset-in-upper-case',
    received,
    'At an id in upper case the connection is reset.',
    resets(withUpperCaseId),
  ),
  fault(
    'delivery.reset-as-text-plain',
    received,
    'Asked for text/plain alone, the service resets the connection.',
    resets(asksFor('text/plain')),
  ),
  fault(
    'delivery.reset-without-accept',
    received,
    'Without an Accept header the connection is reset.',
    resets(withoutAccept),
  ),
  fault(
    'delivery.reset-two-of-every-20',
    received,
    'At two requests in a row of every twenty the connection is reset.',
    resets(ofEvery(20, 2)),
  ),
  fault(
    'delivery.reset-at-random',
    received,
    'At one request in seven, at random, the connection is reset.',
    resets(oneIn(7)),
  ),
  fault(
    'delivery.closed-for-success',
    received,
    'At a cancellation the connection is closed with no answer.',
    closes(succeeded),
  ),
  fault(
    'delivery.closed-for-second',
    received,
    'At the second cancel of a session the connection is closed with no answer.',
    closes(secondCancel),
  ),
  fault(
    'delivery.closed-without-reference',
    received,
    'At a session without a referenceId the connection is closed with no answer.',
    closes(both(succeeded, ofNoReference)),
  ),
  fault(
    'delivery.closed-for-astral-references',
    received,
    'At a referenceId with a character beyond U+FFFF the connection is closed with no answer.',
    closes(both(succeeded, ofReferenceLike(/[\u{10000}-\u{10ffff}]/u))),
  ),
  fault('delivery.cut-off', received, 'A 200 ends before its Content-Length.', cutsOff(succeeded)),
  fault('delivery.cut-off-for-400', received, 'A 400 ends before its Content-Length.', cutsOff(badRequest)),
  fault('delivery.cut-off-for-401', received, 'A 401 ends before its Content-Length.', cutsOff(unauthorized)),
  fault('delivery.chunks-cut-off', received, 'A 200 ends before its last chunk.', cutsOffChunks(succeeded)),
  fault(
    'delivery.chunks-cut-off-for-400',
    received,
    'A 400 ends before its last chunk.',
    cutsOffChunks(badRequest),
  ),
  fault(
    'delivery.header-alone',
    received,
    'Of a 200 the header comes, and the body never does.',
    hangsAfterHeader(succeeded),
  ),
  fault(
    'delivery.header-alone-for-401',
    received,
    'Of a 401 the header comes, and the body never does.',
    hangsAfterHeader(unauthorized),
  ),
  fault(
    'delivery.trickle',
    received,
    'The body of a 200 comes at a byte every two seconds.',
    trickles(succeeded),
  ),
  fault('delivery.late-for-success', received, 'A 200 comes after 45 seconds.', late(45_000, succeeded)),
  fault(
    'delivery.late-for-second',
    received,
    'The answer to a second cancel comes after 45 seconds.',
    late(45_000, secondCancel),
  ),
  fault(
    'delivery.length-too-long',
    received,
    'The Content-Length of a 200 is more than there is, and the connection is closed.',
    raw(
      succeeded,
      (answer) => head(answer, `Content-Length: ${answer.body.length + 20}`) + answer.body.toString('latin1'),
    ),
  ),
  fault(
    'delivery.length-twice',
    received,
    'A 200 has two Content-Length headers that differ.',
    raw(
      succeeded,
      (answer) =>
        head(answer, `Content-Length: ${answer.body.length}`, `Content-Length: ${answer.body.length + 1}`) +
        answer.body.toString('latin1'),
    ),
  ),
  fault(
    'delivery.chunk-size-wrong',
    received,
    'The size of a chunk of a 200 is no number.',
    raw(
      succeeded,
      (answer) =>
        `${head(answer, 'Transfer-Encoding: chunked')}xyz\r\n${answer.body.toString('latin1')}\r\n0\r\n\r\n`,
    ),
  ),
  fault(
    'delivery.status-line-wrong',
    received,
    'A 400 begins with a line that is no HTTP.',
    raw(badRequest, () => 'Bad Request\r\n\r\n'),
  ),
  fault(
    'delivery.body-alone',
    received,
    'A 200 is its body alone, with no header.',
    raw(succeeded, ({ body }) => body.toString('latin1')),
  ),
  fault(
    'delivery.header-name-wrong',
    received,
    'A 401 has a header whose name holds a space.',
    raw(
      unauthorized,
      (answer) =>
        head(answer, 'X Trace: 1', `Content-Length: ${answer.body.length}`) + answer.body.toString('latin1'),
    ),
  ),
];
