/** Variants of what stands around the operation: base paths, limits, gateways, routers. */

import { empty, html, problemAnswer, text } from '../answers.js';
import { type Answer, type Call, type Change, type Condition, instead, when } from '../behaviour.js';
import {
  both,
  either,
  method,
  oneIn,
  toOperation,
  withBody,
  withBodyOf,
  withIdLike,
  withoutAuthorization,
  withQuery,
} from '../conditions.js';
import { render } from '../steps.js';
import { everyNth, instantly, isAuthorizedCancel, isCancel, perMock, toCancel, variant } from './define.js';

const tooMany = (): Answer => problemAnswer(429, 'Too many requests', { 'Retry-After': '1' });

/** No more than so many requests of a kind in any second. */
function limited(perSecond: number, condition: Condition, refuse: (call: Call) => Answer = tooMany): Change {
  const times = perMock((): number[] => []);
  return instead(
    'serve',
    when(condition, (call, _operation, ordinary) => {
      const recent = times(call);
      const now = performance.now();
      while ((recent[0] ?? now) < now - 1_000) recent.shift();
      if (recent.length >= perSecond) return refuse(call);
      recent.push(now);
      return ordinary();
    }),
  );
}

const inTwoSeconds = (): Answer =>
  problemAnswer(429, 'Too many requests', { 'Retry-After': new Date(Date.now() + 2_000).toUTCString() });

/** Ids of letters, digits, `-`, `_` and `~`, up to 200 of them, reach the operation everywhere. */
const oddId: Condition = both(toCancel, (call) => !/^[\w~-]{1,200}$/.test(call.rawId));

const closing = { Connection: 'close' };

const dots: Condition = withIdLike(/^\.{1,2}$/);

const others = method('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE');

const otherMethod = (
  by: (call: Call) => Answer | Promise<Answer>,
  condition: Condition = () => true,
): Change => instantly(both(toCancel, others, condition), by);

/** The token that the request lacks is asked for before anything else is looked at. */
const unauthorizedFirst: Change = otherMethod(
  (call) => render(call, { kind: 'unauthorized' }),
  withoutAuthorization,
);

const refusedBody = (code: number, condition: Condition): Change =>
  instantly(isAuthorizedCancel(condition), () => problemAnswer(code, 'The body is refused', closing));

export const environmentVariants = [
  variant('base-path', 'All paths stand behind /pay/sandbox.', [], {
    settings: { basePath: '/pay/sandbox' },
  }),
  variant('base-path.deep', 'All paths stand behind a prefix with a tilde, a dot and capitals.', [], {
    settings: { basePath: '/~Tenant-7/v1.2/Pay' },
  }),
  variant(
    'limit.authorize',
    'Five tokens a second are issued, and then 429 with Retry-After is answered.',
    limited(5, toOperation('authorize')),
  ),
  variant(
    'limit.initiate',
    'Twenty sessions a second are initiated, and then 429 with Retry-After is answered.',
    limited(20, toOperation('initiate')),
  ),
  variant(
    'limit.cancel',
    'A hundred cancels a second are heard, and then 429 with Retry-After is answered.',
    limited(100, isCancel),
  ),
  variant(
    'limit.cancel-html',
    'A hundred cancels a second are heard, and then 429 is answered with a page and no Retry-After.',
    limited(100, isCancel, () => html(429, 'Too many requests')),
  ),
  variant(
    'limit.now-and-then',
    'Every fortieth cancel is answered 429 with Retry-After.',
    instantly(everyNth(40, isCancel), tooMany),
  ),
  variant(
    'limit.at-random',
    'One cancel in fifty, at random, is answered 429 with Retry-After.',
    instantly(both(isCancel, oneIn(50)), tooMany),
  ),
  variant(
    'limit.every-eighteenth',
    'Every eighteenth request, whatever it asks for, is answered 429 with Retry-After.',
    instantly(
      everyNth(18, () => true),
      tooMany,
    ),
  ),
  variant(
    'limit.until-a-date',
    'Every sixtieth cancel is answered 429 with a date in Retry-After.',
    instantly(everyNth(60, isCancel), inTwoSeconds),
  ),
  variant(
    'limit.details-retry-after-0',
    'Thirty reads of Session Details a second are heard, and then 429 with a Retry-After of 0 is answered.',
    limited(30, toOperation('details'), () => problemAnswer(429, 'Too many', { 'Retry-After': '0' })),
  ),
  variant(
    'limit.empty',
    'Every fortieth cancel is answered 429 with neither body nor Retry-After.',
    instantly(everyNth(40, isCancel), () => empty(429)),
  ),
  variant(
    'gateway.html-403',
    'A gateway refuses odd ids with 403 and a page, and closes the connection.',
    instantly(oddId, () => html(403, 'Request blocked', closing)),
  ),
  variant(
    'gateway.html-400',
    'A gateway refuses odd ids with 400 and a page, and closes the connection.',
    instantly(oddId, () => html(400, 'Bad request', closing)),
  ),
  variant(
    'gateway.text-404',
    'A router has no route for odd ids: 404 with a sentence.',
    instantly(oddId, () => text(404, '404 page not found')),
  ),
  variant(
    'gateway.empty-400',
    'The HTTP parser refuses odd ids with 400 and no body.',
    instantly(oddId, () => empty(400, closing)),
  ),
  variant(
    'gateway.uri-too-long',
    'An id over 200 characters is answered 414.',
    instantly(both(toCancel, withIdLike(/^.{201,}$/s)), () => html(414, 'URI too long', closing)),
  ),
  variant(
    'gateway.redirect',
    'Dot segments are answered with a redirect to the path without them.',
    instantly(both(toCancel, dots), () => empty(301, { Location: '/api/v2/cancel' })),
  ),
  variant(
    'gateway.redirect-without-location',
    'Odd ids are answered 308, without a Location.',
    instantly(oddId, () => empty(308)),
  ),
  variant(
    'gateway.empty-id-405',
    'An empty id is another path, which has no POST.',
    instantly(both(toCancel, withIdLike(/^$/)), () => empty(405, { Allow: 'GET' })),
  ),
  variant(
    'router.lenient',
    'A slash may stand behind the path, slashes may be doubled, and letter case does not matter.',
    [],
    {
      settings: {
        normalise: (path) =>
          path
            .toLowerCase()
            .replace(/\/{2,}/g, '/')
            .replace(/\/$/, ''),
      },
    },
  ),
  variant(
    'method.404',
    'Methods other than POST are answered 404.',
    otherMethod(() => problemAnswer(404, 'There is nothing at this path')),
  ),
  variant(
    'method.404-empty',
    'Methods other than POST are answered 404 with no body.',
    otherMethod(() => empty(404)),
  ),
  variant(
    'method.405-empty',
    'Methods other than POST are answered 405 with no body.',
    otherMethod(() => empty(405, { Allow: 'POST' })),
  ),
  variant(
    'method.405-text',
    'Methods other than POST are answered 405 with a sentence.',
    otherMethod(() => text(405, 'Method not allowed', { Allow: 'OPTIONS,POST' })),
  ),
  variant(
    'method.401-first',
    'Methods other than POST are answered 401 where there is no token.',
    unauthorizedFirst,
  ),
  variant('method.options', 'OPTIONS is answered 401, and TRACE 501.', [
    instantly(both(toCancel, method('OPTIONS')), () => empty(401, { 'WWW-Authenticate': 'Bearer' })),
    instantly(both(toCancel, method('TRACE')), () => empty(501)),
  ]),
  variant(
    'request.form-415',
    'A form or a text as a body is refused with 415.',
    refusedBody(415, either(withBodyOf('application/x-www-form-urlencoded'), withBodyOf('text/plain'))),
    { disregards: ['cancel.request-body.ignored'] },
  ),
  variant('request.body-413', 'A body is refused with 413.', refusedBody(413, withBody), {
    disregards: ['cancel.request-body.ignored'],
  }),
  variant('request.body-400', 'A body is refused with 400.', refusedBody(400, withBody), {
    disregards: ['cancel.request-body.ignored'],
  }),
  variant(
    'request.query-400',
    'An unknown query parameter is refused with 400.',
    instantly(isAuthorizedCancel(withQuery), (call) =>
      render(call, { kind: 'invalid', detail: 'A query parameter is unknown' }),
    ),
    { disregards: ['cancel.query.ignored'] },
  ),
];
