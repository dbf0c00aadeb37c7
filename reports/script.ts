/** A finding as a script for a shell: gets a token, makes a session, does to it what was done, and shows the fault. */

import { type Exchange, type TokenSource, wasRaced } from '../fixtures/exchange.js';
import { type CurlPlace, curlLine, quoted } from './curl.js';

/** Where the script is to ask. */
export interface Place extends CurlPlace {
  /** The target's path prefix, or nothing. */
  readonly basePath: string;
  readonly tokenSource: TokenSource;
}

/** Reads a member out of JSON with what every shell has. */
const member = (name: string) => `sed -n 's/.*"${name}" *: *"\\([^"]*\\)".*/\\1/p'`;

/**
 * @param trail what was done with the session before, from Initiate on; nothing for a session that was not made
 * @param shown the exchange that shows the fault
 * @param by what shows the fault: the session's state behind it, or its hosted page, where it is not the answer
 * @returns lines for a POSIX shell, or for bash where a token is altered
 */
export function script(
  trail: readonly Exchange[],
  shown: Exchange,
  by: { readonly ofState: boolean; readonly page?: string },
  place: Place,
): string {
  // What was read shows nothing by itself, but may be what a race takes.
  const told = trail.filter((one) => one.operation === 'cancel' || wasRaced(one));
  const asked = [...told, shown].sort((a, b) => a.number - b.number);
  const isTold = asked.length > 1 && !by.ofState && by.page === undefined && !wasRaced(shown);
  const initiated = trail.find(({ operation }) => operation === 'initiate');
  const lines = together(asked, (exchange) => {
    const line = lineFor(exchange, initiated === undefined ? null : shown.meant, place);
    return isTold && exchange === shown ? `${line} # this one shows it` : line;
  });
  const sent = lines.join('\n');
  return [
    ...(initiated !== undefined || sent.includes('$TOKEN') || sent.includes('${TOKEN')
      ? [TOKEN_LINES[place.tokenSource](place)]
      : []),
    ...(sent.includes('OTHER_TOKEN') ? [tokenLine('OTHER_TOKEN', 'CONFORMANCE_OTHER', place)] : []),
    ...(sent.includes('$EXPIRED_TOKEN') ? ['EXPIRED_TOKEN=… # a token that has expired'] : []),
    ...(initiated === undefined
      ? []
      : [`SESSION=$(${silent(curlLine(initiated, place))} | ${member('sessionId')})`]),
    ...lines,
    ...(by.ofState && initiated !== undefined ? [detailsLine(place)] : []),
    ...(by.page === undefined ? [] : [pageLine(by.page, initiated === undefined ? null : shown.meant)]),
  ].join('\n');
}

const detailsLine = ({ origin, basePath, curlOptions }: Place) =>
  `curl -s "${origin}${basePath}/api/v2/sessions/$SESSION/details" -H "Authorization: Bearer $TOKEN" ${curlOptions}`.trim();

const TOKEN_LINES: Readonly<Record<TokenSource, (place: Place) => string>> = {
  Authorize: (place) => tokenLine('TOKEN', 'CONFORMANCE', place),
  given: () => 'TOKEN=$CONFORMANCE_ACCESS_TOKEN',
  supplied: () => 'TOKEN=… # the access token that was supplied with the session',
};

/** What to open in a browser. */
function pageLine(page: string, id: string | null): string {
  const url = quoted(page);
  return `echo Open ${id === null ? url : url.replaceAll(id, `'"$SESSION"'`)}`;
}

function tokenLine(name: string, prefix: string, { origin, basePath, curlOptions }: Place): string {
  const credentials = `"$${prefix}_USERNAME:$${prefix}_PASSWORD"`;
  const url = `${origin}${basePath}/api/v1/authorize`;
  const options = `-u ${credentials} -d grant_type=client_credentials ${curlOptions}`.trim();
  return `${name}=$(curl -s ${options} '${url}' | ${member('access_token')})`;
}

const silent = (line: string) => line.replace('curl -i', 'curl -s');

/** The id is that of the session just made, written as it was sent. */
function lineFor(exchange: Exchange, id: string | null, place: Place): string {
  const line = curlLine(exchange, place);
  if (id === null) return line;
  const { sentId } = exchange;
  const whole = line.replaceAll(id, `'"$SESSION"'`);
  return sentId === null || sentId === '' || sentId.includes(id)
    ? whole
    : whole.replace(`/${sentId}/`, () => `/'"${inShell(sentId, id)}"'/`);
}

/** What was sent for an id, made of `$SESSION`; as it was where it has little in common with that. */
function inShell(sent: string, id: string): string {
  const bare = id.replaceAll('-', '');
  if (sent === id.toUpperCase()) return '$(echo "$SESSION" | tr a-f A-F)';
  if (sent === bare) return '$(echo "$SESSION" | tr -d -)';
  if (sent === bare.toUpperCase()) return '$(echo "$SESSION" | tr -d - | tr a-f A-F)';
  const most = Math.min(sent.length, id.length);
  let before = 0;
  while (before < most && sent[before] === id[before]) before += 1;
  let behind = 0;
  while (behind < most - before && sent.at(-1 - behind) === id.at(-1 - behind)) behind += 1;
  if (before + behind < id.length / 2) return sent;
  const between = sent.slice(before, sent.length - behind);
  return `\${SESSION:0:${before}}${between}\${SESSION:${id.length - behind}}`;
}

/** Requests that were under way together run in the background, side by side. */
function together(exchanges: readonly Exchange[], line: (exchange: Exchange) => string): string[] {
  const lines: string[] = [];
  let underWay = false;
  for (const exchange of exchanges) {
    const one = wasRaced(exchange);
    if (underWay && !one) lines.push('wait');
    lines.push(one ? `${line(exchange)} &` : line(exchange));
    underWay = one;
  }
  return underWay ? [...lines, 'wait'] : lines;
}
