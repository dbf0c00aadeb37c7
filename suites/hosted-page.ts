/** The hosted page: once its session is cancelled it shows what a time-out shows, and there is no way on. */

import type { Exchange } from '../fixtures/exchange.js';
import { barriersOn } from '../fixtures/hosted-page/accessibility.js';
import {
  type Appearance,
  errorStateOf,
  flowOn,
  looksLike,
  noticesBeyond,
  showsNextStep,
} from '../fixtures/hosted-page/appearance.js';
import type { Learnt } from '../fixtures/hosted-page/hosted-page.js';
import { isSafe, type OwnExchange } from '../fixtures/hosted-page/traffic.js';
import type { Visit } from '../fixtures/hosted-page/visit.js';
import { nextSteps, pressOneOf, wayOn } from '../fixtures/hosted-page/way-on.js';
import type { Session } from '../fixtures/sessions/session.js';
import { needs } from '../fixtures/stops.js';
import { test, verifies } from '../fixtures/test.js';
import type { TrialFixtures } from '../fixtures/trial.js';
import { succeeds } from './parts/cancelling.js';
import { answersAfterwards } from './parts/own-traffic.js';

/** So long a page may take to hear of the cancellation by itself, in milliseconds. */
const BY_ITSELF_MS = 1500;
const NOTHING_TO_PRESS =
  'Nothing on the open page could be pressed for the next step; page.action in the configuration names it.';
const LEADS_NOWHERE =
  'What was pressed leads nowhere on an active page either, where nobody fills in what it asks for; page.action in the configuration names another step.';
/** So many steps behind the first are pressed on a page that shows no error state. */
const MOST_STEPS = 3;
/** An error state that goes away is none. */
const LASTING_MS = 700;

test(
  ...verifies(
    ['page.error-state', 'page.as-expired', 'page.accessible', 'page.no-resumption'],
    async (told) => {
      const { session, known } = await begin(told);
      const cancelled = await succeeds(told, session);
      await visiting(told, session, async (visit) => {
        await visit.open();
        await showsErrorState(told, visit, known, cancelled, 'opened afterwards');
        await looksExpired(told, visit, known, cancelled);
        await isAccessible(told, visit, cancelled);
        await isNoWayOn(told, visit, known, cancelled, 'opened afterwards');
      });
      await visiting(told, session, async (visit) => {
        await visit.open(visit.url.replace(session.id, session.id.toUpperCase()));
        await visit.atRest();
        await isNoWayOn(told, visit, known, cancelled, 'opened with the id in upper case');
      });
    },
  ),
);

test(
  ...verifies(['page.no-resumption', 'page.error-state'], 'with back', async (told) => {
    const { session, known } = await begin(told);
    await visiting(told, session, async (visit) => {
      await visit.open();
      await visit.atRest();
      await visit.open('about:blank');
      const cancelled = await succeeds(told, session);
      await visit.back();
      // A browser may bring a page back as it was left: it is held to what an open one is held to.
      await visit.atRest();
      await isNoWayOn(told, visit, known, cancelled, 'reached with back');
      await showsErrorState(told, visit, known, cancelled, 'reached with back');
    });
  }),
);

test(
  ...verifies(['page.no-resumption', 'page.error-state'], 'with reload', async (told) => {
    const { session, known } = await begin(told);
    const cancelled = await succeeds(told, session);
    await visiting(told, session, async (visit) => {
      await visit.open();
      await visit.atRest();
      await visit.reload();
      await showsErrorState(told, visit, known, cancelled, 'reloaded');
      await isNoWayOn(told, visit, known, cancelled, 'reloaded');
    });
  }),
);

test(
  ...verifies(['page.while-open', 'page.announced', 'page.no-resumption'], async (told) => {
    const { session, known } = await begin(told);
    await visiting(told, session, async (visit) => {
      await visit.open();
      await visit.atRest();
      const cancelled = await succeeds(told, session);
      const isShown = showingError(known);
      let seen = await visit.until(isShown, BY_ITSELF_MS);
      if (!isShown(seen)) {
        const pressed = await pressOneOf(visit, nextSteps(known.flow, known));
        const before = seen;
        // What was to be pressed may be gone since the error state came by itself after all.
        seen = await (pressed === null
          ? visit.look()
          : visit.until((one) => isShown(one) || showsNextStep(one, known)));
        needs(pressed !== null || isShown(seen), NOTHING_TO_PRESS);
        const isDeadEnd = known.next !== null && looksLike(known.next, known.active);
        needs(!isDeadEnd || !looksLike(seen, before), LEADS_NOWHERE);
      }
      const goesOn = showsNextStep(seen, known) && !isShown(seen);
      told
        .check('page.no-resumption')
        .onPage(!goesOn, 'no way on', 'left open: the flow, which goes on', cancelled, visit.url);
      const state = errorStateOf(seen, known);
      await told.run.hostedPage.show(visit, seen, 'cancelled while open');
      if (state.kind === 'untold') return untold(told, 'page.while-open');
      const instead = state.kind === 'missing' ? state.instead : '';
      const holds = told
        .check('page.while-open')
        .onPage(instead === '', 'an error state', instead, cancelled, visit.url);
      if (!holds) return;
      const announced = noticesBeyond(seen, known.active).length > 0 || seen.focused;
      told
        .check('page.announced')
        .onPage(announced, 'an alert, a status, or the focus', 'none of them', cancelled, visit.url);
    });
  }),
);

test(
  ...verifies(['page.own-traffic', 'page.own-reads', 'page.no-resumption'], async (told) => {
    const { session, known } = await begin(told);
    await visiting(told, session, async (visit) => {
      await visit.open();
      await visit.atRest();
      await takeFirstStep(visit, known);
      const own = await told.run.hostedPage.ownTraffic(visit, session.id);
      const cancelled = await succeeds(told, session);
      await failsAfterwards(told, visit, own, known, session, cancelled);
      await visit.reload();
      await showsErrorState(told, visit, known, cancelled, 'begun, and reloaded');
      await isNoWayOn(told, visit, known, cancelled, 'begun, and reloaded');
      // Behind a form that was sent, a reload sends it again; the page itself may remember how far it was.
      await visit.open();
      await showsErrorState(told, visit, known, cancelled, 'begun, and opened again');
      await isNoWayOn(told, visit, known, cancelled, 'begun, and opened again');
    });
  }),
);

test(
  ...verifies(['page.while-open', 'page.no-resumption'], 'begun', async (told) => {
    const { session, known } = await begin(told);
    await visiting(told, session, async (visit) => {
      await visit.open();
      await visit.atRest();
      needs((await takeFirstStep(visit, known)) !== null, NOTHING_TO_PRESS);
      const cancelled = await succeeds(told, session);
      const isShown = showingError(known);
      let seen = await visit.until(isShown, BY_ITSELF_MS);
      const before = seen;
      const pressed: string[] = [];
      // What is pressed first may be the way back.
      while (!isShown(seen) && pressed.length < MOST_STEPS) {
        const further = nextSteps(flowOn(seen, known), known).filter((one) => !pressed.includes(one));
        const step = await pressOneOf(visit, further);
        if (step === null) break;
        pressed.push(step);
        seen = await visit.until(isShown);
      }
      // A step may need what nobody has filled in.
      const goesAnywhere = isShown(seen) || !looksLike(seen, before);
      needs(goesAnywhere, 'No step behind the first leads anywhere.');
      const state = errorStateOf(seen, known);
      if (state.kind === 'untold') return untold(told, 'page.while-open');
      const instead = state.kind === 'missing' ? `behind a further step: ${state.instead}` : '';
      told.check('page.while-open').onPage(instead === '', 'an error state', instead, cancelled, visit.url);
    });
  }),
);

interface Begun {
  readonly session: Session;
  readonly known: Learnt;
}

/** An active session, and what the page is known to look like. Sessions are asked for at once, before anything is waited for. */
async function begin({ run, sessions }: TrialFixtures): Promise<Begun> {
  run.hostedPage.insist();
  const [session, known] = await Promise.all([
    sessions.active(),
    run.hostedPage.learn(
      () => sessions.active(),
      () => run.sessions.supplied.ended('Expired'),
    ),
  ]);
  return { session, known };
}

const visiting = (
  { run }: TrialFixtures,
  { id }: Session,
  during: (visit: Visit) => Promise<void>,
): Promise<void> => run.hostedPage.during(id, during);

/** Of the flow of an active session. What was pressed before can be pressed again: a busy machine may need another try. */
async function takeFirstStep(visit: Visit, known: Learnt): Promise<string | null> {
  const steps = nextSteps(known.flow, known);
  let pressed = await pressOneOf(visit, steps);
  if (pressed === null && known.next !== null) pressed = await pressOneOf(visit, steps);
  await visit.atRest();
  return pressed;
}

function untold({ run }: TrialFixtures, requirement: string): void {
  run.ledger.notChecked(
    requirement,
    'The page shows neither an alert nor a status, and nothing to compare it with; page.errorState in the configuration can say what the error state is.',
  );
}

/** Whether a page shows an error state. */
const showingError =
  (known: Learnt) =>
  (seen: Appearance): boolean =>
    errorStateOf(seen, known).kind === 'shown';

async function showsErrorState(
  told: TrialFixtures,
  visit: Visit,
  known: Learnt,
  cancelled: Exchange,
  how: string,
): Promise<void> {
  let state = errorStateOf(await visit.atRest(), known);
  if (state.kind === 'missing') state = errorStateOf(await visit.until(showingError(known)), known);
  if (state.kind === 'shown') {
    const isGone = (one: Appearance) => one.read && !showingError(known)(one);
    const then = await visit.until(isGone, LASTING_MS);
    if (isGone(then)) state = errorStateOf(then, known);
  }
  await told.run.hostedPage.show(visit, await visit.look(), `cancelled, ${how}`);
  if (state.kind === 'untold') return untold(told, 'page.error-state');
  const actual = state.kind === 'missing' ? `${how}: ${state.instead}` : '';
  told.check('page.error-state').onPage(actual === '', 'an error state', actual, cancelled, visit.url);
}

async function looksExpired(
  told: TrialFixtures,
  visit: Visit,
  { expired, expiredId }: Learnt,
  cancelled: Exchange,
): Promise<void> {
  if (expired === null || expiredId === null) {
    told.run.ledger.notChecked(
      'page.as-expired',
      'No session that is Expired was supplied to compare with; CONFORMANCE_SESSION_COMMAND can.',
    );
    return;
  }
  const seen = await visit.until((one) => looksLike(one, expired));
  // What took its time may not have been at rest when it was learnt.
  const now = looksLike(seen, expired) ? expired : await told.run.hostedPage.glance(expiredId);
  told.check('page.as-expired').onPage(looksLike(seen, now), now.text, seen.text, cancelled, visit.url);
}

async function isAccessible(told: TrialFixtures, visit: Visit, cancelled: Exchange): Promise<void> {
  const barriers = await barriersOn(visit.page);
  if (barriers === null) {
    told.run.ledger.notChecked('page.accessible', 'The page could not be examined in time.');
    return;
  }
  const check = told.check('page.accessible');
  if (barriers.length === 0) check.onPage(true, '', '', cancelled, visit.url);
  for (const barrier of barriers) check.onPage(false, 'no barrier', barrier, cancelled, visit.url);
}

async function isNoWayOn(
  told: TrialFixtures,
  visit: Visit,
  known: Learnt,
  cancelled: Exchange,
  how: string,
): Promise<void> {
  const way = await wayOn(visit, known);
  told.check('page.no-resumption').onPage(way === null, 'no way on', `${how}: ${way}`, cancelled, visit.url);
}

async function failsAfterwards(
  told: TrialFixtures,
  visit: Visit,
  own: readonly OwnExchange[],
  known: Learnt,
  session: Session,
  cancelled: Exchange,
): Promise<void> {
  const { ledger } = told.run;
  if (!own.some(({ request }) => !isSafe(request)))
    ledger.notChecked('page.own-traffic', 'The page itself asked for nothing that goes on with the flow.');
  if (!own.some(({ request }) => isSafe(request)))
    ledger.notChecked('page.own-reads', 'The page itself read nothing of the session.');
  for (const { request, status, succeeds } of await answersAfterwards(told, visit, own, known, session)) {
    const requirement = isSafe(request) ? 'page.own-reads' : 'page.own-traffic';
    if (succeeds === null) {
      ledger.notChecked(requirement, 'What the page asked for was not answered for any other session.');
      continue;
    }
    const { pathname } = new URL(request.url);
    const actual = `${request.method} ${pathname.replace(session.id, '{sessionId}')} answered ${status} as for an active session`;
    told
      .check(requirement)
      .onPage(!succeeds, 'a refusal, or what an Expired session is answered', actual, cancelled, visit.url);
  }
}
