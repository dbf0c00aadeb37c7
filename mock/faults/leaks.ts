/** Faults that tell more than they should: tokens, stack traces, file paths. */

import { html } from '../answers.js';
import { type Answer, type Call, type Change, type Condition, when } from '../behaviour.js';
import {
  always,
  asksFor,
  badRequest,
  both,
  cameOut,
  method,
  not,
  succeeded,
  unauthorized,
  withIdLike,
} from '../conditions.js';
import { membersOf } from '../json.js';
import { answer, fault, inCancel, instantly, refusal, success } from './define.js';

const token = 'answer.no-token';
const internals = 'answer.no-internals';

/** What was sent behind the scheme, valid or not. */
const sent = (call: Call): string => (call.request.authorization[0] ?? '').replace(/^\S+\s+/, '');

const header = (name: string, value: (call: Call) => string, condition: Condition = always): Change =>
  answer(
    (one: Answer, call) => ({
      ...one,
      headers: { ...one.headers, [name]: value(call).replace(/[^\x20-\x7e]/g, '') },
    }),
    condition,
  );

/** The Authorization header holds something worth repeating. */
const withToken: Condition = (call) => sent(call) !== '';

const stack = [
  'System.InvalidOperationException: Sequence contains no elements',
  '   at Pay.Sessions.Cancel(Guid sessionId) in /src/Pay/Sessions.cs:line 88',
  '   at Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.Next(State& next)',
].join('\n');

const nodeStack = [
  'Error: session is not active',
  '    at cancel (/app/src/sessions/cancel.js:41:11)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
].join('\n');

const javaStack = [
  'java.lang.IllegalStateException: session is not active',
  '\tat com.example.pay.SessionService.cancel(SessionService.java:88)',
  '\tat java.base/java.lang.Thread.run(Thread.java:840)',
].join('\n');

const pythonStack = [
  'Traceback (most recent call last):',
  '  File "/srv/pay/sessions.py", line 88, in cancel',
  'ValueError: session is not active',
].join('\n');

const windowsStack = [
  'System.FormatException: The id is none',
  '   at Pay.Sessions.Parse(String text)',
  '   at Pay.Sessions.Cancel(String sessionId)',
].join('\r\n');

const moduleStack = ['Error: session is not active', '    at file:///pay/sessions.js:41:11'].join('\n');

export const leakFaults = [
  ...(
    [
      ['windows', windowsStack],
      ['module', moduleStack],
    ] as const
  ).map(([id, trace]) =>
    fault(
      `leak.${id}-trace`,
      internals,
      `A 400 shows a stack trace, as ${id === 'windows' ? '.NET on Windows' : 'a module of Node.js'} writes it.`,
      refusal((body) => ({ ...body, exception: trace }), badRequest),
    ),
  ),
  fault(
    'leak.token-in-detail',
    token,
    'The detail of a 401 repeats the token that was sent.',
    refusal(
      (body, call) => ({ ...body, detail: `Token ${sent(call)} is not valid` }),
      both(unauthorized, withToken),
    ),
  ),
  fault(
    'leak.token-in-extension',
    token,
    'A 400 repeats the headers of the request.',
    refusal(
      (body, call) => ({ ...body, request: { authorization: call.request.authorization[0] } }),
      badRequest,
    ),
  ),
  fault(
    'leak.token-in-status-details',
    token,
    'The statusDetails of a 200 repeat the token.',
    success((body, call) => ({ ...body, statusDetails: `by ${sent(call)}` })),
  ),
  fault(
    'leak.token-in-header',
    token,
    'A header repeats the token.',
    header('X-Correlation-Token', sent, withToken),
  ),
  fault(
    'leak.token-in-header-for-400',
    token,
    'A header of a 400 repeats the token.',
    header('X-Debug', sent, both(badRequest, withToken)),
  ),
  fault(
    'leak.token-in-challenge',
    token,
    'The challenge of a 401 repeats the token.',
    header(
      'WWW-Authenticate',
      (call) => `Bearer error="invalid_token", error_description="${sent(call).replace(/["\\]/g, '')}"`,
      both(unauthorized, withToken),
    ),
  ),
  fault(
    'leak.token-in-cookie',
    token,
    'A cookie repeats the token.',
    header('Set-Cookie', (call) => `token=${sent(call)}; HttpOnly`, both(succeeded, withToken)),
  ),
  fault(
    'leak.token-as-text-plain',
    token,
    'Under text/plain a problem repeats the token.',
    refusal(
      (body, call) => ({ ...body, instance: `urn:token:${sent(call)}` }),
      both(asksFor('text/plain'), withToken),
    ),
  ),
  fault(
    'leak.token-for-foreign',
    token,
    "A 400 for another client's session repeats the token.",
    refusal(
      (body, call) => ({ ...body, detail: `${sent(call)} may not cancel this session` }),
      cameOut('foreign'),
    ),
  ),
  fault(
    'leak.stack',
    internals,
    'A 400 has a stack trace in an extension member.',
    refusal((body) => ({ ...body, exception: stack }), badRequest),
  ),
  fault(
    'leak.stack-in-detail',
    internals,
    'The detail of a 400 for a malformed id is a stack trace.',
    refusal((body) => ({ ...body, detail: nodeStack }), cameOut('malformed')),
  ),
  fault(
    'leak.stack-in-page-of-router',
    internals,
    'An id that cannot be decoded is answered with a page of HTML that has a stack trace.',
    instantly(withIdLike(/%(?![0-9a-f]{2})/i), () =>
      html(
        400,
        'URIError: Failed to decode param<br> at decode (/srv/pay/node_modules/router/lib/layer.js:224:11)',
      ),
    ),
  ),
  fault(
    'leak.stack-for-401',
    internals,
    'A 401 has a stack trace.',
    refusal((body) => ({ ...body, trace: javaStack.split('\n') }), unauthorized),
  ),
  fault(
    'leak.stack-of-python',
    internals,
    'A 400 for a cancelled session has a traceback.',
    refusal((body) => ({ ...body, detail: pythonStack }), cameOut('not-active')),
  ),
  fault(
    'leak.stack-as-text-json',
    internals,
    'Under text/json a problem has a stack trace.',
    refusal((body) => ({ ...body, exception: { stackTrace: stack } }), asksFor('text/json')),
  ),
  fault(
    'leak.stack-in-header',
    internals,
    'A header of a 400 holds a line of a stack trace.',
    header('X-Error', () => 'at cancel (/app/src/sessions/cancel.js:41:11)', badRequest),
  ),
  fault(
    'leak.path',
    internals,
    'The detail of a 400 names a file of the server.',
    refusal(
      (body) => ({ ...body, detail: 'Session cannot be Cancelled (/var/www/pay/src/Sessions.php:88)' }),
      badRequest,
    ),
  ),
  fault(
    'leak.path-of-windows',
    internals,
    'The detail of a 401 names a file of a Windows server.',
    refusal(
      (body) => ({ ...body, detail: 'C:\\inetpub\\pay\\Controllers\\SessionsController.cs:line 88' }),
      unauthorized,
    ),
  ),
  fault(
    'leak.path-in-status-details',
    internals,
    'The statusDetails of a 200 name a file of the server.',
    success((body) => ({ ...body, statusDetails: '/opt/pay/releases/41/cancel.rb:12' })),
  ),
  fault(
    'leak.path-in-instance',
    internals,
    'The instance of a problem is a file of the server.',
    refusal((body) => ({ ...body, instance: 'file:///srv/pay/app/cancel.js' })),
  ),
  fault(
    'leak.path-of-share',
    internals,
    'The detail of a 400 names a file on a share.',
    refusal((body) => ({ ...body, detail: '\\\\fs01\\pay\\sessions.mdb is locked' }), badRequest),
  ),
  fault(
    'leak.stack-of-jvm-without-at',
    internals,
    'The detail of a 401 holds a frame of a Java trace.',
    refusal(
      (body) => ({ ...body, detail: 'com.example.pay.SessionService.cancel(SessionService.java:214)' }),
      unauthorized,
    ),
  ),
  fault(
    'leak.token-for-other-methods',
    'answer.no-token',
    'A 405 repeats the token in its detail.',
    inCancel(
      'reply',
      when(not(method('POST')), async (call, _outcome, ordinary) => {
        const reply = await ordinary();
        return { ...reply, value: { ...membersOf(reply.value), detail: call.request.authorization[0] } };
      }),
    ),
  ),
];
