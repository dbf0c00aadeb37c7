/** A file of prepared sessions, made beforehand: in statuses that no public call brings about, or active ones. */

import type { SessionStatus, SessionSupply, SuppliedSession } from '../fixtures/target.js';
import { isObject, pointerTo } from '../spec/json-pointer.js';
import { readYaml, type YamlFile } from '../spec/yaml-file.js';
import { suppliedSession } from './supplied-session.js';

const STATUSES: readonly unknown[] = ['Initiated', 'Expired', 'Completed', 'Failed'];

/**
 * @param file YAML or JSON, a list of `{status, sessionId, referenceId?, accessToken?}`
 * @throws PlacedError where it cannot be read, or is wrong
 */
export function preparedSessions(file: string): SessionSupply {
  const yaml = readYaml(file);
  const hint = 'Write a list of entries with status, sessionId, and maybe referenceId and accessToken.';
  if (!Array.isArray(yaml.value)) throw yaml.error('', 'must be a list of sessions', hint);
  const sessions = yaml.value.map((entry: unknown, i) =>
    sessionAt(yaml, entry, pointerTo('', String(i)), hint),
  );
  return async (wanted) => {
    const at = sessions.findIndex(({ status }) => status === wanted);
    // Each is handed out once.
    return sessions.splice(at, at < 0 ? 0 : 1)[0]?.session ?? null;
  };
}

function sessionAt(
  yaml: YamlFile,
  entry: unknown,
  pointer: string,
  hint: string,
): { status: SessionStatus; session: SuppliedSession } {
  if (!isObject(entry)) throw yaml.error(pointer, 'must be a session', hint);
  const { status } = entry;
  if (!isStatus(status)) throw yaml.error(pointer, `needs a status of ${STATUSES.join(', ')}`, hint);
  return { status, session: suppliedSession(entry, (what) => yaml.error(pointer, `has ${what}`, hint)) };
}

function isStatus(value: unknown): value is SessionStatus {
  return STATUSES.includes(value);
}
