/** Lives of sessions: any order of calls, held against the model of the service. */

import fc from 'fast-check';
import { randomReference } from '../fixtures/sessions/initiating.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { commands, opening } from './model/commands.js';
import { agrees, type Model, open, type Target } from './model/model.js';
import { nearIds, written } from './parts/id-forms.js';

test(
  ...verifies(
    [
      'cancel.success',
      'cancel.twice',
      'cancel.concurrent',
      'cancel.only-that-session',
      'token.no-effect',
      'id.no-effect',
    ],
    'in any life',
    async ({ property }) => {
      await property(
        (replayPath) => fc.tuple(opening(), commands(replayPath)),
        ([first, steps], told) =>
          fc.asyncModelRun(async () => {
            const model: Model = { statuses: [] };
            const real: Target = { told, sessions: [], common: randomReference() };
            await open(first, model, real);
            await withoutLeadingZeros(model, real);
            return { model, real };
          }, steps),
      );
    },
  ),
);

/** Asked for every session, since not every id has a group that begins with a zero, which some readers of UUIDs do without. */
async function withoutLeadingZeros(model: Model, target: Target): Promise<void> {
  const form = nearIds.find(({ kind }) => kind.includes('leading zeros'));
  const [session] = target.sessions;
  if (form === undefined || session === undefined) return;
  const { client, check }: TrialFixtures = target.told;
  const answer = await client.cancel(session, { id: written(form, session.id) });
  check('id.malformed').status(answer, 400);
  await agrees(model, target, answer, { at: 0, requirement: 'id.no-effect' });
}
