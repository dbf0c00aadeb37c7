/** The pages in docs/requirements: one for each theme of the catalogue, and one that lists them. */

import type { Case } from '../../judge/gather.js';
import type { Fault } from '../../mock/fault.js';
import { rfcLink } from '../../reports/source-parts.js';
import { byTheme, type Theme } from '../../reports/themes.js';
import { publishedContract } from '../../spec/contract.js';
import type { Requirement } from '../../spec/requirements.js';
import { readYaml } from '../../spec/yaml-file.js';

/** What is told beside the catalogue. */
export interface Checks {
  readonly cases: readonly Case[];
  readonly faults: readonly Fault[];
  /** Requirements that every answer is held against. */
  readonly ofEveryAnswer: ReadonlySet<string>;
}

const GENERATED = '<!-- Written by `npm run docs` from spec/requirements.yaml. -->';
const INDEX = 'README.md';

/** @returns the text of each page, by its name */
export function requirementPages(
  requirements: readonly Requirement[],
  checks: Checks,
): ReadonlyMap<string, string> {
  const themes = byTheme(requirements);
  const pages = themes.map((theme) => [fileOf(theme.name), page(theme, checks)] as const);
  return new Map([[INDEX, index(themes)], ...pages]);
}

const fileOf = (theme: string) => `${theme}.md`;
const code = (text: string) => `\`${text}\``;

function index(themes: readonly Theme<Requirement>[]): string {
  const rows = themes.map(({ name, title, requirements }) => {
    const musts = requirements.filter(({ level }) => level === 'must').length;
    return `| [${title}](${fileOf(name)}) | ${musts} | ${requirements.length - musts} |`;
  });
  return document(
    'Requirements',
    'Every statement of Cancel Session that a service can keep or break. A must decides the verdict; a should is reported, and decides only under `--strict`.',
    ['| Theme | musts | shoulds |', '| --- | ---: | ---: |', ...rows].join('\n'),
  );
}

function page({ title, requirements }: Theme<Requirement>, checks: Checks): string {
  return document(title, ...requirements.map((requirement) => section(requirement, checks)));
}

function document(title: string, ...parts: readonly string[]): string {
  return `${[GENERATED, `# ${title}`, ...parts].join('\n\n')}\n`;
}

function section(requirement: Requirement, checks: Checks): string {
  const { id, level, statement, needs } = requirement;
  const facts = [
    `- Source: ${sources(requirement)}`,
    ...(needs.length === 0 ? [] : [`- Says nothing where broken: ${needs.map(linkTo).join(', ')}`]),
    `- ${checked(requirement, checks)}`,
    ...brokenBy(id, checks.faults),
  ];
  return [`## ${id}`, `**${level}**: ${escaped(statement)}`, facts.join('\n')].join('\n\n');
}

/** Where a section is that another page may hold. */
function linkTo(id: string): string {
  return `[${id}](${fileOf(id.split('.', 1).join())}#${id.replaceAll('.', '')})`;
}

function sources({ source: { page, contract, rfc } }: Requirement): string {
  const link = rfc === undefined ? null : rfcLink(rfc);
  return [
    ...(page === undefined ? [] : [`the page, "${escaped(page)}"`]),
    ...(contract === undefined ? [] : [contractLink(contract)]),
    ...(rfc === undefined ? [] : [link === null ? rfc : `[${rfc}](${link})`]),
  ].join('; ');
}

const contractFile = readYaml(publishedContract);

function contractLink(fragment: string): string {
  const line = contractFile.lineOf(decodeURIComponent(fragment.slice(1)));
  return `the contract, [${code(fragment)}](../../spec/pay-interac.yaml#L${line})`;
}

function checked({ id, unchecked }: Requirement, { cases, ofEveryAnswer }: Checks): string {
  if (unchecked !== undefined) return `Not checked: ${escaped(unchecked)}`;
  const names = cases.filter(({ ids }) => ids.includes(id)).map(({ name }) => code(name));
  const everywhere = ofEveryAnswer.has(id) ? ['every answer of a run'] : [];
  return `Checked by: ${[...everywhere, ...names].join(', ')}`;
}

function brokenBy(id: string, faults: readonly Fault[]): string[] {
  const [fault] = faults.filter(({ breaks: [first] }) => first === id);
  if (fault === undefined) return [];
  return [
    `- To see it broken: ${code(`cancel-conformance mock --fault ${fault.id}`)}. ${escaped(fault.statement)}`,
  ];
}

/** Text that Markdown shows as it is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]]/g, '\\$&');
}
