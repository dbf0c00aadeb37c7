/** No answer shows a stack trace or a file path of the server. */

import { isObject } from '../spec/json-pointer.js';
import { type Oracle, unless } from './oracle.js';

const TRACES: readonly RegExp[] = [
  /\bat [\w$.<>[\] ]+ \(?(?:\/|[A-Z]:\\|file:|node:)[^\s)]*:\d+/, // JavaScript
  /^[ \t]*at (?:file|node):\S+:\d+/m, // JavaScript without names
  /\bat (?:[\w.]+(?:@[\w.]+)?\/)*[\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/, // JVM
  /\bat [\w.<>`]+\([^)]*\) in \S+:line \d+/, // .NET
  /^[ \t]*at [\w$.<>`+]+\.[\w$<>`+]+\([^()\n]*\)[ \t\r]*$/m, // .NET and JVM without lines
  /\b(?:[a-z]\w*\.){2,}[A-Z]\w*\.[\w$<>]+\(\w+\.(?:java|kt|scala):\d+\)/, // JVM without `at`
  /^#\d+ \S+\(\d+\): /m, // PHP
  /Traceback \(most recent call last\)/, // Python
  /File "[^"]+", line \d+/, // Python
  /goroutine \d+ \[|\bpanic: .*\.go:\d+/s, // Go
  /(?:^|[\s"'([])(?!\w+:\/\/)[\w./-]+\.(?:rb|php|go|rs|py|cs|exs?|ts):\d+(?![\d/])/, // Ruby, PHP, Go, Rust and others
];

const PATHS: readonly RegExp[] = [
  /(?:^|[\s"'(=:,>])\/(?:home|usr|var|opt|srv|app|etc|root|tmp|Users|workspace|mnt|code)\/[\w.@-]+(?:\/[\w.@-]+)*/,
  /\b[A-Z]:\\{1,2}[\w .-]+\\/,
  /\\{2,4}[\w.-]+\\{1,2}[\w$ .-]+\\/, // of a share
  /\bfile:\/\/\S/,
];

/** URI references of a problem (RFC 9457 sections 3.1.1 and 3.1.5): what begins like a path on a server is none. */
const REFERENCES = ['type', 'instance'];
const OF_A_FILE = /^file:|\.(?:js|mjs|cjs|ts|cs|java|jar|kt|py|rb|php|go|rs|dll|exe|so)\b/i;

export const internalsShown: Oracle = {
  requirement: 'answer.no-internals',
  judge: ({ response, json, exchange: { request } }) => {
    const body = json?.text || Buffer.from(response.body).toString('latin1');
    const text = withoutReferences(withoutPath(body, request.path), json?.value);
    const seen = [text, ...response.headers.map(([, value]) => value)];
    const trace = TRACES.some((pattern) => seen.some((one) => pattern.test(one)));
    const path = PATHS.some((pattern) => pattern.test(text));
    return unless(
      !trace && !path,
      'no stack trace and no file path',
      trace ? 'a stack trace' : 'a file path',
    );
  },
};

function withoutReferences(body: string, value: unknown): string {
  if (!isObject(value)) return body;
  const references = REFERENCES.map((name) => value[name]).filter(
    (reference) => typeof reference === 'string' && reference.length > 3 && !OF_A_FILE.test(reference),
  );
  return references.reduce<string>((text, reference) => text.replaceAll(String(reference), ''), body);
}

/** The body without JSON's escapes, and without the request's own path, which a problem's `instance` may repeat. */
function withoutPath(body: string, path: string): string {
  const [beforeId = ''] = path.split('/sessions/');
  let text = body
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\"', '"')
    .replaceAll('\\/', '/')
    .replaceAll(path, '');
  if (beforeId.length > 1) text = text.replaceAll(beforeId, '');
  return text;
}
