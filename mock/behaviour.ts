/** The steps in which the mock handles a request, and the way in which a fault or a variant changes one of them. */

import type { ServerResponse } from 'node:http';
import type { PageDesign, PagePart } from './page-design.js';
import type { Request } from './request.js';
import type { Operation } from './routes.js';
import type { Session, SessionStore } from './sessions.js';
import type { Client, Token, TokenRegistry } from './tokens.js';

type Awaitable<T> = T | Promise<T>;

/** How a request came out, before anybody has thought of HTTP. */
export type Outcome =
  | { readonly kind: 'cancelled'; readonly session: Session }
  | {
      readonly kind:
        | 'unauthorized'
        | 'malformed'
        | 'unknown'
        | 'foreign'
        | 'not-active'
        | 'method'
        | 'no-such-path';
    }
  | { readonly kind: 'invalid' | 'too-large'; readonly detail: string }
  | { readonly kind: 'done'; readonly status: number; readonly value: unknown };

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** An answer whose body is still a value. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** undefined: no body */
  readonly value: unknown;
}

/** An answer as its bytes are. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What the mock is made of, shared by all requests. */
export interface World {
  readonly sessions: SessionStore;
  readonly tokens: TokenRegistry;
  readonly settings: Settings;
  /** requests to the cancel path so far */
  cancels: number;
  /** cancels that were carried out so far */
  cancellations: number;
}

/** One request on its way through the steps; what is not known yet is undefined. */
export interface Call {
  readonly request: Request;
  readonly response: ServerResponse;
  readonly operation: Operation;
  readonly rawId: string;
  readonly world: World;
  readonly steps: Steps;
  /** the position of this request among those to the cancel path, from 1 */
  readonly number: number;
  /** the session that the path names, whoever asks and whatever may be done with it */
  readonly subject: Session | undefined;
  /** the valid token that came with the request */
  token: Token | undefined;
  outcome: Outcome | undefined;
}

/** What each step is given, and what it answers. They are small and named, so that a fault is one sentence about one. */
interface StepTypes {
  /** the whole request, from the path to the answer */
  serve: { in: Operation; out: Answer };
  /** whose token the lines of the Authorization header hold */
  authenticate: { in: readonly string[]; out: Token | undefined };
  /** the UUID that the path's segment is */
  readId: { in: string; out: string | undefined };
  find: { in: string; out: Session | undefined };
  /** may the caller's token act on this session? */
  permit: { in: Session; out: boolean };
  /** cancels, and says whether it did */
  terminate: { in: Session; out: boolean };
  reply: { in: Outcome; out: Reply };
  /** the media type of the answer, from the Accept header */
  mediaType: { in: string | undefined; out: string };
  serialise: { in: unknown; out: Buffer };
  /** the last look at the answer before it goes out */
  finish: { in: Answer; out: Answer };
  send: { in: Answer; out: undefined };
  /** what Session Details say of a session */
  describe: { in: Session; out: Readonly<Record<string, unknown>> };
  /** what the access token of a client looks like */
  mint: { in: Client; out: string };
  /** a request for the hosted page, or for what its script asks */
  page: { in: PagePart; out: Answer };
  /** the hosted page as HTML */
  document: { in: PageDesign; out: string };
  /** whether the flow of a session is over, as the page is told */
  isOver: { in: Session | undefined; out: boolean };
  /** goes on with the flow of a session, and says whether it did */
  goOn: { in: Session | undefined; out: boolean };
}

export type StepName = keyof StepTypes;
export type StepInput<K extends StepName> = StepTypes[K]['in'];
export type StepOutput<K extends StepName> = StepTypes[K]['out'];
type Step<K extends StepName> = (call: Call, input: StepInput<K>) => Awaitable<StepOutput<K>>;

export type Steps = { readonly [K in StepName]: Step<K> };

/** What is decided once, and not for each request. */
export interface Settings {
  /** added to every answer */
  readonly latencyMs: number;
  /** stands before every path; empty or `/like/this` */
  readonly basePath: string;
  /** what the router makes of a path before it looks for the operation */
  readonly normalise: (path: string) => string;
  /** after how many requests a connection is closed; 0: never */
  readonly requestsPerConnection: number;
  /** how long a token lives, but for a client whose tokens live less */
  readonly tokenSeconds: number;
  /** ids of sessions are counted up, not drawn */
  readonly countsIds: boolean;
}

export const ordinarySettings: Settings = {
  countsIds: false,
  latencyMs: 0,
  basePath: '',
  normalise: (path) => path,
  requestsPerConnection: 0,
  tokenSeconds: 299,
};

/** Does the work of a step instead of it; `ordinary` does what the step would have done, with this or another input. */
export type Instead<I, O> = (call: Call, input: I, ordinary: (input?: I) => Promise<O>) => Awaitable<O>;

/** Steps with one of them exchanged. */
export type Change = (steps: Steps) => Steps;

/** @example instead('reply', async (_call, _outcome, ordinary) => ({ ...(await ordinary()), status: 202 })) */
export function instead<K extends StepName>(name: K, by: Instead<StepInput<K>, StepOutput<K>>): Change {
  return (steps) => {
    const step = steps[name];
    return {
      ...steps,
      [name]: (call: Call, input: StepInput<K>) =>
        by(call, input, async (other) => await step(call, other === undefined ? input : other)),
    };
  };
}

export type Condition = (call: Call) => Awaitable<boolean>;

/** Restricts a change to the requests for which the condition holds. */
export function when<I, O>(condition: Condition, by: Instead<I, O>): Instead<I, O> {
  return async (call, input, ordinary) => ((await condition(call)) ? by(call, input, ordinary) : ordinary());
}
