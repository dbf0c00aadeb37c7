/** Requirements by theme, in the order of the catalogue. */

import { theme } from '../../spec/requirements.js';
import { grouped } from '../grouped.js';
import type { VerdictRequirement } from '../verdict.js';

export interface Theme {
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly VerdictRequirement[];
}

const TITLES: Readonly<Record<string, string>> = {
  answer: 'Every answer',
  cancel: 'Cancelling',
  'client-id': 'The x-client-id header',
  client: 'Clients',
  id: 'Session ids',
  media: 'Media types',
  method: 'Methods',
  page: 'The hosted page',
  session: 'Sessions',
  token: 'Tokens',
};

export function byTheme(requirements: readonly VerdictRequirement[]): readonly Theme[] {
  return [...grouped(requirements, theme)].map(([name, members]) => ({
    name,
    title: TITLES[name] ?? name,
    requirements: members,
  }));
}
