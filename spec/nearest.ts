/** The nearest of several words, to suggest where one was mistyped. */

/** @example nearest('cancel.twise', ['cancel.twice', 'token.missing']) // 'cancel.twice' */
export function nearest(word: string, words: readonly string[]): string | undefined {
  return words.toSorted((a, b) => distance(a, word) - distance(b, word))[0];
}

/** Levenshtein's distance: how many letters to insert, drop or exchange. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
