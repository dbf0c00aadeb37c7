/** Readers of flag values; Commander names the flag and the value before what they say. */

import { InvalidArgumentError } from 'commander';

export function notEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Give a value, or leave the flag out.');
  return text;
}

/** Decimal digits alone: `0x10`, `1e3` and ` 5` are more likely mistakes than wishes. */
export function wholeNumber(smallest: number, largest: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= smallest && value <= largest) return value;
    throw new InvalidArgumentError(`Give a whole number from ${smallest} to ${largest}.`);
  };
}

export function decimalAbove0(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Give a number above 0, say 5 or 0.5.');
}

/** Values that are separated by commas, or given by repeating the flag. */
export function list(text: string, before: readonly string[]): string[] {
  const values = text.split(',').map((value) => value.trim());
  if (values.includes('')) throw new InvalidArgumentError('Give values with commas between them.');
  return [...before, ...values];
}
