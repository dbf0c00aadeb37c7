import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readyScenarios } from '../mock/scenarios/index.js';
import { clientOracles } from '../oracles/clients/index.js';
import { packageRoot } from '../spec/package-root.js';
import { loadClientRequirements } from '../spec/requirements.js';
import { type Client, judgedOf, passedBy, proxied } from './proxied.js';

const execute = promisify(execFile);
const clients = join(packageRoot, 'tests', 'clients');

async function clientIn(file: string): Promise<Client> {
  const { default: client }: { default: Client } = await import(pathToFileURL(join(clients, file)).href);
  return client;
}

/** A client in a process of its own, since it is written in another language. */
const commanded =
  (command: string, file: string): Client =>
  ({ baseUrl, username, password }) =>
    execute(command, [join(clients, file)], {
      env: {
        ...process.env,
        CONFORMANCE_BASE_URL: baseUrl,
        CONFORMANCE_USERNAME: username,
        CONFORMANCE_PASSWORD: password,
      },
    });

const names = [null, ...readyScenarios.map(({ name }) => name)];
const endless = readyScenarios.filter(({ exit }) => exit === 'any').map(({ name }) => name);

/** Clients that start at once keep each other from waking in time, and a pause that is stretched is no longer than the next. */
const AT_ONCE = 4;

/** Some runs side by side, as each waits for most of its time. */
async function taken(client: Client, scenarios: readonly (string | null)[]) {
  const passed: Awaited<ReturnType<typeof passedBy>>[] = [];
  for (let i = 0; i < scenarios.length; i += AT_ONCE)
    passed.push(
      ...(await Promise.all(
        scenarios.slice(i, i + AT_ONCE).map((scenario) => passedBy(client, { scenario })),
      )),
    );
  const runs = passed.map((one, i) => judgedOf(one, scenarios[i]));
  return Object.fromEntries(
    runs.map(({ broken, failure, passed }, i) => [
      String(scenarios[i]),
      {
        broken,
        ended: failure === null,
        cancelled: passed.calls.some(({ operation }) => operation === 'cancel'),
      },
    ]),
  );
}

const expected = (scenarios: readonly (string | null)[]) =>
  Object.fromEntries(
    scenarios.map((name) => [
      String(name),
      { broken: [], ended: !endless.includes(String(name)), cancelled: true },
    ]),
  );

describe('a good client is never accused, and handles every scenario, on', () => {
  it.each(['fetch', 'axios', 'got', 'playwright'])('%s', async (library) => {
    expect(await taken(await clientIn(`good/${library}.mjs`), names)).toEqual(expected(names));
  });

  it.each([
    ['curl', 'sh', 'good/curl.sh'],
    ["Python's standard library", 'python3', 'good/urllib.py'],
  ])('%s', async (_, command, file) => {
    const some = [null, 'token-expires', 'reset-after-cancel', 'three-503', 'throttled'];
    expect(await taken(commanded(command, file), some)).toEqual(expected(some));
  });

  it("Python's requests, where it is there", async () => {
    const isThere = await execute('python3', ['-c', 'import requests']).then(
      () => true,
      () => false,
    );
    const some = isThere ? [null, 'token-expires', 'three-503'] : [];
    expect(await taken(commanded('python3', 'good/with_requests.py'), some)).toEqual(expected(some));
  });
});

/** Each client with its one fault, the scenario in which it shows, and all that it breaks. */
const FAULTY: readonly (readonly [file: string, scenario: string | null, breaks: readonly string[]])[] = [
  ['get-instead-of-post', null, ['client.cancel.request']],
  ['unexpanded-template', null, ['client.cancel.request']],
  ['undefined-id', null, ['client.cancel.request']],
  ['trailing-slash', null, ['client.cancel.request']],
  ['older-version', null, ['client.cancel.request']],
  ['id-without-dashes', null, ['client.cancel.request']],
  ['no-authorization', null, ['client.authorization']],
  ['token-without-scheme', null, ['client.authorization']],
  ['password-to-cancel', null, ['client.authorization']],
  ['token-in-query', null, ['client.no-secret-in-url']],
  ['credentials-in-body', null, ['client.authorize.basic']],
  ['invented-token', null, ['client.token.issued']],
  ['one-token-for-two', null, ['client.initiate.one-session']],
  ['accepts-xml', null, ['client.accept']],
  ['client-id-in-latin1', null, ['client.client-id']],
  ['sends-mail', null, ['client.initiate.no-interac-link']],
  ['loops-after-400', 'already-cancelled', ['client.repeat.after-400']],
  ['loops-after-401', 'token-expires', ['client.repeat.after-401']],
  ['storms', 'unavailable', ['client.no-storm']],
  ['never-authorises-again', 'token-expires', ['client.retry.after-401']],
  ['gives-up', 'three-503', ['client.retry.transient']],
  ['ignores-retry-after', 'throttled', ['client.retry.pauses']],
  ['does-not-pause', 'three-503', ['client.retry.pauses']],
  ['shrinking-pauses', 'three-503', ['client.retry.pauses']],
  ['cancels-side-by-side', 'slow', ['client.no-overlap']],
  ['leaves-a-session', null, ['client.cleanup']],
  ['not-http', null, ['client.request.readable']],
];

describe.concurrent('a client with one fault is caught by its requirement', () => {
  it.each(FAULTY)('%s', async (file, scenario, breaks) => {
    const { broken, failure } = await proxied(await clientIn(`faulty/${file}.mjs`), { scenario });
    expect({ broken, failure }).toEqual({ broken: breaks, failure: null });
  });

  it('keeps-an-old-token', async () => {
    const client = await clientIn('faulty/keeps-an-old-token.mjs');
    const { broken } = await proxied(client, { credentials: (mock) => mock.clients.brief });
    expect(broken).toEqual(['client.token.expired-again', 'client.token.expired']);
  });
});

it('every requirement of clients has an oracle, a scenario, or the proxy itself', () => {
  const judged = new Set([
    ...clientOracles.map(({ requirement }) => requirement),
    ...readyScenarios.map(({ name }) => `client.scenario.${name}`),
    // What the HTTP parser of the proxy says.
    'client.request.readable',
  ]);
  const ids = loadClientRequirements().map(({ id }) => id);
  expect(new Set(ids)).toEqual(judged);
});

it('every requirement that a client can break in a run is broken by one of the clients with a fault', () => {
  const caught = new Set([
    ...FAULTY.flatMap(([, , breaks]) => breaks),
    'client.token.expired',
    'client.token.expired-again',
  ]);
  const open = loadClientRequirements().filter(
    ({ id }) => !caught.has(id) && !id.startsWith('client.scenario.'),
  );
  expect(open).toEqual([]);
});
