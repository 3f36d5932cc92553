// What concerns a person, and so every account that they are in, is told in each account's audit log.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from '../audit.ts';
import { memberViewer, systemViewer } from '../viewers.ts';
import { readMemberships } from './store.ts';

/**
 * Writes one entry into each account where the person can sign in.
 * @param by 'person' when it was the person; 'sign-in' when all that is known is that somebody gave their address
 * @returns in how many accounts
 */
export async function auditPerson(
  tx: Tx,
  clock: Clock,
  userId: string,
  action: string,
  by: 'person' | 'sign-in',
): Promise<number> {
  const memberships = await readMemberships(tx, userId);
  for (const membership of memberships) {
    const { accountId, account } = membership;
    const viewer: Viewer =
      by === 'person' ? memberViewer(membership) : systemViewer(accountId, account.mode, by);
    await audit(tx, viewer, clock, { action, subject: `user:${userId}` });
  }
  return memberships.length;
}
