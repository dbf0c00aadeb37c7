import { expect, it } from 'vitest';
import { allCases } from '../judge/gather.js';
import { oracles } from '../oracles/index.js';
import { loadRequirements } from '../spec/requirements.js';

const requirements = loadRequirements();

it('every case names requirements that exist', async () => {
  const ids = new Set(requirements.map(({ id }) => id));
  const unknown = (await allCases()).flatMap((one) => one.ids.filter((id) => !ids.has(id)));
  expect(unknown).toEqual([]);
});

it('every case has a name of its own', async () => {
  const names = (await allCases()).map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

it('every requirement that can be checked has a case or an oracle', async () => {
  const verified = new Set([
    ...(await allCases()).flatMap(({ ids }) => ids),
    ...oracles.map(({ requirement }) => requirement),
  ]);
  // Every exchange that is answered is a check of it.
  verified.add('answer.received');
  const open = requirements
    .filter(({ id, unchecked }) => unchecked === undefined && !verified.has(id))
    .map(({ id }) => id);
  expect(open).toEqual([]);
});
