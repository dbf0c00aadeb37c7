/** Faults in what other methods than POST do on the cancel path. */

import { empty, json, problemAnswer } from '../answers.js';
import type { Answer, Call, Change, Condition } from '../behaviour.js';
import { when } from '../behaviour.js';
import { cancel } from '../cancel.js';
import {
  alreadyCancelled,
  asksFor,
  both,
  method,
  ofNoReference,
  withBody,
  withClientId,
  withoutAuthorization,
} from '../conditions.js';
import { render } from '../steps.js';
import { cancelSubject, fault, inCancel } from './define.js';

const noEffect = ['method.no-effect', 'method.refused'];
const refused = 'method.refused';

const others = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const;

const answers = (condition: Condition, by: (call: Call) => Answer | Promise<Answer>): Change =>
  inCancel('serve', when(condition, by));

/** As if the method were POST. */
const cancels = (condition: Condition): Change =>
  answers(condition, async (call) => render(call, await cancel(call)));

/** The answer is the ordinary 405, and the session is cancelled. */
const cancelsQuietly = (condition: Condition): Change =>
  inCancel(
    'serve',
    when(condition, async (call, _operation, ordinary) => {
      const token = await call.steps.authenticate(call, call.request.authorization);
      if (token !== undefined && token.account === call.subject?.account) cancelSubject(call);
      return ordinary();
    }),
  );

const overrideHeaders = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/** A header names POST as the method that is meant. */
const overriddenBy =
  (...headers: readonly string[]): Condition =>
  (call) =>
    headers.some((name) => call.request.header(name)[0]?.toUpperCase() === 'POST');

const otherMethod = method(...others);

export const methodFaults = [
  ...others.map((name) =>
    fault(
      `method.${name.toLowerCase()}-cancels`,
      noEffect,
      `${name} cancels as POST does.`,
      cancels(method(name)),
    ),
  ),
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((name) =>
    fault(
      `method.${name.toLowerCase()}-revives`,
      ['cancel.lasting', 'cancel.twice'],
      `${name} on a cancelled session is refused, and makes it active again.`,
      inCancel(
        'serve',
        when(both(method(name), alreadyCancelled), ({ subject }, _operation, ordinary) => {
          if (subject) subject.status = 'Initiated';
          return ordinary();
        }),
      ),
    ),
  ),
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((name) =>
    fault(
      `method.${name.toLowerCase()}-with-body-cancels`,
      'method.no-effect',
      `${name} with a body cancels.`,
      cancels(both(method(name), withBody)),
    ),
  ),
  fault(
    'method.get-cancels-for-browsers',
    noEffect,
    'GET cancels where text/html is asked for.',
    cancels(both(method('GET'), (call) => call.request.accept?.includes('text/html') === true)),
  ),
  fault(
    'method.patch-cancels-as-text-plain',
    'method.no-effect',
    'PATCH cancels where text/plain is asked for.',
    cancels(both(method('PATCH'), asksFor('text/plain'))),
  ),
  ...others.map((name) =>
    fault(
      `method.${name.toLowerCase()}-cancels-quietly`,
      'method.no-effect',
      `${name} is answered 405, and has cancelled the session all the same.`,
      cancelsQuietly(method(name)),
    ),
  ),
  fault('method.any-cancels', noEffect, 'Every method cancels as POST does.', cancels(otherMethod)),
  fault(
    'method.get-cancels-without-reference',
    noEffect,
    'GET cancels a session without a referenceId.',
    cancels(both(method('GET'), ofNoReference)),
  ),
  fault(
    'method.get-cancels-with-client-id',
    noEffect,
    'GET cancels where x-client-id was sent.',
    cancels(both(method('GET'), withClientId)),
  ),
  fault(
    'method.delete-cancels-without-token',
    noEffect,
    'DELETE without a token cancels the session.',
    answers(both(method('DELETE'), withoutAuthorization), (call) => {
      cancelSubject(call);
      return empty(204);
    }),
  ),
  fault(
    'method.override-cancels',
    noEffect,
    'A method-override header makes a POST of another method.',
    cancels(both(otherMethod, overriddenBy(...overrideHeaders))),
  ),
  fault(
    'method.x-http-method-override-cancels',
    noEffect,
    'X-HTTP-Method-Override makes a POST of another method.',
    cancels(both(otherMethod, overriddenBy('x-http-method-override'))),
  ),
  fault(
    'method.override-in-query-cancels',
    noEffect,
    'The query parameter _method makes a POST of another method.',
    cancels(both(otherMethod, (call) => call.request.query.get('_method') === 'POST')),
  ),
  fault(
    'method.patch-override-cancels',
    noEffect,
    'A method-override header makes a POST of PATCH.',
    cancels(both(method('PATCH'), overriddenBy(...overrideHeaders))),
  ),
  fault(
    'method.override-cancels-quietly',
    'method.no-effect',
    'Another method with a method-override header is answered 405, and has cancelled the session all the same.',
    cancelsQuietly(both(otherMethod, overriddenBy(...overrideHeaders))),
  ),
  fault(
    'method.get-200',
    refused,
    'GET is answered 200 with the state of the session.',
    answers(method('GET'), ({ subject }) =>
      json(200, { sessionId: subject?.sessionId, status: subject?.status }),
    ),
  ),
  fault(
    'method.head-200',
    refused,
    'HEAD is answered 200.',
    answers(method('HEAD'), () => empty(200)),
  ),
  fault(
    'method.put-204',
    refused,
    'PUT is answered 204, and changes nothing.',
    answers(method('PUT'), () => empty(204)),
  ),
  fault(
    'method.delete-200',
    refused,
    'DELETE is answered 200, and changes nothing.',
    answers(method('DELETE'), () => json(200, {})),
  ),
  fault(
    'method.get-500',
    refused,
    'GET is answered 500.',
    answers(method('GET'), () => problemAnswer(500, 'No handler')),
  ),
  fault(
    'method.any-501',
    refused,
    'Methods other than POST are answered 501.',
    answers(otherMethod, () => problemAnswer(501, 'Not implemented')),
  ),
  fault(
    'method.patch-400',
    refused,
    'PATCH is answered 400.',
    answers(method('PATCH'), () => problemAnswer(400, 'Bad method')),
  ),
  fault(
    'method.get-302',
    refused,
    'GET is answered with a redirect to the hosted page.',
    answers(method('GET'), ({ rawId }) => empty(302, { Location: `/app/?sessionId=${rawId}` })),
  ),
  fault(
    'method.405-without-allow',
    refused,
    'A 405 has no Allow header.',
    answers(otherMethod, () => problemAnswer(405, 'Not allowed')),
  ),
  fault(
    'method.405-without-allow-for-head',
    refused,
    'The 405 for HEAD has no Allow header.',
    answers(method('HEAD'), () => empty(405)),
  ),
  fault(
    'method.put-401-with-token',
    refused,
    'PUT is answered 401 with whatever token.',
    answers(method('PUT'), () => problemAnswer(401, 'Valid access token required')),
  ),
  fault(
    'method.cancels-with-any-token',
    noEffect,
    'DELETE cancels with a token that is not valid.',
    answers(
      both(method('DELETE'), (call) => call.request.authorization.length > 0),
      async (call) => {
        if ((await call.steps.authenticate(call, call.request.authorization)) === undefined)
          cancelSubject(call);
        return render(call, { kind: 'method' });
      },
    ),
  ),
];
