/** Requirements by theme, in the order of the catalogue. */

import { type Requirement, theme } from '../spec/requirements.js';
import { grouped } from './grouped.js';

export interface Theme<Member> {
  /** The first word of the ids. */
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly Member[];
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

/** @returns the themes in the order of their first requirement */
export function byTheme<Member extends Pick<Requirement, 'id'>>(
  requirements: readonly Member[],
): readonly Theme<Member>[] {
  return [...grouped(requirements, theme)].map(([name, members]) => ({
    name,
    title: TITLES[name] ?? name,
    requirements: members,
  }));
}
