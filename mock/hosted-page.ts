/** The hosted page: a document whose script asks an API of its own for the state of the session, and goes on with the flow. */

import { empty, json } from './answers.js';
import type { Answer, Call, Steps } from './behaviour.js';
import type { PageDesign, PagePart } from './page-design.js';
import type { Request } from './request.js';
import type { Session } from './sessions.js';

export interface PageRoute {
  readonly part: PagePart;
  /** none of the contract's */
  readonly operation: 'none';
  readonly rawId: string;
}

export const errorText = 'Your session has timed out. Return to the site that you came from, and try again.';

const ordinaryDesign: PageDesign = {
  over: `<div role="alert"><h1>Session expired</h1><p>${errorText}</p></div>`,
  opened: "const now = await ask('GET', ''); if (now.ok) flow(now.step); else ended();",
  pressed: "const then = await ask('POST', '/steps'); if (then.ok) flow(then.step); else ended();",
  ended: 'show(over);',
  footer: '<p>Payments by Example Pay. <a href="https://example.com/help">Help</a></p>',
  style:
    'body { font: 16px/1.5 sans-serif; color: #222; background: #fff; max-width: 32em; margin: 2em auto }',
};

const ownApi = /^\/app\/api\/sessions\/([^/]*)(\/steps)?$/;

/** @returns null where the request is none for the page */
export function pageRoute({ path, query, method }: Request, basePath: string): PageRoute | null {
  if (!path.startsWith(`${basePath}/app`)) return null;
  const local = path.slice(basePath.length);
  if (local === '/app/' && method === 'GET')
    return { part: 'document', operation: 'none', rawId: query.get('sessionId') ?? '' };
  const [whole, rawId = '', steps] = ownApi.exec(local) ?? [];
  if (whole === undefined || method !== (steps === undefined ? 'GET' : 'POST')) return null;
  return { part: steps === undefined ? 'state' : 'step', operation: 'none', rawId };
}

export const pageSteps: Pick<Steps, 'page' | 'document' | 'isOver' | 'goOn'> = {
  page: (call, part) => parts[part](call),
  document: (_call, design) => documentOf(design),
  isOver: (_call, session) => session?.status !== 'Initiated',
  goOn: (call, session) => goOn(call, session),
};

const parts: Readonly<Record<PagePart, (call: Call) => Promise<Answer>>> = {
  document: async (call) => page(200, await call.steps.document(call, ordinaryDesign)),
  state: async (call) => {
    if (await call.steps.isOver(call, call.subject)) return over;
    return told(200, { step: call.subject && isBegun(call.subject) ? 2 : 1, currency: 'CAD' });
  },
  step: async (call) => ((await call.steps.goOn(call, call.subject)) ? told(200, { step: 2 }) : over),
};

/** What a browser keeps it shows again on the way back. */
const told = (status: number, value: unknown): Answer => json(status, value, { 'Cache-Control': 'no-store' });

const over = told(410, { state: 'over' });

export const page = (status: number, text: string): Answer => ({
  ...empty(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }),
  body: Buffer.from(text),
});

const BEGUN = 'the flow was begun';

export const isBegun = ({ notes }: Session): boolean => notes.has(BEGUN);

async function goOn(call: Call, session: Session | undefined): Promise<boolean> {
  if (await call.steps.isOver(call, session)) return false;
  session?.notes.add(BEGUN);
  return true;
}

const flow = {
  1: `<h1>Send a payment</h1><p>Choose the institution that you pay from.</p>
    <label>Institution <select><option>First Example Bank</option><option>Second Example Bank</option></select></label>
    <p><button type="button">Continue</button></p>`,
  2: `<h1>Confirm the payment</h1><p>You send the amount that was agreed to Example Shop.</p>
    <p><button type="button">Confirm and pay</button></p>`,
};

const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

function documentOf({ over, opened, pressed, ended, footer, style }: PageDesign): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Example Pay</title><style>${style}</style></head>
<body>
<main aria-busy="true"><p>One moment…</p></main>
<footer>${footer}</footer>
<script>
const id = new URLSearchParams(location.search).get('sessionId') ?? '';
const steps = ${inScript(flow)};
const over = ${inScript(over)};
const main = document.querySelector('main');
async function ask(method, path) {
  const answer = await fetch('api/sessions/' + encodeURIComponent(id) + path, { method });
  return { ok: answer.ok, ...(await answer.json()) };
}
function show(html) {
  main.removeAttribute('aria-busy');
  main.innerHTML = html;
  const button = main.querySelector('button');
  if (button !== null) button.onclick = pressed;
}
const flow = (step) => show(steps[step]);
async function opened() { ${opened} }
async function pressed() { ${pressed} }
function ended() { ${ended} }
opened();
</script>
</body>
</html>
`;
}
