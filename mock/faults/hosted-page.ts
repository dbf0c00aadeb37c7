/** Faults of the hosted page: what a person still finds there once the session is cancelled. */

import { json } from '../answers.js';
import type { Answer } from '../behaviour.js';
import { type Call, type Change, type Condition, instead, when } from '../behaviour.js';
import { alreadyCancelled, always, both } from '../conditions.js';
import { errorText, isBegun, page } from '../hosted-page.js';
import type { PageDesign, PagePart } from '../page-design.js';
import { fault } from './define.js';

/** The page is made otherwise, for cancelled sessions alone. */
const design = (changed: Partial<PageDesign>, condition: Condition = alreadyCancelled): Change =>
  instead(
    'document',
    when(condition, (_call, usual, ordinary) => ordinary({ ...usual, ...changed })),
  );

/** The page is made otherwise, for every session: what it does shows once one is cancelled. */
const script = (changed: Partial<PageDesign>): Change => design(changed, always);

/** A request of the page is answered otherwise. */
const answering = (
  wanted: PagePart,
  by: (call: Call, ordinary: () => Promise<Answer>) => Answer | Promise<Answer>,
  condition: Condition = alreadyCancelled,
): Change =>
  instead(
    'page',
    when(condition, (call, part, ordinary) => (part === wanted ? by(call, ordinary) : ordinary())),
  );

const goesOnWhere = (condition: Condition): Change =>
  instead(
    'isOver',
    when(both(alreadyCancelled, condition), () => false),
  );

const together =
  (...changes: readonly Change[]): Change =>
  (steps) =>
    changes.reduce((changed, change) => change(changed), steps);

const withUpperCaseId: Condition = (call) => /[A-F]/.test(call.rawId);

const asBegun: Condition = ({ subject }) => subject !== undefined && isBegun(subject);

/** What the page remembers of a session that it has seen active. */
const REMEMBERS = "if (now.ok) sessionStorage.setItem('step-' + id, now.step);";

export const hostedPageFaults = [
  fault(
    'page.flow-starts',
    ['page.no-resumption', 'page.error-state'],
    'The flow of a cancelled session is offered, and goes on.',
    goesOnWhere(always),
  ),
  fault(
    'page.flow-resumes',
    ['page.no-resumption', 'page.error-state'],
    'A flow that was begun before the cancellation goes on behind it.',
    goesOnWhere(asBegun),
  ),
  fault(
    'page.flow-in-upper-case',
    'page.no-resumption',
    'The flow of a cancelled session is offered where its id is given in upper case.',
    goesOnWhere(withUpperCaseId),
  ),
  fault(
    'page.flow-below-the-error',
    'page.no-resumption',
    'Above the flow of a cancelled session an error is shown, and the flow goes on all the same.',
    together(
      instead(
        'goOn',
        when(alreadyCancelled, () => true),
      ),
      design({ ended: 'show(over + steps[1]);' }),
    ),
  ),
  fault(
    'page.error-goes-away',
    ['page.error-state', 'page.no-resumption'],
    'The error state gives way to the flow behind half a second.',
    design({ ended: 'show(over); setTimeout(() => flow(1), 500);' }),
  ),
  fault(
    'page.try-again',
    'page.no-resumption',
    'The error state has a button that leads back into the flow.',
    design({
      over: `<div role="alert"><h1>Session expired</h1><p>${errorText}</p></div><p><button type="button">Try again</button></p>`,
      ended: 'show(over); main.querySelector("button").onclick = () => flow(1);',
      pressed: 'flow(2);',
    }),
  ),
  fault(
    'page.back-brings-it-back',
    ['page.no-resumption', 'page.error-state'],
    'Reached with back, the page shows the flow as it was left, and goes on with it.',
    script({
      opened: `const kept = sessionStorage.getItem('step-' + id);
        const back = performance.getEntriesByType('navigation')[0].type === 'back_forward';
        if (back && kept) { flow(kept); return; }
        const now = await ask('GET', ''); ${REMEMBERS} if (now.ok) flow(now.step); else ended();`,
      pressed: `const back = performance.getEntriesByType('navigation')[0].type === 'back_forward';
        if (back) { flow(2); return; }
        const then = await ask('POST', '/steps'); if (then.ok) flow(then.step); else ended();`,
      // What holds a page back from being kept as it was.
      footer: '<script>addEventListener("unload", () => {});</script>',
    }),
  ),
  fault(
    'page.reload-brings-it-back',
    ['page.no-resumption', 'page.error-state'],
    'Reloaded, the page goes on from what it remembers of the session.',
    script({
      opened: `const kept = sessionStorage.getItem('step-' + id);
        if (kept) { flow(kept); return; }
        const now = await ask('GET', ''); ${REMEMBERS} if (now.ok) flow(now.step); else ended();`,
      pressed: "const then = await ask('POST', '/steps'); flow(2);",
    }),
  ),
  fault(
    'page.only-reload-shows-it',
    'page.while-open',
    'On an open page the next step does nothing, and only a reload shows the error state.',
    script({ pressed: "const then = await ask('POST', '/steps'); if (then.ok) flow(then.step);" }),
  ),
  fault(
    'page.open-page-hangs',
    'page.while-open',
    'On an open page the next step goes on loading for ever.',
    script({
      pressed:
        "show('<p aria-busy=\"true\">One moment…</p>'); const then = await ask('POST', '/steps'); if (then.ok) flow(then.step);",
    }),
  ),
  fault(
    'page.open-page-goes-on',
    ['page.no-resumption', 'page.while-open'],
    'On an open page the flow goes on without asking whether it may.',
    script({ pressed: "flow(2); ask('POST', '/steps');" }),
  ),
  fault(
    'page.hangs',
    'page.error-state',
    'The page of a cancelled session goes on loading for ever.',
    design({ ended: '' }),
  ),
  fault(
    'page.never-answers',
    'page.error-state',
    'The page of a cancelled session is never answered.',
    answering('document', () => new Promise(() => {})),
  ),
  fault(
    'page.blank',
    'page.error-state',
    'The page of a cancelled session is blank.',
    design({ ended: "show('');", footer: '' }),
  ),
  fault(
    'page.script-fails',
    'page.error-state',
    'The script of the page fails over a cancelled session, and leaves what is below it.',
    design({ ended: "show(''); throw new TypeError('over is undefined');" }),
  ),
  fault(
    'page.server-error',
    'page.error-state',
    'The page of a cancelled session is answered 500.',
    answering('document', () => page(500, '<!doctype html><title>500</title><p>Something went wrong</p>')),
  ),
  fault(
    'page.endless-redirects',
    'page.error-state',
    'The page of a cancelled session redirects to itself.',
    answering('document', ({ request }) => ({
      ...page(302, ''),
      headers: { Location: `${request.path}?${request.query}` },
    })),
  ),
  fault(
    'page.other-text',
    'page.as-expired',
    'The page of a cancelled session says other things than that of an Expired one.',
    design({ over: '<div role="alert"><h1>Cancelled</h1><p>The shop has cancelled this payment.</p></div>' }),
  ),
  fault(
    'page.expired-and-more',
    'page.as-expired',
    'The page of a cancelled session says more than that of an Expired one.',
    design({
      over: `<div role="alert"><h1>Session expired</h1><p>${errorText}</p><p>Reason: CancelledByApi</p></div>`,
    }),
  ),
  fault(
    'page.own-step-succeeds',
    'page.own-traffic',
    'The page shows the error state, and what it asks to go on with the flow still succeeds.',
    together(
      instead(
        'goOn',
        when(alreadyCancelled, () => true),
      ),
      script({
        pressed:
          "const now = await ask('GET', ''); if (!now.ok) { ended(); return; } const then = await ask('POST', '/steps'); if (then.ok) flow(then.step); else ended();",
      }),
    ),
  ),
  fault(
    'page.own-step-answers-alike',
    'page.own-traffic',
    'What the page asks to go on with the flow is answered as ever for a cancelled session, and changes nothing.',
    together(
      answering('step', () => json(200, { step: 2 })),
      script({
        pressed:
          "const then = await ask('POST', '/steps'); const now = await ask('GET', ''); if (now.ok) flow(then.step); else ended();",
      }),
    ),
  ),
  fault(
    'page.own-read-succeeds',
    'page.own-reads',
    'The page reads beside the state of the session what it is about, which a cancelled session still tells.',
    together(
      script({
        opened:
          "const now = await ask('GET', ''); await ask('GET', '?about=payment'); if (now.ok) flow(now.step); else ended();",
      }),
      answering(
        'state',
        (call, ordinary) =>
          call.subject !== undefined && call.request.query.has('about')
            ? json(200, { payor: 'Ada Example', account: '000-12345' })
            : ordinary(),
        ({ subject }) => subject?.status === 'Initiated' || subject?.status === 'Cancelled',
      ),
    ),
  ),
  fault(
    'page.unannounced',
    'page.announced',
    'An error state that appears on an open page is neither an alert nor a status, and the focus stays away.',
    script({ over: `<div><h1>Session expired</h1><p>${errorText}</p></div>` }),
  ),
  fault(
    'page.low-contrast',
    'page.accessible',
    'The text of the error state is pale grey on white.',
    script({
      over: `<div role="alert" style="color: #ccc"><h1>Session expired</h1><p>${errorText}</p></div>`,
    }),
  ),
  fault(
    'page.nameless-button',
    'page.accessible',
    'The error state has a button without a name.',
    script({
      over: `<div role="alert"><h1>Session expired</h1><p>${errorText}</p></div><button type="button"><svg width="20" height="20"></svg></button>`,
    }),
  ),
];
