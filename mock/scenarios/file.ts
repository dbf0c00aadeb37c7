/** A scenario of the user's own, read from a YAML file. */

import { inWords } from '../../spec/in-words.js';
import { isObject, pointerTo } from '../../spec/json-pointer.js';
import { readYaml, type YamlFile } from '../../spec/yaml-file.js';
import type { Scenario, Turn } from '../scenario.js';

const MEMBERS = ['name', 'statement', 'cancels', 'endless', 'detailsLag', 'exit'];
const HINT = `Its members are ${MEMBERS.join(', ')}.`;
const TURNS =
  'Write one of answer: 503 (with retryAfter: 1), reset: before, reset: after, delay: 1500, session: Expired, token: ends, token: refused.';

/** A day; a timer of Node.js holds far more. */
const LONGEST_MS = 86_400_000;
const STATUSES: readonly unknown[] = ['Cancelled', 'Expired', 'Completed', 'Failed'];

/** @throws PlacedError where it cannot be read, or is wrong */
export function scenarioIn(file: string): Scenario {
  const yaml = readYaml(file);
  const { value } = yaml;
  if (!isObject(value)) throw yaml.error('', `must be a scenario, not ${inWords(value)}`, HINT);
  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw yaml.error(pointerTo('', unknown), `unknown member "${unknown}"`, HINT);
  const { name, statement, cancels = [], endless = false, detailsLag = 0, exit = 0 } = value;
  const refuse = (member: string, what: string) => yaml.error(pointerTo('', member), what, HINT);
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw refuse('name', 'name must be lower-case letters, digits and dashes');
  if (typeof statement !== 'string' || statement.trim() === '')
    throw refuse('statement', 'statement must be a sentence');
  if (!Array.isArray(cancels)) throw refuse('cancels', 'cancels must be a list of what happens');
  if (typeof endless !== 'boolean') throw refuse('endless', 'endless must be true or false');
  if (!isMilliseconds(detailsLag))
    throw refuse('detailsLag', 'detailsLag must be milliseconds, at most a day');
  if (exit !== 0 && exit !== 'any') throw refuse('exit', 'exit must be 0 or any');
  const turns = cancels.map((turn: unknown, i) => turnAt(yaml, turn, pointerTo('/cancels', String(i))));
  return { name, statement, cancels: turns, endless, detailsLag, exit };
}

function turnAt(yaml: YamlFile, value: unknown, pointer: string): Turn {
  const turn = isObject(value) ? turnOf(value) : null;
  if (turn === null) throw yaml.error(pointer, 'is nothing that can happen to a cancel', TURNS);
  return turn;
}

function turnOf(value: Readonly<Record<string, unknown>>): Turn | null {
  const names = Object.keys(value);
  const { answer, retryAfter, reset, delay, session, token } = value;
  if (names.every((name) => name === 'answer' || name === 'retryAfter') && isStatus(answer)) {
    if (retryAfter === undefined) return { answer };
    return Number.isInteger(retryAfter) && Number(retryAfter) >= 0
      ? { answer, retryAfter: Number(retryAfter) }
      : null;
  }
  if (names.length !== 1) return null;
  if (reset === 'before' || reset === 'after') return { reset };
  if (isMilliseconds(delay)) return { delay };
  if (isEnded(session)) return { session };
  return token === 'ends' || token === 'refused' ? { token } : null;
}

const isStatus = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;

const isMilliseconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST_MS;

const isEnded = (value: unknown): value is 'Cancelled' | 'Expired' | 'Completed' | 'Failed' =>
  STATUSES.includes(value);
