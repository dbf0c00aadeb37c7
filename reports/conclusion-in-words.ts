/** What a verdict says, in sentences for the person who decides. */

import { counted } from './plain-text.js';
import { isProxied, type Verdict, type VerdictRequirement } from './verdict.js';

/** What a page or a comment begins with; nothing in it comes from the target but the reason. */
export interface Conclusion {
  /** @example 'Nonconformant: 2 musts are broken.' */
  readonly sentence: string;
  /** What that means for who decides. */
  readonly meaning: string;
}

export function conclusionOf(verdict: Verdict): Conclusion {
  const { requirements, reason } = verdict;
  const musts = having(requirements, 'must', 'fail');
  const shoulds = having(requirements, 'should', 'fail');
  const subject = isProxied(verdict) ? 'the client' : 'the service';
  const aside =
    shoulds === 0 ? '' : ` ${counted(shoulds, 'should')} ${shoulds === 1 ? 'is' : 'are'} broken as well.`;
  switch (verdict.verdict) {
    case 'conformant':
      return {
        sentence: `Conformant: ${kept(requirements)}.`,
        meaning: isProxied(verdict)
          ? `Nothing that passed through the proxy speaks against the client or the service.${aside}${ended(reason)}`
          : `Nothing that was asked speaks against a release.${aside}${openMusts(requirements)}`,
      };
    case 'nonconformant':
      return {
        sentence: `Nonconformant: ${broken(musts, shoulds)}.`,
        meaning: `${whoBreaks(verdict)} and should not be released as it is.${musts === 0 ? ' This run lets shoulds decide as well (--strict).' : aside}${brokeOff(reason)}`,
      };
    case 'inconclusive':
      return {
        sentence: `Inconclusive: ${subject} could not be judged.`,
        meaning: `${reason ?? 'No reason is known.'} This says neither that ${subject} keeps its contract nor that it breaks it.`,
      };
  }
}

/** Whom the broken requirements that decide are laid to. */
function whoBreaks({ requirements, strict }: Verdict): string {
  const decisive = requirements.filter(
    ({ status, level }) => status === 'fail' && (strict || level === 'must'),
  );
  return decisive.every(({ side }) => side === 'client')
    ? 'The client breaks what the contract asks of those who call the service,'
    : 'The service breaks what its published contract promises,';
}

function ended(reason: string | null): string {
  return reason === null ? '' : ` ${reason}`;
}

function brokeOff(reason: string | null): string {
  return reason === null ? '' : ` The run did not get to its end: ${reason}`;
}

function kept(requirements: readonly VerdictRequirement[]): string {
  const passed = having(requirements, 'must', 'pass');
  return passed === 1 ? 'the one must that was checked holds' : `all ${passed} musts that were checked hold`;
}

function broken(musts: number, shoulds: number): string {
  const [count, noun] = musts > 0 ? [musts, 'must'] : [shoulds, 'should'];
  return `${counted(count, noun)} ${count === 1 ? 'is' : 'are'} broken`;
}

function openMusts(requirements: readonly VerdictRequirement[]): string {
  const open = having(requirements, 'must', 'not-checked');
  return open === 0 ? '' : ` ${counted(open, 'must')} ${open === 1 ? 'was' : 'were'} not checked.`;
}

function having(
  requirements: readonly VerdictRequirement[],
  level: VerdictRequirement['level'],
  status: VerdictRequirement['status'],
): number {
  return requirements.filter((one) => one.level === level && one.status === status).length;
}
