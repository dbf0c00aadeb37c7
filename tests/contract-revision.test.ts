/** A revision of the contract moves the path and declares a media type less: it is what a service is held against. */

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { judge } from '../index.js';
import { type Mock, startMock } from '../mock/service.js';
import { publishedContract } from '../spec/contract.js';
import { isUuid } from '../spec/formats.js';

const MOVED = /^\/api\/v3\/sessions\/(.*)\/ending(\?.*)?$/s;

const ASKING = { depth: 'smoke', seed: 3, only: ['media', 'id.malformed', 'cancel.twice'] } as const;

const folder = mkdtempSync(join(tmpdir(), 'conformance-revision-'));
const contract = join(folder, 'contract.yaml');

let mock: Mock;

beforeAll(async () => {
  mock = await startMock();
  const { paths, ...rest } = parse(readFileSync(publishedContract, 'utf8'));
  const [[, item]] = Object.entries<Item>(paths) as [[string, Item]];
  for (const { content } of Object.values(item.post.responses)) delete content['text/plain'];
  writeFileSync(contract, stringify({ ...rest, paths: { '/api/v3/sessions/{sessionId}/ending': item } }));
});

afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

interface Item {
  readonly post: { readonly responses: Record<string, { readonly content: Record<string, unknown> }> };
}

/** The mock as the revision has it. */
async function startRevised(statusOfMalformed: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const { method, rawHeaders, url = '' } = incoming;
    const [, id, query = ''] = MOVED.exec(url) ?? [];
    const accept = incoming.headers.accept ?? '';
    if (id !== undefined && accept === 'text/plain') {
      outgoing.writeHead(406).end();
      return;
    }
    const path = id === undefined ? url : `/api/v2/sessions/${id}/cancel${query}`;
    const { hostname, port } = new URL(mock.url);
    const passedOn = request({ hostname, port, path, method, headers: rawHeaders }, (answer) => {
      const { statusCode = 500, headers } = answer;
      const isMalformed = statusCode === 400 && id !== undefined && !isUuid(id);
      outgoing.writeHead(isMalformed ? statusOfMalformed : statusCode, headers);
      pipeline(answer, outgoing, () => {});
    });
    pipeline(incoming, passedOn, (error) => error && outgoing.writeHead(400).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

async function brokenBy(statusOfMalformed: number) {
  const server = await startRevised(statusOfMalformed);
  const { port } = server.address() as AddressInfo;
  const target = { url: `http://127.0.0.1:${port}`, credentials: mock.clients };
  try {
    const { verdict, reason, findings } = await judge({ ...ASKING, target, contract });
    return { verdict, reason, broken: findings.map(({ requirement }) => requirement) };
  } finally {
    server.close();
  }
}

it('a service that keeps the revision is conformant', async () => {
  expect(await brokenBy(400)).toEqual({ verdict: 'conformant', reason: null, broken: [] });
});

it('one that breaks it is found out', async () => {
  const { verdict, broken } = await brokenBy(404);
  expect(verdict).toBe('nonconformant');
  expect(broken).toContain('id.malformed');
});
