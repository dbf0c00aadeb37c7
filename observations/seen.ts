/** An exchange as the free choices see it: what was asked in it, and what the answer is like. */

import type { Circumstances, Exchange, Response } from '../fixtures/exchange.js';
import { headerValue } from '../fixtures/exchange.js';
import { type MediaType, parseMediaType } from '../oracles/accept.js';
import { isPlainId } from '../oracles/allowances.js';
import { type ParsedJson, parseJson } from '../oracles/json.js';
import { isUuid } from '../spec/formats.js';
import { isObject } from '../spec/json-pointer.js';

/** Whether the id that was sent is a UUID, or something else that reaches the operation, or may not even reach it. */
export type IdForm = 'uuid' | 'plain' | 'odd';

export class Seen {
  readonly asked: Circumstances;
  /** 0 where there was no answer. */
  readonly status: number;
  #json: ParsedJson | undefined;

  constructor(
    readonly exchange: Exchange,
    readonly response: Response | null,
  ) {
    this.asked = exchange.circumstances;
    this.status = response?.status ?? 0;
  }

  /** As it was sent. */
  get id(): string | null {
    return this.exchange.sentId;
  }

  get idForm(): IdForm {
    const { id } = this;
    if (id === null || !isPlainId(id)) return 'odd';
    return isUuid(id) ? 'uuid' : 'plain';
  }

  /** Every value of a header, in one line each. */
  header(name: string): string | null {
    return headerValue(this.response?.headers ?? [], name);
  }

  get accept(): string | null {
    return headerValue(this.exchange.request.headers, 'accept');
  }

  get mediaType(): MediaType | null {
    return parseMediaType(this.header('content-type') ?? '');
  }

  get json(): ParsedJson {
    this.#json ??= parseJson(this.response?.body ?? new Uint8Array(), this.mediaType);
    return this.#json;
  }

  /** The members of the body; null where it is no JSON object. */
  get members(): Readonly<Record<string, unknown>> | null {
    const { response } = this;
    if (response === null || response.undecoded.length > 0) return null;
    const { value } = this.json;
    return isObject(value) ? value : null;
  }

  /** A POST that nothing unusual goes with, so that state, id and token alone decide. */
  get isPlainCancel(): boolean {
    return (
      this.exchange.request.method === 'POST' &&
      ['body', 'query', 'header', 'x-client-id'].every((name) => this.asked[name] === undefined)
    );
  }

  get withValidToken(): boolean {
    return this.asked['token'] === 'valid';
  }

  get withoutToken(): boolean {
    return this.asked['token'] === 'none';
  }

  get ofActive(): boolean {
    return this.asked['session'] === 'active';
  }

  get ofCancelled(): boolean {
    return this.asked['session']?.startsWith('cancelled') === true;
  }

  /** The operation itself answered, with what the contract declares. */
  get isOfOperation(): boolean {
    return (
      this.exchange.request.method === 'POST' &&
      this.idForm !== 'odd' &&
      [200, 400, 401].includes(this.status) &&
      this.members !== null
    );
  }
}
