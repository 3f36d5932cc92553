// Tokens of cookies and links: random enough to need no salt and no slow hash; only their SHA-256 is kept.
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits for a session, which lives long. */
const SESSION_BYTES = 32;
/** 192 bits for a link, which then fits on a line of a mail. */
const LINK_BYTES = 24;

/** A token for a session cookie. */
export function makeSessionToken(): string {
  return randomBytes(SESSION_BYTES).toString('base64url');
}

/** A token for a link in a mail. */
export function makeLinkToken(): string {
  return randomBytes(LINK_BYTES).toString('base64url');
}

/** What the database keeps of either. */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest());
}
