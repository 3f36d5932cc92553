// The links that people get by mail: single-use, short-lived, kept as hashes.
import type { SignInLinkPurpose } from '#generated/prisma/enums.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { policyRefused, type Refused } from '#values/refusals.ts';
import { serverNow } from './session-life.ts';
import { insertLink } from './store.ts';
import { hashToken, makeLinkToken } from './tokens.ts';

const HOUR_MS = 3_600_000;
/** An invitation waits for people on holiday; a reset was asked for a moment ago. */
export const LINK_HOURS: Record<SignInLinkPurpose, number> = {
  INVITATION: 7 * 24,
  PASSWORD_RESET: 1,
};
/** Where each leads: the pages of http/people-pages.ts. */
const PATHS: Record<SignInLinkPurpose, string> = {
  INVITATION: '/invitation',
  PASSWORD_RESET: '/reset',
};

/**
 * Makes a link's token and keeps its hash. Links that the person has already go on working until one is used: a mail
 * that was sent twice is good twice.
 */
export async function makeLinkIn(
  tx: Tx,
  clock: Clock,
  link: { purpose: SignInLinkPurpose; userId: string; accountId: string | null },
): Promise<string> {
  const token = makeLinkToken();
  const createdAt = serverNow(clock);
  const expiresAt = new Date(createdAt.getTime() + LINK_HOURS[link.purpose] * HOUR_MS);
  await insertLink(tx, { ...link, hash: hashToken(token), createdAt, expiresAt });
  return token;
}

/** The address that a mail names. The token is in the query, which no log of ours tells. */
export function linkAddress(root: string, purpose: SignInLinkPurpose, token: string): string {
  return `${root}${PATHS[purpose]}?token=${token}`;
}

/** A link that cannot be used; which of the reasons it is would tell a stranger something. */
export function linkInvalid(): Refused {
  const message =
    'This link is not good any more: it was used, it is too old, or it was copied in part. Ask for a new one.';
  return policyRefused('LINK_INVALID', message, { field: 'token' });
}
