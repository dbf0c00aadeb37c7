/** What was observed of the service that is imitated, and what could not be made of it. */

export interface Observation {
  readonly id: string;
  readonly value: string;
}

export class Observed {
  readonly #values: ReadonlyMap<string, string>;
  readonly #looked = new Set<string>();
  readonly #reasons = new Map<string, string>();

  constructor(observations: readonly Observation[]) {
    this.#values = new Map(observations.map(({ id, value }) => [id, value]));
  }

  /** Undefined where it was not observed. */
  value(id: string): string | undefined {
    this.#looked.add(id);
    return this.#values.get(id);
  }

  /** The only one of these values that was observed; of anything else it is said that it cannot be imitated. */
  oneOf<T extends string>(id: string, ...values: readonly T[]): T | undefined {
    const value = this.value(id);
    const found = values.find((one) => one === value);
    if (found === undefined && value !== undefined)
      this.cannot(
        id,
        value.includes('; ')
          ? 'when it does which is not known'
          : 'it is not one of those that can be imitated',
      );
    return found;
  }

  /** The values of the parts of an observation, by their names. */
  parts(id: string): ReadonlyMap<string, string> {
    const found = [...this.#values].filter(([one]) => one.startsWith(`${id}/`));
    for (const [one] of found) this.#looked.add(one);
    return new Map(found.map(([one, value]) => [one.slice(id.length + 1), value]));
  }

  cannot(id: string, reason: string): void {
    this.#looked.add(id);
    if (!this.#reasons.has(id)) this.#reasons.set(id, reason);
  }

  /** What is not imitated, a sentence each; asked for once everything else has been. */
  notImitated(): string[] {
    const unknown = [...this.#values.keys()].filter((id) => !this.#looked.has(id));
    const reasons = [
      ...this.#reasons,
      ...unknown.map((id): [string, string] => [id, 'nothing here imitates it']),
    ];
    return reasons.map(([id, reason]) => `${id} (${this.#values.get(id) ?? 'not observed'}): ${reason}.`);
  }
}
