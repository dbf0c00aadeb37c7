/** An axis of time on which stretches without anything are shortened, so that what happens close together can be told apart. */

/** In milliseconds. */
export interface Span {
  readonly begins: number;
  readonly ends: number;
}

/** A pause is drawn at most so wide, as a share of all the time in which something happens. */
const WIDEST_PAUSE = 0.15;

/** @returns where a moment stands on an axis of `width` that shows all of the spans */
export function axisOver(spans: readonly Span[], width: number): (moment: number) => number {
  const busy = stretches(spans);
  const busyTime = busy.reduce((sum, { begins, ends }) => sum + ends - begins, 0);
  const widest = busyTime * WIDEST_PAUSE;
  let drawn = 0;
  let before = busy[0]?.begins ?? 0;
  const placed = busy.map((stretch) => {
    drawn += Math.min(stretch.begins - before, widest);
    const at = drawn;
    drawn += stretch.ends - stretch.begins;
    before = stretch.ends;
    return { ...stretch, at };
  });
  const scale = drawn === 0 ? 0 : width / drawn;
  return (moment) => {
    const stretch = placed.findLast(({ begins }) => begins <= moment) ?? placed[0];
    if (stretch === undefined) return 0;
    return (stretch.at + Math.min(moment, stretch.ends) - stretch.begins) * scale;
  };
}

/** The spans with those that overlap made one, in order. */
function stretches(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.begins - b.begins)) {
    const last = merged.at(-1);
    if (last === undefined || span.begins > last.ends) merged.push(span);
    else merged[merged.length - 1] = { begins: last.begins, ends: Math.max(last.ends, span.ends) };
  }
  return merged;
}
