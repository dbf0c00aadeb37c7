/** How JSON is written: its white space, its escapes, its numbers. */

const STRING = /"(?:[^"\\]|\\.)*"/gs;

/** Null for an empty object, in which there is nothing to space. @example whiteSpaceOf('{\n  "a": 1\n}') // 'indented by 2 spaces' */
export function whiteSpaceOf(json: string): string | null {
  const bare = json.replace(STRING, '""');
  if (!bare.includes(':')) return null;
  if (!/\s/.test(bare)) return 'none';
  const inside = bare.trim();
  if (!/\s/.test(inside)) return 'around it';
  const indent = /\n([ \t]+)\S/.exec(inside)?.[1];
  if (indent === undefined) return 'between members';
  const unit = /^ +$/.test(indent) ? `${indent.length} spaces` : indent === '\t' ? 'a tab' : 'a mixture';
  return `indented by ${unit}${inside.includes('\r\n') ? ', lines end in CR LF' : ''}`;
}

/** Whether slashes are escaped; null where there are none. */
export function slashesOf(json: string): string | null {
  if (json.includes('\\/')) return 'escaped';
  return json.includes('/') ? 'as they are' : null;
}

/** Whether characters beyond ASCII are escaped; null where there are none. */
export function beyondAsciiOf(json: string): string | null {
  if (/[^\0-\x7f]/.test(json)) return 'as they are';
  return /\\u(?!00[0-7])[0-9a-f]{4}/i.test(json) ? 'escaped' : null;
}

/** Whether whole numbers have a fraction of 0; null where there is no number. */
export function wholeNumbersOf(json: string): string | null {
  const bare = json.replace(STRING, '""');
  if (/\d\.0+(?!\d)/.test(bare)) return 'with a fraction of 0';
  return /[:[,]\s*-?\d+\s*[,}\]]/.test(bare) ? 'without a fraction' : null;
}
