/** An exchange as it went over the wire, with the failing place marked. */

import type { Header } from '../../fixtures/exchange.js';
import type { Finding, ShownExchange } from '../verdict.js';
import { jsonLines } from './json-lines.js';
import { Scrollable } from './scrollable.js';
import { milliseconds, shortened } from './shown-text.js';

const LONGEST_BODY = 6000;
const LONGEST_HEADER = 400;
const MOST_HEADERS = 60;

export function ExchangeView({
  exchange,
  finding,
}: {
  readonly exchange: ShownExchange;
  readonly finding: Finding;
}) {
  const { request, response, failure, durationMs } = exchange;
  return (
    <div class="exchange">
      <section>
        <h4>Request</h4>
        <Scrollable label={`Request of ${finding.requirement}`}>
          <b>{shortened(`${request.method} ${request.url}`, LONGEST_BODY)}</b>
          {'\n'}
          <Headers headers={request.headers} />
          {request.body !== null && `\n${shortened(request.body, LONGEST_BODY)}`}
        </Scrollable>
      </section>
      <section>
        <h4>
          Response <small>after {milliseconds(durationMs)}</small>
        </h4>
        <Scrollable label={`Response of ${finding.requirement}`}>
          {response === null ? (
            <mark>{shortened(failure ?? 'nothing came', LONGEST_BODY)}</mark>
          ) : (
            <>
              <b>
                {String(response.status) === finding.actual ? (
                  <mark>{response.status}</mark>
                ) : (
                  response.status
                )}
              </b>
              {'\n'}
              <Headers headers={response.headers} />
              {'\n'}
              <Body text={response.body} pointer={finding.pointer ?? null} />
            </>
          )}
        </Scrollable>
      </section>
    </div>
  );
}

function Headers({ headers }: { readonly headers: readonly Header[] }) {
  return (
    <>
      {headers.slice(0, MOST_HEADERS).map(([name, value]) => (
        <>
          <span class="name">{shortened(name, LONGEST_HEADER)}</span>
          {`: ${shortened(value, LONGEST_HEADER)}\n`}
        </>
      ))}
      {headers.length > MOST_HEADERS && `… (${headers.length - MOST_HEADERS} headers more)\n`}
    </>
  );
}

/** JSON by lines, what the pointer names and all that is in it marked; anything else as it came. */
function Body({ text, pointer }: { readonly text: string; readonly pointer: string | null }) {
  const lines = jsonLines(text);
  if (text === '') return <i>no body</i>;
  if (lines === null || text.length > LONGEST_BODY) return <>{shortened(text, LONGEST_BODY)}</>;
  const isMarked = (own: string) =>
    pointer !== null && pointer !== '' && (own === pointer || own.startsWith(`${pointer}/`));
  return (
    <>
      {lines.map((line) => {
        const shown = shortened(line.text, LONGEST_BODY);
        return isMarked(line.pointer) ? <mark>{`${shown}\n`}</mark> : `${shown}\n`;
      })}
    </>
  );
}
