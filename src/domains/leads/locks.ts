// What is locked before a lead changes, or is looked for.
import type { Tx } from '#platform/db/index.ts';
import { type Identity, readIdentities, readLeadIdentities } from './store.ts';

/**
 * The subject to give to `EventLog.lock` before the transaction's first write, so that two calls from one new number
 * make one lead.
 * @param value E.164, or an e-mail address in small letters
 */
export function leadLock(companyId: string, value: string): string {
  return `lead-identity:${companyId}:${value}`;
}

/**
 * The locks for `findOrMakeLead` where it may change the lead that it finds: each identity's, and the subjects of the
 * leads that are known by them now.
 */
export async function locksOfPerson(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  knownBy: readonly Identity[],
): Promise<string[]> {
  const known = await readIdentities(tx, accountId, companyId, knownBy);
  return [
    ...knownBy.map(({ value }) => leadLock(companyId, value)),
    ...known.map(({ leadId }) => leadSubject(leadId)),
  ];
}

/**
 * The locks under which nothing can change a lead and no interaction of it can arrive: its subject, and the
 * `leadLock` of all that it is known by.
 */
export async function leadLocks(tx: Tx, accountId: string, leadId: string): Promise<string[]> {
  const identities = await readLeadIdentities(tx, accountId, leadId);
  return [
    leadSubject(leadId),
    ...identities.map(({ companyId, value }) => leadLock(companyId, value)),
  ];
}

/** The subject of a lead's events, and the lock to take before changing it. */
export function leadSubject(leadId: string): string {
  return `lead:${leadId}`;
}
