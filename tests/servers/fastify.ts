/** The contract on Fastify: hooks for the token, JSON Schema for the id, an error handler for problems. */

import accepts from '@fastify/accepts';
import basicAuth from '@fastify/basic-auth';
import bearerAuth from '@fastify/bearer-auth';
import formBody from '@fastify/formbody';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  described,
  initiated,
  type Listening,
  mediaTypes,
  Service,
  type Session,
  tokenAnswer,
} from './service.js';

interface OfSession {
  Params: { sessionId: string };
}

const ofSession = {
  schema: {
    params: {
      type: 'object',
      // The format `uuid` of Ajv takes `urn:uuid:` as well.
      properties: { sessionId: { type: 'string', format: 'uuid', maxLength: 36 } },
    },
  },
};

/** Fastify writes text as it is, and objects under a JSON type only. */
function answer(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply {
  const type = request.accepts().type([...mediaTypes]) || mediaTypes[0];
  return reply.type(String(type)).serializer(JSON.stringify).send(body);
}

const failure = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode });

export async function startFastify(): Promise<Listening> {
  const service = new Service();
  // Ids may have 200 characters; the router gives up at 100 where nobody says so.
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  await app.register(accepts);
  await app.register(formBody);

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
    return answer(request, reply.code(status), { title: error.code, status, detail: error.message });
  });

  app.register(async (scope) => {
    await scope.register(basicAuth, {
      validate: async (username, password) => {
        if (!service.hasClient(username, password)) throw failure(401, 'Unknown client');
      },
    });
    scope.post('/api/v1/authorize', { onRequest: scope.basicAuth }, async (request) => {
      const [username = ''] = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64')
        .toString()
        .split(':');
      return tokenAnswer(service.issueToken(username));
    });
  });

  app.register(async (scope) => {
    scope.decorateRequest('client', '');
    await scope.register(bearerAuth, {
      keys: new Set<string>(),
      // The scheme in any letter case; RFC 6750 is read as if it had but one.
      specCompliance: 'rfc6749',
      addHook: false,
      auth: (token, request) => {
        const client = service.clientOf(token);
        request.setDecorator('client', client ?? '');
        return client !== undefined;
      },
    });
    scope.addHook('onRequest', (request, reply, done) => {
      if (!scope.verifyBearerAuth) throw new Error('The plugin gave no hook.');
      return scope.verifyBearerAuth(request, reply, done);
    });

    function sessionOf(request: FastifyRequest<OfSession>): Session {
      const session = service.find(request.params.sessionId, request.getDecorator<string>('client'));
      if (!session) throw failure(400, 'Session not found');
      return session;
    }

    scope.post<{ Body: { referenceId?: unknown } }>('/api/v2/sessions', async (request, reply) => {
      reply.code(201);
      return initiated(service.initiate(request.getDecorator<string>('client'), request.body.referenceId));
    });
    scope.get<OfSession>('/api/v2/sessions/:sessionId/details', ofSession, async (request) =>
      described(sessionOf(request)),
    );
    scope.post<OfSession>('/api/v2/sessions/:sessionId/cancel', ofSession, async (request, reply) => {
      const session = sessionOf(request);
      if (!service.cancel(session)) throw failure(400, 'Session cannot be Cancelled');
      return answer(request, reply, described(session));
    });
  });

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}
