/** The contract on Express 5: a router with a parameter callback, and middleware that turns errors into problems. */

import express, { type NextFunction, type Request, type Response } from 'express';
import createError from 'http-errors';
import {
  basicCredentials,
  bearerToken,
  described,
  initiated,
  type Listening,
  listening,
  mediaTypes,
  Service,
  tokenAnswer,
  uuid,
} from './service.js';

function answer(response: Response, status: number, body: object): void {
  const type = response.req.accepts([...mediaTypes]) || mediaTypes[0];
  response
    .status(status)
    .type(type)
    .send(JSON.stringify(body, null, 2));
}

function problems(error: Error, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  // Errors of Express itself, such as a path that cannot be decoded, bring their status with them.
  const { status, message, expose } = createError(error);
  if (status === 401) response.set('WWW-Authenticate', `Bearer realm="${request.hostname}"`);
  answer(response, status, { status, title: expose ? message : 'Internal Server Error' });
}

export async function startExpress(): Promise<Listening> {
  const service = new Service();
  const app = express();
  app.disable('x-powered-by');

  app.post('/api/v1/authorize', (request, response) => {
    const [username, password] = basicCredentials(request.headers.authorization);
    if (!service.hasClient(username, password)) throw createError(401);
    response.json(tokenAnswer(service.issueToken(username)));
  });

  const sessions = express.Router();
  sessions.use((request, response, next) => {
    response.locals['client'] = service.clientOf(bearerToken(request.headers.authorization));
    if (response.locals['client'] === undefined) throw createError(401, 'Valid access token required');
    next();
  });
  sessions.param('sessionId', (_request, response, next, sessionId: string) => {
    if (!uuid.test(sessionId)) throw createError(400, 'The sessionId is not a UUID');
    response.locals['session'] = service.find(sessionId, response.locals['client']);
    if (response.locals['session'] === undefined) throw createError(400, 'Session not found');
    next();
  });
  sessions.post('/', express.json(), (request, response) => {
    response
      .status(201)
      .json(initiated(service.initiate(response.locals['client'], request.body.referenceId)));
  });
  sessions.get('/:sessionId/details', (_request, response) => {
    response.json(described(response.locals['session']));
  });
  sessions
    .route('/:sessionId/cancel')
    .post((request, response) => {
      if (!request.accepts([...mediaTypes])) throw createError(406);
      if (!service.cancel(response.locals['session'])) throw createError(400, 'Session cannot be Cancelled');
      answer(response, 200, described(response.locals['session']));
    })
    .all((_request, response) => {
      response.set('Allow', 'POST');
      throw createError(405);
    });

  app.use('/api/v2/sessions', sessions);
  app.use(problems);

  return listening(app.listen(0, '127.0.0.1'));
}
