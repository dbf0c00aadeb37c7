/** The free choices: where contract and page leave a service several ways, each with what tells which it took. */

import { type Choice, cancel, given, succeeded, when } from './choice.js';
import { answeredIds, oddIds } from './ids.js';
import { neighbours } from './neighbours.js';
import { representations } from './representations.js';
import { methods, requests } from './requests.js';

export type { Choice, Parts } from './choice.js';
export { parts } from './parts.js';

export const choices: readonly Choice[] = [
  cancel(
    'success.no-reference',
    'The referenceId of a 200 where none was given',
    when(
      (seen) => succeeded(seen) && seen.exchange.session?.referenceIdGiven === false,
      ({ members, exchange }) => {
        const told = given(members, 'referenceId');
        const isInitiates = members?.['referenceId'] === exchange.session?.referenceId;
        return told === 'made up' && isInitiates ? 'as Initiate made it up' : told;
      },
    ),
  ),
  ...answeredIds,
  ...requests,
  ...oddIds,
  ...methods,
  ...representations,
  ...neighbours,
];
