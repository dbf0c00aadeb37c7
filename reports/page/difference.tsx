/** Expected against actual, with the words that differ marked. */

import { diffWordsWithSpace } from 'diff';
import type { ComponentChildren } from 'preact';
import { shortened } from './shown-text.js';

const LONGEST = 400;
/** Beyond this a comparison takes longer than it helps. */
const LONGEST_COMPARED = 300;

/** A value with the parts that the other one has not. */
function marked(own: string, other: string): ComponentChildren {
  const text = shortened(own, LONGEST);
  if (own.length > LONGEST_COMPARED || other.length > LONGEST_COMPARED) return text;
  const parts = diffWordsWithSpace(shortened(other, LONGEST), text);
  const common = parts.filter(({ added, removed }) => !added && !removed).map(({ value }) => value);
  // Where nothing of substance is common, marks would only be noise.
  if (!common.some((value) => /\w{2}/.test(value))) return <mark>{text}</mark>;
  return parts
    .filter(({ removed }) => !removed)
    .map(({ value, added }) => (added ? <mark>{value}</mark> : value));
}

export function Difference({ expected, actual }: { readonly expected: string; readonly actual: string }) {
  return (
    <dl class="difference">
      <div class="expected">
        <dt>Expected</dt>
        <dd>{marked(expected, actual)}</dd>
      </div>
      <div class="actual">
        <dt>Actual</dt>
        <dd>{marked(actual, expected)}</dd>
      </div>
    </dl>
  );
}
