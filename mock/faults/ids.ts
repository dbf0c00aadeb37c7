/** Faults in reading the session's id: too loosely, too strictly, or with a crash. */

import { percentDecoded } from '../../spec/percent-decoded.js';
import { empty, html, json } from '../answers.js';
import { type Call, type Change, type Condition, type Reply, when } from '../behaviour.js';
import {
  always,
  asksFor,
  both,
  cameOut,
  not,
  withBody,
  withClientId,
  withIdLike,
  withoutLength,
  withUpperCaseId,
  withValidToken,
} from '../conditions.js';
import type { Session } from '../sessions.js';
import { aside, crashes, fault, inCancel, instantly, status } from './define.js';

const loose = ['id.malformed', 'id.no-effect'];
const looseOdd = ['id.odd', 'id.no-effect'];
const unknown = 'id.unknown';

const wellFormed = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const digits = (id: string): string => id.replace(/[^0-9a-f]/gi, '').toLowerCase();

/** The first session whose id the test likes. */
const sessionLike = (call: Call, test: (id: string) => boolean): Session | undefined =>
  call.world.sessions.all().find((session) => test(session.sessionId));

/** Where the segment is no UUID, this reading may make one of it. */
const alsoReads = (
  reading: (segment: string, call: Call) => string | undefined,
  condition: Condition = always,
): Change =>
  inCancel(
    'readId',
    when(condition, async (call, segment, ordinary) => {
      const read = (await ordinary()) ?? reading(percentDecoded(segment), call);
      return read !== undefined && wellFormed.test(read) ? read : undefined;
    }),
  );

/** An id of 32 digits, with its dashes where they belong. */
const dashed = (text: string): string => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Well-formed ids are told apart by a part of them only. */
const compares = (seen: (id: string) => string): Change =>
  inCancel(
    'find',
    async (call, id, ordinary) =>
      (await ordinary()) ?? sessionLike(call, (one) => seen(one) === seen(id.toLowerCase())),
  );

/** Finds the session that the malformed id was made of: the same first or last 12 digits. */
function near(call: Call): Session | undefined {
  const given = digits(percentDecoded(call.rawId));
  if (given.length < 12) return undefined;
  return sessionLike(
    call,
    (id) => given.includes(digits(id).slice(0, 12)) || given.includes(digits(id).slice(-12)),
  );
}

const cancelNear = (call: Call): void => {
  const session = near(call);
  if (session) call.world.sessions.cancel(session);
};

const malformed: Condition = cameOut('malformed');
const unknownId: Condition = cameOut('unknown');
const isNil = withIdLike(/^[0-]{36}$/);
const isMalformed = not(withIdLike(wellFormed));
/** Such ids reach the operation everywhere. */
const isPlain = withIdLike(/^[\w~-]{1,200}$/);

const breaks = (pattern: RegExp, code = 500): Change =>
  crashes(both(withValidToken, withIdLike(pattern)), code);

export const idFaults = [
  fault(
    'id.no-dashes-accepted',
    loose,
    'An id without dashes is accepted.',
    alsoReads((text) => (/^[0-9a-f]{32}$/i.test(text) ? dashed(text) : undefined)),
  ),
  fault(
    'id.some-dashes-accepted',
    loose,
    'Dashes may stand anywhere in an id, or not at all.',
    alsoReads((text) => dashed(text.replaceAll('-', ''))),
  ),
  fault(
    'id.underscores-accepted',
    loose,
    'Underscores are accepted for dashes.',
    alsoReads((text) => text.replaceAll('_', '-')),
  ),
  fault(
    'id.tildes-ignored',
    loose,
    'Tildes in an id are ignored.',
    alsoReads((text) => text.replaceAll('~', '')),
  ),
  fault(
    'id.reference-accepted',
    'id.no-effect',
    'A session is also found by its referenceId.',
    alsoReads(
      (text, { world }) => world.sessions.all().find(({ referenceId }) => referenceId === text)?.sessionId,
    ),
  ),
  fault(
    'id.last-group-accepted',
    loose,
    'The last group of an id is accepted.',
    alsoReads((text, call) =>
      /^[0-9a-f]{12}$/.test(text) ? sessionLike(call, (id) => id.endsWith(text))?.sessionId : undefined,
    ),
  ),
  fault(
    'id.prefix-of-its-kind-accepted',
    loose,
    'An id behind sess_ is accepted.',
    alsoReads((text) => /^sess_(.*)$/.exec(text)?.[1]),
  ),
  fault(
    'id.tildes-for-dashes-accepted',
    loose,
    'Tildes are accepted for dashes.',
    alsoReads((text) => text.replaceAll('~', '-')),
  ),
  fault(
    'id.dots-for-dashes-accepted',
    looseOdd,
    'Dots are accepted for dashes.',
    alsoReads((text) => text.replaceAll('.', '-')),
  ),
  fault(
    'id.en-dashes-accepted',
    looseOdd,
    'En dashes are accepted for dashes.',
    alsoReads((text) => text.replaceAll('\u2013', '-')),
  ),
  fault(
    'id.over-63-500',
    ['id.malformed', 'answer.status'],
    'A malformed id of 64 to 69 characters is answered 500, as by a column of 64.',
    breaks(/^[\w~-]{64,69}$/),
  ),
  fault(
    'id.braces-accepted',
    looseOdd,
    'An id in braces is accepted.',
    alsoReads((text) => /^\{(.*)\}$/.exec(text)?.[1]),
  ),
  fault(
    'id.parentheses-accepted',
    looseOdd,
    'An id in parentheses is accepted.',
    alsoReads((text) => /^\((.*)\)$/.exec(text)?.[1]),
  ),
  fault(
    'id.quotes-accepted',
    looseOdd,
    'An id in quotation marks is accepted.',
    alsoReads((text) => /^(["'])(.*)\1$/.exec(text)?.[2]),
  ),
  fault(
    'id.urn-accepted',
    looseOdd,
    'An id behind urn:uuid: is accepted.',
    alsoReads((text) => /^urn:uuid:(.*)$/i.exec(text)?.[1]),
  ),
  fault(
    'id.upper-case-urn-accepted',
    looseOdd,
    'An id behind URN:UUID: is accepted.',
    alsoReads((text) => /^URN:UUID:(.*)$/.exec(text)?.[1]),
  ),
  fault(
    'id.letters-for-digits-accepted',
    loose,
    'The letters O and l in an id stand for the digits 0 and 1.',
    alsoReads((text) => text.replaceAll('O', '0').replaceAll('l', '1')),
  ),
  fault(
    'id.short-groups-accepted',
    loose,
    'Leading zeros of the groups of an id may be left out.',
    alsoReads((text) => {
      const groups = text.split('-');
      return groups.length === 5
        ? groups.map((group, i) => group.padStart([8, 4, 4, 4, 12][i] ?? 0, '0')).join('-')
        : undefined;
    }),
  ),
  fault(
    'id.decoded-twice',
    looseOdd,
    'An id is percent-decoded twice.',
    alsoReads((text) => percentDecoded(text)),
  ),
  fault(
    'id.unknown-404-of-version-7',
    [unknown, 'answer.status'],
    'A UUID of version 7 that is that of no session is answered 404.',
    status(404, both(unknownId, withIdLike(/^.{14}7/))),
  ),
  fault(
    'id.unknown-500-in-upper-case',
    [unknown, 'answer.status'],
    'An id of no session in upper case is answered 500.',
    status(500, both(unknownId, withUpperCaseId)),
  ),
  fault(
    'id.white-space-accepted',
    looseOdd,
    'White space around an id is accepted.',
    alsoReads((text) => text.trim()),
  ),
  fault(
    'id.space-behind-accepted',
    looseOdd,
    'A space behind an id is accepted.',
    alsoReads((text) => text.replace(/ $/, '')),
  ),
  fault(
    'id.line-end-accepted',
    looseOdd,
    'A line end behind an id is accepted, as by a pattern whose $ stands before it.',
    alsoReads((text) => text.replace(/\n$/, '')),
  ),
  fault(
    'id.nul-ends',
    looseOdd,
    'An id ends at a NUL.',
    alsoReads((text) => text.split('\0')[0]),
  ),
  fault(
    'id.semicolon-ends',
    looseOdd,
    'An id ends at a semicolon, as before matrix parameters.',
    alsoReads((text) => text.split(';')[0]),
  ),
  fault(
    'id.slash-ends',
    looseOdd,
    'An id ends at an encoded slash.',
    alsoReads((text) => text.split('/')[0]),
  ),
  fault(
    'id.suffix-after-sign-ignored',
    [...looseOdd, 'id.malformed'],
    'Of an id all from the first sign on is ignored.',
    alsoReads((text) => text.split(/[^\w-]/)[0]),
  ),
  fault(
    'id.suffix-ignored',
    loose,
    'What stands behind an id is ignored.',
    alsoReads((text) => text.slice(0, 36)),
  ),
  fault(
    'id.prefix-ignored',
    loose,
    'What stands before an id is ignored.',
    alsoReads((text) => text.slice(-36)),
  ),
  fault(
    'id.contained-accepted',
    loose,
    'An id may stand anywhere in the segment.',
    alsoReads((text) => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0]),
  ),
  fault(
    'id.long-suffix-ignored',
    loose,
    'What stands behind an id is ignored where it is over 50 characters.',
    alsoReads((text) => (text.length > 86 ? text.slice(0, 36) : undefined)),
  ),
  fault(
    'id.cut-accepted',
    loose,
    'The beginning of an id, from 8 characters on, is accepted.',
    alsoReads((text, call) =>
      text.length >= 8 ? sessionLike(call, (id) => id.startsWith(text.toLowerCase()))?.sessionId : undefined,
    ),
  ),
  fault(
    'id.last-character-optional',
    loose,
    'An id without its last character is accepted.',
    alsoReads((text, call) =>
      text.length === 35
        ? sessionLike(call, (id) => id.startsWith(text.toLowerCase()))?.sessionId
        : undefined,
    ),
  ),
  fault(
    'id.first-character-optional',
    loose,
    'An id without its first character is accepted.',
    alsoReads((text, call) =>
      text.length === 35 ? sessionLike(call, (id) => id.endsWith(text.toLowerCase()))?.sessionId : undefined,
    ),
  ),
  fault(
    'id.not-hexadecimal-ignored',
    loose,
    'Characters of an id that are no hexadecimal digits stand for any.',
    alsoReads((text, call) =>
      text.length === 36
        ? sessionLike(call, (id) =>
            [...text.toLowerCase()].every((one, at) => !/[0-9a-f-]/.test(one) || one === id[at]),
          )?.sessionId
        : undefined,
    ),
  ),
  fault(
    'id.malformed-accepted-as-text-plain',
    loose,
    'Under text/plain what stands behind an id is ignored.',
    alsoReads((text) => text.slice(0, 36), asksFor('text/plain')),
  ),
  fault(
    'id.no-dashes-accepted-as-text-json',
    loose,
    'Under text/json an id without dashes is accepted.',
    alsoReads((text) => dashed(text), asksFor('text/json')),
  ),
  fault(
    'id.no-dashes-accepted-with-body',
    loose,
    'With a body an id without dashes is accepted.',
    alsoReads((text) => dashed(text), withBody),
  ),
  fault(
    'id.no-dashes-accepted-without-length',
    loose,
    'Without a Content-Length an id without dashes is accepted.',
    alsoReads((text) => dashed(text), withoutLength),
  ),
  fault(
    'id.braces-accepted-as-text-json',
    looseOdd,
    'Under text/json an id in braces is accepted.',
    alsoReads((text) => /^\{(.*)\}$/.exec(text)?.[1], asksFor('text/json')),
  ),
  fault(
    'id.full-width-digits-accepted',
    looseOdd,
    'Full-width digits in an id are digits.',
    alsoReads((text) => text.normalize('NFKC')),
  ),
  fault(
    'id.first-35-compared',
    [unknown, 'id.no-effect'],
    'Of an id the last digit is not compared.',
    compares((id) => id.slice(0, 35)),
  ),
  fault(
    'id.last-35-compared',
    [unknown, 'id.no-effect'],
    'Of an id the first digit is not compared.',
    compares((id) => id.slice(1)),
  ),
  fault(
    'id.first-8-compared',
    [unknown, 'id.no-effect'],
    'Of an id the first group is compared.',
    compares((id) => id.slice(0, 8)),
  ),
  fault(
    'id.last-12-compared',
    [unknown, 'id.no-effect'],
    'Of an id the last group is compared.',
    compares((id) => id.slice(-12)),
  ),
  fault(
    'id.refused-and-cancelled',
    'id.no-effect',
    'A malformed id is refused with 400, and the session nearest to it cancelled all the same.',
    aside(malformed, cancelNear),
  ),
  fault(
    'id.refused-and-cancelled-as-text-plain',
    'id.no-effect',
    'A malformed id is refused under text/plain, and the session nearest to it cancelled all the same.',
    aside(both(malformed, asksFor('text/plain')), cancelNear),
  ),
  fault(
    'id.long-refused-and-cancelled',
    'id.no-effect',
    'An id with more behind it is refused with 400, and the session cancelled all the same.',
    aside(both(malformed, withIdLike(/^.{37,}$/s)), cancelNear),
  ),
  fault(
    'id.malformed-404',
    ['id.malformed', 'answer.status'],
    'A malformed id is answered 404.',
    status(404, both(malformed, isPlain)),
  ),
  fault(
    'id.malformed-422',
    ['id.malformed', 'answer.status'],
    'A malformed id is answered 422.',
    status(422, both(malformed, isPlain)),
  ),
  fault(
    'id.malformed-500',
    ['id.malformed', 'id.odd', 'answer.status'],
    'A malformed id is answered 500.',
    status(500, malformed),
  ),
  fault(
    'id.malformed-401',
    'id.malformed',
    'With a valid token a malformed id is answered 401.',
    status(401, both(malformed, isPlain)),
  ),
  fault(
    'id.malformed-403',
    ['id.malformed', 'answer.status'],
    'A malformed id is answered 403.',
    status(403, both(malformed, isPlain)),
  ),
  fault(
    'id.malformed-200',
    ['id.malformed', 'id.odd'],
    'A malformed id is answered 200, and nothing is cancelled.',
    instantly(both(withValidToken, isMalformed), ({ rawId }) => ({
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: Buffer.from(
        JSON.stringify({ sessionId: percentDecoded(rawId), referenceId: null, status: 'Cancelled' }),
      ),
    })),
  ),
  fault(
    'id.malformed-404-page',
    ['id.malformed', 'answer.status', 'answer.media-type'],
    'A malformed id does not match the route, and is answered 404 with a page of HTML.',
    instantly(both(isMalformed, isPlain), () => html(404, 'Not found')),
  ),
  fault(
    'id.malformed-404-empty',
    ['id.malformed', 'answer.status', 'answer.media-type'],
    'A malformed id does not match the route, and is answered 404 with no body.',
    instantly(both(isMalformed, isPlain), () => empty(404)),
  ),
  fault(
    'id.malformed-404-as-text-plain',
    ['id.malformed', 'answer.status'],
    'Under text/plain a malformed id is answered 404.',
    status(404, both(malformed, isPlain, asksFor('text/plain'))),
  ),
  fault(
    'id.no-dashes-404',
    ['id.malformed', 'answer.status'],
    'An id without dashes is answered 404.',
    status(404, both(malformed, withIdLike(/^[0-9a-f]{32}$/i))),
  ),
  fault(
    'id.letters-500',
    ['id.malformed', 'answer.status'],
    'An id of letters that are no hexadecimal digits is answered 500.',
    breaks(/^[g-z]+$/i),
  ),
  fault(
    'id.number-500',
    ['id.malformed', 'answer.status'],
    'An id of digits alone is answered 500.',
    breaks(/^\d+$/),
  ),
  fault(
    'id.over-36-500',
    ['id.malformed', 'answer.status'],
    'An id over 36 characters is answered 500.',
    breaks(/^[\w~-]{37,}$/),
  ),
  fault(
    'id.over-100-500',
    ['id.malformed', 'answer.status'],
    'An id over 100 characters is answered 500.',
    breaks(/^[\w~-]{101,}$/),
  ),
  fault(
    'id.over-100-404',
    ['id.malformed', 'answer.status'],
    'An id over 100 characters is no parameter of the router, and answered 404.',
    instantly(withIdLike(/^[\w~-]{101,}$/), () => json(404, { message: 'Not Found', statusCode: 404 })),
  ),
  fault(
    'id.over-200-500',
    ['id.odd', 'answer.status'],
    'An id over 200 characters is answered 500.',
    breaks(/^.{201,}$/s),
  ),
  fault(
    'id.short-500',
    ['id.malformed', 'answer.status'],
    'An id of one or two characters is answered 500.',
    breaks(/^[\w~-]{1,2}$/),
  ),
  fault('id.nul-500', ['id.odd', 'answer.status'], 'An id with a NUL is answered 500.', breaks(/\0/)),
  fault(
    'id.control-500',
    ['id.odd', 'answer.status'],
    'An id with a control character is answered 500.',
    breaks(/\p{Cc}/u),
  ),
  fault(
    'id.not-ascii-500',
    ['id.odd', 'answer.status'],
    'An id with a character outside of ASCII is answered 500.',
    breaks(/[^\0-\x7f]/),
  ),
  fault(
    'id.not-utf-8-500',
    ['id.odd', 'answer.status'],
    'An id whose percent-encoding cannot be decoded is answered 500.',
    breaks(/%/),
  ),
  fault(
    'id.quote-500',
    ['id.odd', 'answer.status'],
    'An id with an apostrophe is answered 500, as where SQL is put together.',
    breaks(/'/),
  ),
  fault('id.brace-500', ['id.odd', 'answer.status'], 'An id with a brace is answered 500.', breaks(/[{}]/)),
  fault(
    'id.backslash-500',
    ['id.odd', 'answer.status'],
    'An id with a backslash is answered 500.',
    breaks(/\\/),
  ),
  fault(
    'id.slash-500',
    ['id.odd', 'answer.status'],
    'An id with an encoded slash is answered 500.',
    breaks(/\//),
  ),
  fault('id.space-500', ['id.odd', 'answer.status'], 'An id with a space is answered 500.', breaks(/ /)),
  fault(
    'id.semicolon-500',
    ['id.odd', 'answer.status'],
    'An id with a semicolon is answered 500.',
    breaks(/;/),
  ),
  fault('id.colon-500', ['id.odd', 'answer.status'], 'An id with a colon is answered 500.', breaks(/:/)),
  fault('id.dots-500', ['id.odd', 'answer.status'], 'An id of dots is answered 500.', breaks(/^\.+$/)),
  fault('id.empty-500', ['id.odd', 'answer.status'], 'An empty id is answered 500.', breaks(/^$/)),
  fault(
    'id.quote-503',
    ['id.odd', 'answer.status'],
    'An id with a quotation mark is answered 503.',
    breaks(/"/, 503),
  ),
  fault(
    'id.odd-500-without-token',
    ['id.odd', 'answer.status'],
    'Without a token an id with a NUL, an apostrophe or a brace is answered 500.',
    crashes(both(not(withValidToken), withIdLike(/[\0'{}]/))),
  ),
  fault(
    'id.nul-unanswered',
    ['id.odd', 'answer.received'],
    'An id with a NUL is never answered.',
    inCancel(
      'send',
      when(withIdLike(/\0/), () => undefined),
    ),
  ),
  fault(
    'id.not-ascii-reset',
    ['id.odd', 'answer.received'],
    'At an id with a character outside of ASCII the connection is reset.',
    inCancel(
      'send',
      when(withIdLike(/[^\0-\x7f]/), ({ response }) => void response.socket?.resetAndDestroy()),
    ),
  ),
  fault(
    'id.long-unanswered',
    ['id.malformed', 'answer.received'],
    'An id over 150 characters is never answered.',
    inCancel(
      'send',
      when(withIdLike(/^.{151,}$/s), () => undefined),
    ),
  ),
  fault(
    'id.empty-cancels-newest',
    looseOdd,
    "An empty id cancels the client's newest session.",
    alsoReads((text, call) =>
      text === ''
        ? call.world.sessions.all().findLast((one) => one.account === call.token?.account)?.sessionId
        : undefined,
    ),
  ),
  fault(
    'id.odd-200',
    'id.odd',
    'An id with a space, a brace or a semicolon is answered 200, and nothing is cancelled.',
    instantly(both(withValidToken, withIdLike(/[ {};]/)), () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: Buffer.from('{}'),
    })),
  ),
  fault(
    'id.unknown-404',
    [unknown, 'answer.status'],
    'A well-formed id of no session is answered 404.',
    status(404, unknownId),
  ),
  fault(
    'id.unknown-403',
    [unknown, 'answer.status'],
    'A well-formed id of no session is answered 403.',
    status(403, unknownId),
  ),
  fault(
    'id.unknown-401',
    unknown,
    'With a valid token a well-formed id of no session is answered 401.',
    status(401, unknownId),
  ),
  fault(
    'id.unknown-500',
    [unknown, 'answer.status'],
    'A well-formed id of no session is answered 500.',
    status(500, unknownId),
  ),
  fault(
    'id.unknown-410',
    [unknown, 'answer.status'],
    'A well-formed id of no session is answered 410.',
    status(410, unknownId),
  ),
  fault(
    'id.unknown-204',
    [unknown, 'answer.status'],
    'A well-formed id of no session is answered 204.',
    status(204, unknownId),
  ),
  fault(
    'id.unknown-200',
    unknown,
    'A well-formed id of no session is answered 200.',
    inCancel(
      'reply',
      when(
        unknownId,
        (call): Reply => ({
          status: 200,
          headers: {},
          value: { sessionId: call.rawId, referenceId: null, status: 'Cancelled' },
        }),
      ),
    ),
  ),
  fault(
    'id.nil-404',
    [unknown, 'answer.status'],
    'The nil id is answered 404.',
    status(404, both(unknownId, isNil)),
  ),
  fault(
    'id.nil-500',
    [unknown, 'answer.status'],
    'The nil id is answered 500.',
    status(500, both(unknownId, isNil)),
  ),
  fault(
    'id.nil-cancels-newest',
    [unknown, 'cancel.only-that-session'],
    "The nil id cancels the client's newest session.",
    inCancel('find', async (call, id, ordinary) =>
      /^[0-]+$/.test(id)
        ? call.world.sessions.all().findLast((one) => one.account === call.token?.account)
        : ordinary(),
    ),
  ),
  fault(
    'id.unknown-404-as-text-plain',
    [unknown, 'answer.status'],
    'Under text/plain a well-formed id of no session is answered 404.',
    status(404, both(unknownId, asksFor('text/plain'))),
  ),
  fault(
    'id.unknown-refused-and-cancelled',
    [unknown, 'cancel.only-that-session'],
    "A well-formed id of no session is refused, and the client's newest active session cancelled.",
    aside(unknownId, (call) => {
      const mine = call.world.sessions.all().filter((one) => one.account === call.token?.account);
      const newest = mine.findLast((one) => one.status === 'Initiated');
      if (newest) call.world.sessions.cancel(newest);
    }),
  ),
  fault(
    'id.upper-case-refused',
    'id.upper-case',
    'An id in upper case is refused as malformed.',
    inCancel('readId', (_call, segment, ordinary) => (/[A-F]/.test(segment) ? undefined : ordinary())),
  ),
  fault(
    'id.upper-case-unknown',
    'id.upper-case',
    'An id in upper case is another id, which is unknown.',
    inCancel('find', (_call, id, ordinary) => (/[A-F]/.test(id) ? undefined : ordinary())),
  ),
  fault(
    'id.upper-case-404',
    ['answer.status', 'id.upper-case'],
    'An id in upper case is answered 404.',
    status(404, both(withUpperCaseId, withIdLike(wellFormed))),
  ),
  fault(
    'id.upper-case-500',
    ['answer.status', 'id.upper-case'],
    'An id in upper case is answered 500.',
    status(500, both(withUpperCaseId, withIdLike(wellFormed))),
  ),
  fault(
    'id.separators-trimmed',
    looseOdd,
    'Control characters that separate (U+001C to U+001F) around an id are left out.',
    alsoReads(
      (text) => text.replace(/^\p{Cc}+|\p{Cc}+$/gu, ''),
      ({ rawId }) => /%1[c-f]/i.test(rawId),
    ),
  ),
  fault(
    'id.spaces-beyond-ascii-trimmed',
    looseOdd,
    'No-break and ideographic spaces before an id are left out.',
    alsoReads((text) => text.replace(/^[\u00a0\u3000]+/, '')),
  ),
  fault(
    'id.bytes-accepted',
    looseOdd,
    'The sixteen bytes of an id are accepted.',
    inCancel('readId', async (_call, segment, ordinary) => {
      const bytes = /^(%[0-9a-f]{2}){16}$/i.test(segment);
      return (await ordinary()) ?? (bytes ? dashed(digits(segment)) : undefined);
    }),
  ),
  fault(
    'id.unknown-404-with-client-id',
    [unknown, 'answer.status'],
    'With an x-client-id an unknown id is answered 404.',
    status(404, both(unknownId, withClientId)),
  ),
  fault(
    'id.prototype-500',
    ['id.malformed', 'answer.status'],
    'An id that every object of JavaScript has as a member is answered 500.',
    breaks(/^(__proto__|constructor)$/),
  ),
  ...(
    [
      ['minus-signs', 'Minus signs in an id are dashes.', /[\u2010\u2011\u2212]/g],
      ['mathematical-digits', 'Mathematical digits in an id are digits.', /[\u{1d7ce}-\u{1d7ff}]/gu],
    ] as const
  ).map(([id, words, pattern]) =>
    fault(
      `id.${id}-accepted`,
      looseOdd,
      words,
      alsoReads((text) =>
        text.replace(pattern, (sign) => (/\p{Nd}/u.test(sign) ? sign.normalize('NFKC') : '-')),
      ),
    ),
  ),
  fault(
    'id.cut-at-question-mark',
    looseOdd,
    'What stands behind an encoded question mark or hash in an id is left out.',
    alsoReads((text) => text.split(/[?#]/, 1)[0]),
  ),
  fault(
    'id.reference-that-is-a-uuid',
    [unknown, 'id.no-effect'],
    'An id of no session that is the referenceId of one finds that.',
    inCancel('find', async ({ world }, id, ordinary) => {
      const named = world.sessions.all().find(({ referenceId }) => referenceId === id);
      return (await ordinary()) ?? named;
    }),
  ),
  fault(
    'id.beginning-of-unknown-kept',
    'cancel.success',
    'Once an id was not found, no id that begins like it is found for a second.',
    (steps) => {
      const missed = new Map<string, number>();
      const kept = inCancel('find', async (_call, id, ordinary) => {
        const beginning = id.slice(0, 18).toLowerCase();
        if (performance.now() - (missed.get(beginning) ?? Number.NEGATIVE_INFINITY) < 1000) return undefined;
        const session = await ordinary();
        if (session === undefined) missed.set(beginning, performance.now());
        return session;
      });
      return kept(steps);
    },
  ),
  fault(
    'id.unknown-404-for-the-other',
    [unknown, 'answer.status'],
    'For the second client an unknown id is answered 404.',
    status(
      404,
      both(unknownId, ({ token }) => token?.account === 'other'),
    ),
  ),
];
