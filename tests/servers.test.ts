import { describe, expect, it } from 'vitest';
import { loadRequirements } from '../spec/requirements.js';
import { command } from './command.js';
import { startExpress } from './servers/express.js';
import { startFastify } from './servers/fastify.js';
import { startHono } from './servers/hono.js';
import { startKoa } from './servers/koa.js';
import { startNest } from './servers/nest.js';
import { passwords } from './servers/service.js';

const env = {
  CONFORMANCE_USERNAME: 'partner',
  CONFORMANCE_PASSWORD: passwords['partner'] ?? '',
  CONFORMANCE_OTHER_USERNAME: 'rival',
  CONFORMANCE_OTHER_PASSWORD: passwords['rival'] ?? '',
};

/** Nobody supplies these sessions, and no call makes one. */
const supplied = ['cancel.expired', 'cancel.completed', 'cancel.failed'];

/** They have no hosted page. */
const notCheckable = loadRequirements()
  .filter(({ id, unchecked }) => unchecked !== undefined || supplied.includes(id) || id.startsWith('page.'))
  .map(({ id }) => id);

describe('a conformant server is found conformant, on', () => {
  it.each([
    ['Express', startExpress],
    ['Fastify', startFastify],
    ['Hono', startHono],
    ['Koa', startKoa],
    ['NestJS', startNest],
  ])('%s', { timeout: 90_000 }, async (_, start) => {
    const server = await start();
    try {
      const ended = await command(['run', '--target', server.url, '--strict', '--seed', '11'], { env });
      const { reason, findings, requirements } = Object(ended.verdict());
      const messages = findings.map(({ message }: { message: string }) => message);
      expect({ reason, messages }).toEqual({ reason: null, messages: [] });
      const open = requirements.filter(({ status }: { status: string }) => status === 'not-checked');
      expect(open.map(({ id }: { id: string }) => id)).toEqual(notCheckable);
      expect(ended.status).toBe(0);
    } finally {
      await server.close();
    }
  });
});
