// The rule that somebody can always administer an account that people use.
import type { Tx } from '#platform/db/index.ts';
import { policyRefused } from '#values/refusals.ts';
import { countAdmins, type Member } from './store.ts';

/**
 * Refuses to take the last ADMIN away. Hold the account's settings lock.
 * @param member who is about to lose the role or the membership
 * @throws Refused LAST_ADMIN
 */
export async function keepOneAdmin(tx: Tx, member: Member): Promise<void> {
  if (member.role !== 'ADMIN' || (await countAdmins(tx, member.accountId)) > 1) return;
  throw policyRefused(
    'LAST_ADMIN',
    'This is the last ADMIN of the account. Make another user ADMIN first.',
    { field: 'userId', figures: { limit: 1, current: 1 } },
  );
}
