/** Prints a verdict and its counts as outputs of a GitHub Action, a line each; nothing where there is no verdict. */

import { existsSync, readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);

if (file !== undefined && existsSync(file)) {
  const { verdict, requirements } = JSON.parse(readFileSync(file, 'utf8'));
  const counted = (isOne) => requirements.filter(isOne).length;
  const lines = {
    verdict,
    'musts-broken': counted(({ level, status }) => level === 'must' && status === 'fail'),
    'shoulds-broken': counted(({ level, status }) => level === 'should' && status === 'fail'),
    held: counted(({ status }) => status === 'pass'),
    'not-checked': counted(({ status }) => status === 'not-checked'),
  };
  for (const [name, value] of Object.entries(lines)) process.stdout.write(`${name}=${value}\n`);
}
