/** No answer shows a stack trace or a file path of the server. */

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
];

export const internalsShown: Oracle = {
  requirement: 'answer.no-internals',
  judge: ({ response, json, exchange: { request } }) => {
    const text = withoutPath(json?.text || Buffer.from(response.body).toString('latin1'), request.path);
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
