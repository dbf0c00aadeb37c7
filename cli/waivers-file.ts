/** The file of waivers: read, and refused with the place where it is wrong. */

import type { Waiver } from '../judge/waivers.js';
import { isObject, pointerTo } from '../spec/json-pointer.js';
import { nearest } from '../spec/nearest.js';
import { loadClientRequirements, loadRequirements } from '../spec/requirements.js';
import { readYaml, type YamlFile } from '../spec/yaml-file.js';
import type { Configuration } from './configuration.js';

const KEYS = ['requirement', 'reason', 'owner', 'expires', 'target'];

/**
 * Those of the file that the configuration names.
 *
 * @throws PlacedError where it cannot be read, or is wrong
 */
export function readWaivers({ values }: Configuration): readonly Waiver[] {
  if (values.waivers === undefined) return [];
  const yaml = readYaml(values.waivers);
  if (yaml.value === null) return [];
  if (!Array.isArray(yaml.value))
    throw yaml.error('', 'must be a list of waivers', 'Begin each with "- requirement:".');
  const ids = [...loadRequirements(), ...loadClientRequirements()].map(({ id }) => id);
  return yaml.value.map((entry: unknown, i) => {
    const waiver = waiverAt(yaml, entry, pointerTo('', String(i)), ids);
    const named = waiver.target === null ? undefined : values.targets?.[waiver.target];
    return { ...waiver, target: (named?.url ?? waiver.target)?.replace(/\/+$/, '') ?? null };
  });
}

function waiverAt(yaml: YamlFile, entry: unknown, pointer: string, ids: readonly string[]): Waiver {
  if (!isObject(entry)) throw yaml.error(pointer, 'must be a waiver', 'Begin it with "- requirement:".');
  const unknown = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw yaml.error(
      pointerTo(pointer, unknown),
      `unknown key "${unknown}"`,
      `Did you mean ${nearest(unknown, KEYS)}?`,
    );
  const text = (key: string): string => {
    const value = entry[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw yaml.error(pointerTo(pointer, key), `needs ${key}, a text`, `A waiver has ${KEYS.join(', ')}.`);
  };
  const requirement = text('requirement');
  if (!ids.includes(requirement))
    throw yaml.error(
      pointerTo(pointer, 'requirement'),
      `no requirement has the id "${requirement}"`,
      `Did you mean ${nearest(requirement, ids)}?`,
    );
  const expires = text('expires');
  if (!/^\d{4}-\d\d-\d\d$/.test(expires) || Number.isNaN(Date.parse(expires)))
    throw yaml.error(pointerTo(pointer, 'expires'), `"${expires}" is no date`, 'Give it as YYYY-MM-DD.');
  const target = entry['target'] === undefined ? null : text('target');
  return { requirement, reason: text('reason'), owner: text('owner'), expires, target };
}
