/** The documents that people read, taken apart: their links, headings and blocks of code. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { packageRoot } from '../../spec/package-root.js';

interface Block {
  /** What stands behind the opening fence, say `sh run`. */
  readonly info: string;
  readonly text: string;
}

export interface Document {
  /** Relative to the package. */
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly links: readonly string[];
  /** What a link to a heading of it has behind the `#`. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt();

/** All of them, those in `docs/requirements` included. */
export function documents(): readonly Document[] {
  const files = readdirSync(packageRoot)
    .concat(
      readdirSync(join(packageRoot, 'docs'), { recursive: true }).map((name) => join('docs', `${name}`)),
    )
    .filter((name) => name.endsWith('.md'));
  return files.map(read);
}

function read(file: string): Document {
  const tokens = markdown.parse(readFileSync(join(packageRoot, file), 'utf8'), {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const links = inline.map((token) => token.attrGet('href') ?? token.attrGet('src'));
  const headings = tokens.flatMap(({ type }, i) =>
    type === 'heading_open' ? [tokens[i + 1]?.content ?? ''] : [],
  );
  return {
    file,
    blocks: tokens
      .filter(({ type }) => type === 'fence')
      .map(({ info, content }) => ({ info, text: content })),
    links: links.filter((link) => link !== null).map(String),
    anchors: new Set(headings.map(anchorOf)),
  };
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
}
