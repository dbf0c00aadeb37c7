/** Keeps some of a run's exchanges for `exchanges.har`: the first, the last, and those of findings. */

import type { Exchange } from '../fixtures/exchange.js';

const MOST_FIRST = 200;
const MOST_LAST = 200;
/** Far more than is shown of a body, so that no secret is cut where the shown part ends. */
const LONGEST_BODY = 65_536;

export class Retention {
  readonly #first: Exchange[] = [];
  #last: Exchange[] = [];

  note(exchange: Exchange): void {
    if (this.#first.length < MOST_FIRST) this.#first.push(shortened(exchange));
    else this.#last.push(shortened(exchange));
    if (this.#last.length >= 2 * MOST_LAST) this.#last = this.#last.slice(-MOST_LAST);
  }

  /** @returns each once, in the order of sending */
  with(findings: readonly Exchange[]): Exchange[] {
    const kept = [...this.#first, ...this.#last.slice(-MOST_LAST), ...findings];
    const byNumber = new Map(kept.map((exchange) => [exchange.number, exchange]));
    return [...byNumber.values()].sort((a, b) => a.number - b.number);
  }
}

/** With far more of a body than is shown, and no more. */
export function shortened(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (response === null || response.body.length <= LONGEST_BODY) return exchange;
  return { ...exchange, response: { ...response, body: response.body.slice(0, LONGEST_BODY) } };
}
