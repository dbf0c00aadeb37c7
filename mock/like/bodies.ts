/** Imitates what stands in bodies: members of answers and problems, ids, references, and how JSON is written. */

import { problemAnswer } from '../answers.js';
import { type Call, type Change, instead } from '../behaviour.js';
import { both, method, toOperation, withoutAuthorization } from '../conditions.js';
import { type Members, membersOf, without } from '../json.js';
import { initiated, instantly, reply, success } from '../variants/define.js';
import type { Observed } from './observed.js';
import { type Writer, writerOf } from './writing.js';

export function bodies(observed: Observed): readonly Change[] {
  return [
    ...sessionIds(observed),
    ...references(observed),
    ...successMembers(observed),
    problems(observed),
    ...neighbours(observed),
    ...jsonWriting(observed),
  ];
}

// ── Members ──────────────────────────────────────────────────────────────────────────────────────

/** The names that a list of parts tells. */
function namesIn(observed: Observed, id: string): readonly string[] | undefined {
  const value = observed.value(id);
  return value === undefined || value === 'none' ? undefined : value.split(', ');
}

function writers(observed: Observed, id: string): ReadonlyMap<string, Writer> {
  const found = new Map<string, Writer>();
  for (const [name, words] of observed.parts(id)) {
    const writer = writerOf(words);
    if (writer === null) observed.cannot(`${id}/${name}`, 'it cannot be written again');
    else found.set(name, writer);
  }
  return found;
}

const OF_SUCCESS = ['sessionId', 'referenceId', 'status', 'statusDetails'];

function successMembers(observed: Observed): readonly Change[] {
  const names = namesIn(observed, 'success');
  const written = writers(observed, 'success');
  if (names === undefined) return [];
  const strange = names.find((name) => !OF_SUCCESS.includes(name));
  if (strange !== undefined || names.length < 3) {
    observed.cannot('success', 'it would break the contract');
    return [];
  }
  const details = written.get('statusDetails');
  return [
    success((body, call) => {
      const all: Members = details === undefined ? body : { ...body, statusDetails: details(call) };
      return inOrder(all, names);
    }),
  ];
}

/** In the order of the names; those that are missing stay missing, and what is not named is left out. */
function inOrder(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]),
  );
}

interface Template {
  readonly names: readonly string[];
  readonly written: ReadonlyMap<string, Writer>;
}

/** Which observed problem a refusal is answered with. */
function problemOf(call: Call): string | undefined {
  switch (call.outcome?.kind) {
    case 'not-active':
      return 'cancelled';
    case 'unknown':
    case 'malformed':
    case 'foreign':
      return call.outcome.kind;
    case 'unauthorized':
      return withoutAuthorization(call) ? 'no-token' : 'invalid-token';
    default:
      return undefined;
  }
}

const PROBLEMS = ['cancelled', 'unknown', 'malformed', 'foreign', 'no-token', 'invalid-token'];

function problems(observed: Observed): Change {
  const templates = new Map<string, Template>();
  for (const name of PROBLEMS) {
    const id = `problem.${name}`;
    const value = observed.value(id);
    const written = writers(observed, id);
    if (value !== undefined)
      templates.set(name, { names: value === 'none' ? [] : value.split(', '), written });
  }
  return instead('reply', async (call, _outcome, ordinary) => {
    const one = await ordinary();
    const template = templates.get(problemOf(call) ?? '');
    if (template === undefined) return one;
    const body = membersOf(one.value);
    const told = template.names
      .map((name): [string, unknown] => [name, (template.written.get(name) ?? (() => body[name]))(call)])
      .filter(([, value]) => value !== undefined);
    return { ...one, value: Object.fromEntries(told) };
  });
}

/** Beyond what the mock knows itself a member is null: what stands in it is not observed. */
function neighbours(observed: Observed): readonly Change[] {
  const authorizeNames = namesIn(observed, 'authorize');
  const initiateNames = namesIn(observed, 'initiate');
  const detailsNames = namesIn(observed, 'details');
  const type = observed.value('token.type');
  const status = observed.oneOf('initiate.status', '200', '201');
  const named = (body: Members, names: readonly string[] | undefined): Members =>
    names === undefined ? body : Object.fromEntries(names.map((name) => [name, body[name] ?? null]));
  const authorized = both(toOperation('authorize'), (call) => call.outcome?.kind === 'done');
  sayNulls(observed, 'authorize', authorizeNames, ['access_token', 'token_type', 'expires_in']);
  sayNulls(observed, 'initiate', initiateNames, ['sessionId', 'referenceId']);
  sayNulls(observed, 'details', detailsNames, OF_DETAILS);
  return [
    reply((one) => {
      const body = membersOf(one.value);
      const typed = type === undefined ? body : { ...body, token_type: type };
      return { ...one, value: named(typed, authorizeNames) };
    }, authorized),
    // Where no referenceId was given, the answer is told by itself.
    initiated((body, call) => (isOfReference(call, body) ? named(body, initiateNames) : body)),
    reply(
      (one) => ({ ...one, status: status === '200' ? 200 : one.status }),
      both(toOperation('initiate'), (call) => call.outcome?.kind === 'done'),
    ),
    instead('describe', async (_call, _session, ordinary) => named(await ordinary(), detailsNames)),
  ];
}

const isOfReference = (call: Call, body: Members): boolean => sessionOf(call, body)?.referenceId !== null;

const OF_DETAILS = [
  'sessionId',
  'status',
  'referenceId',
  'amount',
  'type',
  'direction',
  'currency',
  'payor',
  'payee',
  'schedule',
  'createdAt',
];

function sayNulls(
  observed: Observed,
  id: string,
  names: readonly string[] | undefined,
  known: readonly string[],
): void {
  const strange = names?.filter((name) => !known.includes(name)) ?? [];
  if (strange.length > 0)
    observed.cannot(id, `what stands in ${strange.join(', ')} is not observed, so null does`);
}

// ── Ids and references ───────────────────────────────────────────────────────────────────────────

const sessionOf = ({ world, subject }: Call, body: Members) =>
  subject ?? world.sessions.find(String(body['sessionId']));

function sessionIds(observed: Observed): readonly Change[] {
  const ofInitiate = observed.oneOf('initiate.session-id', 'lower case', 'upper case');
  const cases = ['as Initiate answered it', 'lower case', 'upper case', 'as asked for'] as const;
  const ofSuccess = observed.oneOf('success.session-id', ...cases);
  const ofOther = observed.oneOf('success.session-id.other-case', ...cases);
  const answered = (id: string): string => (ofInitiate === 'upper case' ? id.toUpperCase() : id);
  const written = (id: string, asked: string): string => {
    const initiatedAs = answered(id);
    const wanted = asked === initiatedAs ? ofSuccess : ofOther;
    if (wanted === 'upper case') return id.toUpperCase();
    if (wanted === 'lower case') return id.toLowerCase();
    return wanted === 'as asked for' ? asked : initiatedAs;
  };
  return [
    initiated((body) => ({ ...body, sessionId: answered(String(body['sessionId'])) })),
    success((body, { rawId }) => ({ ...body, sessionId: written(String(body['sessionId']), rawId) })),
  ];
}

/** What Initiate makes of a text that it does not repeat as it is. */
function rewriting(observed: Observed): (given: string) => string {
  const id = 'initiate.reference';
  const labels = observed.value(id)?.split('; ') ?? [];
  const steps = labels.map((label): ((given: string) => string) => {
    const length = /^cut after (\d+) characters$/.exec(label)?.[1];
    if (length !== undefined) return (given) => [...given].slice(0, Number(length)).join('');
    if (label === 'trimmed') return (given) => given.trim();
    if (label === 'normalised to NFC') return (given) => given.normalize('NFC');
    if (label !== 'repeated as it is') observed.cannot(id, 'of which texts it holds is not known');
    return (given) => given;
  });
  return (given) => steps.reduce((text, step) => step(text), given);
}

function references(observed: Observed): readonly Change[] {
  const rewrite = rewriting(observed);
  const ofNone = observed.value('initiate.no-reference');
  const refusal = /^refused with (4\d\d|5\d\d)$/.exec(ofNone ?? '')?.[1];
  const told =
    refusal === undefined ? observed.oneOf('initiate.no-reference', 'null', 'absent', 'made up') : undefined;
  const ofSuccess = observed.oneOf('success.no-reference', 'null', 'absent', 'as Initiate made it up');
  const of = (body: Members, call: Call, wanted: string | undefined): Members => {
    const session = sessionOf(call, body);
    if (session === undefined) return body;
    if (session.referenceId !== null) return { ...body, referenceId: rewrite(session.referenceId) };
    if (wanted === 'absent') return without(body, 'referenceId');
    const madeUp = `REF-${session.sessionId.slice(0, 8)}`;
    return { ...body, referenceId: wanted?.includes('made') ? madeUp : null };
  };
  return [
    initiated((body, call) => of(body, call, told)),
    success((body, call) => of(body, call, ofSuccess)),
    ...(refusal === undefined ? [] : [refusingWithoutReference(Number(refusal))]),
  ];
}

function refusingWithoutReference(status: number): Change {
  return instantly(both(toOperation('initiate'), method('POST'), namesNoReference), () =>
    problemAnswer(status, 'A referenceId is needed'),
  );
}

async function namesNoReference(call: Call): Promise<boolean> {
  try {
    return membersOf(JSON.parse((await call.request.body()).toString()))['referenceId'] === undefined;
  } catch {
    return false;
  }
}

// ── JSON ─────────────────────────────────────────────────────────────────────────────────────────

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

function jsonWriting(observed: Observed): readonly Change[] {
  const space = whiteSpace(observed);
  const slashes = observed.oneOf('json.slashes', 'as they are', 'escaped');
  const beyondAscii = observed.oneOf('json.beyond-ascii', 'as they are', 'escaped');
  const numbers = observed.oneOf('json.whole-numbers', 'without a fraction', 'with a fraction of 0');
  const rewrites: ((json: string) => string)[] = [
    ...(slashes === 'escaped' ? [(json: string) => json.replaceAll('/', '\\/')] : []),
    ...(beyondAscii === 'escaped' ? [escapedBeyondAscii] : []),
    ...(numbers === 'with a fraction of 0' ? [withFractions] : []),
  ];
  return [
    instead('serialise', (_call, value) =>
      Buffer.from(rewrites.reduce((json, rewrite) => rewrite(json), space(value))),
    ),
  ];
}

export const escapedBeyondAscii = (json: string): string =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const withFractions = (json: string): string =>
  json.replace(STRING_OR_NUMBER, (text) => (/^-?\d+$/.test(text) ? `${text}.0` : text));

function whiteSpace(observed: Observed): (value: unknown) => string {
  const id = 'json.white-space';
  const value = observed.value(id) ?? 'none';
  const [, spaces, tab, crlf] =
    /^indented by (?:(\d) spaces|(a tab))(, lines end in CR LF)?$/.exec(value) ?? [];
  if (spaces !== undefined || tab !== undefined) {
    const indent = tab === undefined ? Number(spaces) : '\t';
    const end = crlf === undefined ? '\n' : '\r\n';
    return (one) => JSON.stringify(one, null, indent).replaceAll('\n', end);
  }
  if (value === 'around it') return (one) => `\r\n${JSON.stringify(one)} \n`;
  if (value !== 'none') observed.cannot(id, 'where it stands is not known');
  return (one) => JSON.stringify(one);
}
