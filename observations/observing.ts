/** Observes a run as its exchanges come: what the target does where it is free to choose, in bounded memory. */

import { type Exchange, shortened } from '../fixtures/exchange.js';
import type { Run } from '../fixtures/run.js';
import { shownExchange } from '../reports/shown.js';
import type { Observation, ShownExchange } from '../reports/verdict.js';
import { type Choice, choices, type Parts, parts } from './choices/index.js';
import { Seen } from './seen.js';
import { TokenFormat } from './token-format.js';
import { kindOf, literal, varying } from './wording.js';

/** How observations may be shown: without a secret. */
export interface Showing {
  readonly mask: (text: string) => string;
  readonly show: (exchange: Exchange) => ShownExchange;
}

export function showingOf({ secrets, origin }: Pick<Run, 'secrets' | 'origin'>): Showing {
  return {
    mask: (text) => secrets.mask(text),
    show: (exchange) => shownExchange(exchange, origin, secrets),
  };
}

/** More different answers to one question are chance. */
const MOST_LABELS = 8;
/** More names than these of a hostile target are not looked at. */
const MOST_NAMES = 64;
/** A part that comes less often, or is missing less often, comes or goes by chance. */
const SELDOM = 0.05;
/** So seldom, it says nothing. */
const FEWEST = 2;

/** What the exchanges said of one choice. */
class Labels {
  readonly #examples = new Map<string, Exchange>();
  #tooMany = false;

  constructor(readonly choice: Choice) {}

  note(seen: Seen): void {
    const label = this.choice.tell(seen);
    if (label === null || this.#examples.has(label)) return;
    if (this.#examples.size >= MOST_LABELS) this.#tooMany = true;
    else this.#examples.set(label, shortened(seen.exchange));
  }

  told({ mask, show }: Showing): Observation[] {
    const [first] = this.#examples.values();
    if (first === undefined) return [];
    const { id, question, isQuantity } = this.choice;
    const labels = [...this.#examples.keys()].sort();
    const varies = this.#tooMany || (isQuantity && labels.length > 1);
    const value = varies ? 'varies' : mask(labels.join('; '));
    return [{ id, question, value, example: show(first) }];
  }
}

interface Part {
  count: number;
  /** What its value was first, and where. */
  readonly value: unknown;
  readonly seen: Seen;
  /** The value in words that are the same in every run. */
  readonly words: string;
  varies: boolean;
}

/** What the exchanges said of the parts of one kind of answer. */
class Tally {
  readonly #parts = new Map<string, Part>();
  #count = 0;
  #example: Exchange | null = null;

  constructor(readonly kind: Parts) {}

  note(seen: Seen): void {
    const found = this.kind.tell(seen);
    if (found === null) return;
    this.#count += 1;
    this.#example ??= shortened(seen.exchange);
    for (const [name, value] of found) this.#notePart(name, value, seen);
  }

  #notePart(name: string, value: unknown, seen: Seen): void {
    const part = this.#parts.get(name);
    if (part !== undefined) {
      part.count += 1;
      if (this.kind.withValues && !part.varies && value !== part.value)
        part.varies = literal(value, seen) !== part.words;
    } else if (this.#parts.size < MOST_NAMES) {
      const words = this.kind.withValues ? literal(value, seen) : '';
      const kept = new Seen(shortened(seen.exchange), null);
      this.#parts.set(name, { count: 1, value, seen: kept, words, varies: false });
    }
  }

  /** The names of parts that are other ones every time. */
  get varying(): string[] {
    return [...this.#parts].filter(([, { varies }]) => varies).map(([name]) => name);
  }

  /** @param varies whether a part is another one every time here or in answers alike */
  told({ mask, show }: Showing, varies: (name: string) => boolean): Observation[] {
    if (this.#example === null) return [];
    const { id, question, withValues } = this.kind;
    const common = [...this.#parts].filter(
      ([, { count }]) => count === this.#count || count >= Math.max(FEWEST, this.#count * SELDOM),
    );
    const names = common.map(([name, { count }]) =>
      count >= this.#count * (1 - SELDOM) ? name : `${name} (at times)`,
    );
    const whole: Observation = {
      id,
      question,
      value: names.length === 0 ? 'none' : mask(names.join(', ')),
      example: show(this.#example),
    };
    if (!withValues) return [whole];
    const values = common
      .filter(([name, part]) => varies(name) || !this.#mayVary(part))
      .map(([name, { value, seen }]) => ({
        id: mask(`${id}/${name}`),
        question: mask(`${question}: ${name}`),
        value: varies(name) ? varying(kindOf(value)) : literal(value, seen, mask),
      }));
    return [whole, ...values];
  }

  /** A number within a text that came once may be another one the next time. */
  #mayVary({ count, value, words }: Part): boolean {
    return count < FEWEST && typeof value === 'string' && /\d/.test(words);
  }
}

export class Observing {
  readonly #tokens = new TokenFormat();
  #tokenExample: Exchange | null = null;
  readonly #labels = choices.map((choice) => new Labels(choice));
  readonly #tallies = parts.map((kind) => new Tally(kind));

  note(exchange: Exchange): void {
    const { response, failure, operation } = exchange;
    // What limits, an overload or a closed connection decide is no choice of the target's.
    if (response === null && failure?.kind !== 'time-out') return;
    if (response?.status === 429 || (response?.status === 503 && operation !== 'cancel')) return;
    const seen = new Seen(exchange, response);
    if (operation === 'authorize') this.#noteToken(seen);
    for (const label of this.#labels) if (label.choice.operation === operation) label.note(seen);
    for (const tally of this.#tallies) if (tally.kind.operation === operation) tally.note(seen);
  }

  #noteToken(seen: Seen): void {
    const token = seen.members?.['access_token'];
    if (typeof token !== 'string' || seen.asked['client'] !== 'main') return;
    this.#tokens.note(token);
    this.#tokenExample ??= seen.exchange;
  }

  /** In the order of their ids; the same for two runs that ask the same of the same target. */
  told(showing: Showing): Observation[] {
    const format = this.#tokens.told();
    const ofTokens =
      format === null || this.#tokenExample === null
        ? []
        : [
            {
              id: 'token.format',
              question: 'What a token looks like',
              value: format,
              example: showing.show(this.#tokenExample),
            },
          ];
    const all = [
      ...ofTokens,
      ...this.#labels.flatMap((label) => label.told(showing)),
      ...this.#tallies.flatMap((tally) => tally.told(showing, (name) => this.#varies(tally, name))),
    ];
    return all.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** What is another one every time in one answer is so in all that are made alike. */
  #varies({ kind }: Tally, name: string): boolean {
    const family = familyOf(kind);
    return this.#tallies.some((other) => familyOf(other.kind) === family && other.varying.includes(name));
  }
}

/** @example familyOf('problem.unknown') // 'problem' */
function familyOf({ id }: Parts): string {
  return id.replace(/\..*/, '');
}
