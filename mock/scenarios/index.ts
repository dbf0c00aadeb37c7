/** Scenarios by name, or from a file. */

import { existsSync } from 'node:fs';
import { entry } from '../catalogue.js';
import type { Scenario } from '../scenario.js';
import { scenarioIn } from './file.js';
import { readyScenarios } from './ready.js';

export { readyScenarios } from './ready.js';

/**
 * @param text the name of a ready scenario, or a file that holds one
 * @throws UserError where there is neither, or the file is wrong
 */
export function scenarioNamed(text: string): Scenario {
  const named = readyScenarios.map((scenario) => ({ id: scenario.name, scenario }));
  const isFile = !named.some(({ id }) => id === text) && (/[./\\]/.test(text) || existsSync(text));
  return isFile ? scenarioIn(text) : entry('scenario', named, text).scenario;
}
