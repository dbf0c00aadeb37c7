/** The contract on Koa: one cascade of middleware, in which whoever throws upstream is answered downstream. */

import { json } from 'node:stream/consumers';
import Router from '@koa/router';
import { isHttpError } from 'http-errors';
import Koa, { type Context, type Next } from 'koa';
import {
  basicCredentials,
  bearerToken,
  described,
  initiated,
  type Listening,
  listening,
  mediaTypes,
  Service,
  type Session,
  tokenAnswer,
  uuid,
} from './service.js';

/** What the cascade has found out by the time that a handler is reached. */
interface State {
  client: string;
  session: Session;
}

function answer(ctx: Context, status: number, body: object): void {
  ctx.status = status;
  ctx.type = ctx.accepts(...mediaTypes) || mediaTypes[0];
  ctx.body = JSON.stringify(body);
}

async function problems(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!isHttpError(error) || !error.expose) throw error;
    if (error.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
    answer(ctx, error.status, { status: error.status, detail: error.message });
  }
}

export async function startKoa(): Promise<Listening> {
  const service = new Service();
  const router = new Router<State>();

  router.post('/api/v1/authorize', (ctx) => {
    const [username, password] = basicCredentials(ctx.get('Authorization'));
    if (!service.hasClient(username, password)) ctx.throw(401);
    ctx.body = tokenAnswer(service.issueToken(username));
  });
  router.use('/api/v2/sessions', async (ctx, next) => {
    const client = service.clientOf(bearerToken(ctx.get('Authorization')));
    ctx.state.client = client ?? ctx.throw(401, 'Valid access token required');
    await next();
  });
  router.param('sessionId', async (sessionId, ctx, next) => {
    if (!uuid.test(sessionId)) ctx.throw(400, 'The sessionId is not a UUID');
    const session = service.find(sessionId, ctx.state.client);
    ctx.state.session = session ?? ctx.throw(400, 'Session not found');
    await next();
  });
  router.post('/api/v2/sessions', async (ctx) => {
    const order = Object(await json(ctx.req));
    ctx.status = 201;
    ctx.body = initiated(service.initiate(ctx.state.client, order.referenceId));
  });
  router.get('/api/v2/sessions/:sessionId/details', (ctx) => {
    ctx.body = described(ctx.state.session);
  });
  router.post('/api/v2/sessions/:sessionId/cancel', (ctx) => {
    if (!ctx.accepts(...mediaTypes)) ctx.throw(406);
    if (!service.cancel(ctx.state.session)) ctx.throw(400, 'Session cannot be Cancelled');
    answer(ctx, 200, described(ctx.state.session));
  });

  const app = new Koa();
  app.use(problems).use(router.routes()).use(router.allowedMethods());
  return listening(app.listen(0, '127.0.0.1'));
}
