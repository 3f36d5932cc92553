// How a key is written: sb_test_ + 30 random base62 characters + 6 characters of checksum, so that a mistyped key is
// refused without a query and a leaked one can be recognised by scanners (after GitHub's token format). The publishable
// key of a website, sb_site_…, is written in the same way and is no secret.
import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^(sb_(?:live|test)_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
const SITE_SHAPE = /^(sb_site_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;
/** how much of a key may be shown later: sb_test_AbC1 */
const SHOWN_LENGTH = 12;

/** A new key in plain text, with 178 random bits. Show it once and keep only its hash. */
export function makeKey(mode: 'LIVE' | 'TEST'): string {
  return withChecksum(`sb_${mode.toLowerCase()}_${randomPart()}`);
}

/** A new publishable key of a website. */
export function makeSiteKey(): string {
  return withChecksum(`sb_site_${randomPart()}`);
}

/** True when a text is written like a publishable key of ours and its checksum is right. */
export function isSiteKey(text: string): boolean {
  const [, body, sum] = SITE_SHAPE.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum;
}

/** True when a text is written like a key of ours and its checksum is right. */
export function isWellFormedKey(text: string): boolean {
  const [, body, sum] = SHAPE.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum;
}

/** What the database keeps: SHA-256. A key is random enough to need no salt and no slow hash. */
export function hashKey(key: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(key).digest());
}

/** The first characters, by which people recognise a key. */
export function shownPart(key: string): string {
  return key.slice(0, SHOWN_LENGTH);
}

function randomPart(): string {
  return Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(62)]).join('');
}

function withChecksum(body: string): string {
  return body + checksum(body);
}

/** CRC32 in base62, padded to six characters (62⁶ > 2³²). */
function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = ALPHABET[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
