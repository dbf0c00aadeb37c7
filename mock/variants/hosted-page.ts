/** Variants of the hosted page: other words, other ways to an error state, and no page at all. */

import { html, json } from '../answers.js';
import { type Answer, type Call, type Change, instead } from '../behaviour.js';
import { page } from '../hosted-page.js';
import { without } from '../json.js';
import type { PageDesign, PagePart } from '../page-design.js';
import { variant } from './define.js';

const design = (changed: Partial<PageDesign>): Change =>
  instead('document', (_call, usual, ordinary) => ordinary({ ...usual, ...changed }));

const answering = (
  wanted: PagePart,
  by: (call: Call, ordinary: () => Promise<Answer>) => Answer | Promise<Answer>,
): Change => instead('page', (call, part, ordinary) => (part === wanted ? by(call, ordinary) : ordinary()));

const isActive = ({ subject }: Call): boolean => subject?.status === 'Initiated';

const asks = "const now = await ask('GET', ''); if (now.ok) flow(now.step); else ended();";

const french =
  '<div role="alert"><h1>Session expirée</h1><p>Votre session a expiré. Veuillez recommencer.</p></div>';

const inEnglish = '<div role="alert"><h1>Session expired</h1><p>Your session has expired.</p></div>';

export const hostedPageVariants = [
  variant('page.in-french', 'The error state is in French.', design({ over: french })),
  variant(
    'page.as-status',
    'The error state is a status.',
    design({ over: '<div role="status"><h1>We are sorry</h1><p>This link no longer works.</p></div>' }),
  ),
  variant(
    'page.as-dialog',
    'The error state is a dialog that an alert of the browser comes before.',
    design({
      over: '<div role="alertdialog" aria-label="Session expired"><p>This link no longer works.</p></div>',
      ended: "show(over); alert('Session expired');",
    }),
  ),
  variant(
    'page.plain-text',
    'The error state is a heading and a sentence, with no role; the focus is moved to it.',
    design({
      over: '<h1 tabindex="-1">Session expired</h1><p>Return to the site that you came from.</p>',
      ended: "show(over); main.querySelector('h1').focus();",
    }),
  ),
  variant(
    'page.unannounced',
    'The error state is a heading and a sentence, with no role, and the focus stays away.',
    design({ over: '<h1>Session expired</h1><p>Return to the site that you came from.</p>' }),
    { disregards: ['page.announced'] },
  ),
  variant(
    'page.dated',
    'The error state names the time, and a number that support asks for.',
    design({
      over: inEnglish,
      ended:
        "show(over); main.firstChild.insertAdjacentHTML('beforeend', '<p>' + new Date().toISOString() + ', number ' + Math.random() + '</p>');",
    }),
  ),
  variant(
    'page.with-buttons',
    'All pages have buttons for the language and for help, and the error state one to close it.',
    design({
      over: `${inEnglish}<p><button type="button">Close</button></p>`,
      ended: "show(over); main.querySelector('button').onclick = () => {};",
      footer: '<button type="button" lang="fr">Français</button> <button type="button">Help</button>',
    }),
  ),
  variant('page.error-route', 'The script leads to the error state at an address of its own.', [
    design({ ended: "location.replace('../app/expired');" }),
    instead('serve', (call, _operation, ordinary) =>
      call.request.path.endsWith('/app/expired')
        ? page(200, `<!doctype html><html lang="en"><title>Expired</title><main>${inEnglish}</main></html>`)
        : ordinary(),
    ),
  ]),
  variant(
    'page.answered-410',
    'The service itself answers 410 with the error state where a session is over.',
    answering('document', (call, ordinary) =>
      isActive(call)
        ? ordinary()
        : page(410, `<!doctype html><html lang="en"><title>Expired</title><main>${inEnglish}</main></html>`),
    ),
  ),
  variant(
    'page.slow',
    'The page takes three quarters of a second to learn of the session, and says so in a status.',
    design({
      opened: `show('<p role="status">Checking your session…</p>'); await new Promise((done) => setTimeout(done, 750)); ${asks}`,
    }),
  ),
  variant(
    'page.polls',
    'The page asks every quarter of a second, and shows the error state by itself.',
    design({
      opened: `${asks} setInterval(async () => { if (!(await ask('GET', '')).ok) ended(); }, 250);`,
    }),
  ),
  variant(
    'page.kept-by-the-browser',
    'What the page has read of a session the browser may keep, so that back shows the flow until the next step.',
    answering('state', async (_call, ordinary) => {
      const answer = await ordinary();
      return { ...answer, headers: without(answer.headers, 'Cache-Control') };
    }),
  ),
  variant(
    'page.measures',
    'The page tells a counter of every visit and every step, which takes whatever it is told.',
    [
      design({
        opened: `ask('POST', '/steps?seen=1'); ${asks}`,
        pressed:
          "ask('POST', '/steps?pressed=1'); const then = await ask('POST', '/steps'); if (then.ok) flow(then.step); else ended();",
      }),
      answering('step', (call, ordinary) => (call.request.query.size > 0 ? json(202, {}) : ordinary())),
    ],
  ),
  variant(
    'page.tells-the-state',
    'What the page reads of a session is answered 200 whatever its state, and says which it is.',
    [
      answering('state', (call, ordinary) => (isActive(call) ? ordinary() : json(200, { over: true }))),
      design({ opened: "const now = await ask('GET', ''); if (now.over) ended(); else flow(now.step);" }),
    ],
  ),
  variant(
    'page.in-a-frame',
    'The page is in a frame of another one.',
    answering('document', async (call, ordinary) =>
      call.request.query.has('framed')
        ? ordinary()
        : page(
            200,
            `<!doctype html><html lang="en"><title>Example Pay</title><iframe title="Payment" width="700" height="500" src="?sessionId=${encodeURIComponent(call.rawId)}&amp;framed=1"></iframe></html>`,
          ),
    ),
  ),
  variant(
    'page.none',
    'There is no hosted page.',
    answering('document', () => html(404, 'There is nothing here')),
  ),
  variant(
    'page.same-for-all',
    'Where the page should be a document says the same for every session.',
    answering('document', () => html(200, 'Welcome to the gateway')),
  ),
  variant(
    'page.json',
    'Where the page should be the service answers JSON.',
    answering('document', () => json(200, { service: 'Example Pay' })),
  ),
];
