/** The contract on Hono: its middleware for Basic credentials, for JWTs and for Accept, its exceptions for problems. */

import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { jwt, sign } from 'hono/jwt';
import { validator } from 'hono/validator';
import {
  described,
  initiated,
  type Listening,
  listening,
  mediaTypes,
  Service,
  type Session,
  tokenAnswer,
  tokenSeconds,
  uuid,
} from './service.js';

const secret = 'a secret of this process alone';

interface MediaRange {
  readonly type: string;
  readonly q: number;
}

/** The helper of Hono passes over wildcards; RFC 9110 section 12.5.1 gives a type the quality of its nearest range. */
function best(ranges: readonly MediaRange[]): string {
  const quality = (type: string) => {
    const near = [type, type.replace(/\/.*/, '/*'), '*/*'];
    return (
      near.map((name) => ranges.find((range) => range.type === name)?.q).find((q) => q !== undefined) ?? 0
    );
  };
  return mediaTypes.toSorted((a, b) => quality(b) - quality(a))[0] ?? mediaTypes[0];
}

function answer(c: Context, body: object, status: 200 | 400 | 401): Response {
  const supports = [...mediaTypes];
  const type = accepts(c, { header: 'Accept', supports, default: supports[0] ?? '', match: best });
  return c.body(JSON.stringify(body), status, { 'Content-Type': `${type}; charset=UTF-8` });
}

const isSessionId = validator('param', ({ sessionId = '' }) => {
  if (!uuid.test(sessionId)) throw new HTTPException(400, { message: 'The id is not a UUID' });
  return { sessionId };
});

export async function startHono(): Promise<Listening> {
  const service = new Service();
  const app = new Hono<{ Variables: { jwtPayload: { sub: string } } }>();

  function sessionOf(sessionId: string, client: string): Session {
    const session = service.find(sessionId, client);
    if (!session) throw new HTTPException(400, { message: 'Session not found' });
    return session;
  }

  app.onError((error, c) => {
    if (!(error instanceof HTTPException)) throw error;
    const challenge = error.res?.headers.get('WWW-Authenticate');
    if (challenge) c.header('WWW-Authenticate', challenge);
    const status = error.status === 401 ? 401 : 400;
    return answer(c, { title: error.message, status }, status);
  });

  app.post(
    '/api/v1/authorize',
    basicAuth({ verifyUser: (username, password) => service.hasClient(username, password) }),
    async (c) => {
      const [, encoded = ''] = c.req.header('Authorization')?.split(' ') ?? [];
      const [sub] = atob(encoded).split(':');
      const exp = Date.now() / 1000 + tokenSeconds;
      return c.json(tokenAnswer(await sign({ sub, exp, jti: crypto.randomUUID() }, secret, 'HS256')));
    },
  );

  // The realm is the URL where nobody names it, and the URL may hold what must not be repeated.
  app.use('/api/v2/*', jwt({ secret, alg: 'HS256', realm: 'sessions' }));
  app.post('/api/v2/sessions', async (c) => {
    const { referenceId } = await c.req.json();
    return c.json(initiated(service.initiate(c.var.jwtPayload.sub, referenceId)), 201);
  });
  app.get('/api/v2/sessions/:sessionId/details', isSessionId, (c) =>
    c.json(described(sessionOf(c.req.valid('param').sessionId, c.var.jwtPayload.sub))),
  );
  app.post('/api/v2/sessions/:sessionId/cancel', isSessionId, (c) => {
    const session = sessionOf(c.req.valid('param').sessionId, c.var.jwtPayload.sub);
    if (!service.cancel(session)) throw new HTTPException(400, { message: 'Session cannot be Cancelled' });
    return answer(c, described(session), 200);
  });

  return listening(createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1'));
}
