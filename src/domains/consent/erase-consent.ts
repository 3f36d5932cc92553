// What an erasure of a person reaches here: the consent of every number that they are known by, with its proof.
import type { Tx } from '#platform/db/index.ts';
import { consentSubject } from './locks.ts';
import { eraseConsent, findConsent } from './store.ts';

/** What to lock, with the lead's own locks held, before a lead's consent is erased. */
export async function consentLocksOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<string[]> {
  const numbers = await numbersOf(tx, accountId, leadId);
  return numbers.map(({ companyId, value }) => consentSubject(companyId, value));
}

/** The subjects under which the consent of a lead's numbers was told of. */
export async function consentSubjectsOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<string[]> {
  const subjects: string[] = [];
  for (const { companyId, value } of await numbersOf(tx, accountId, leadId)) {
    const consent = await findConsent(tx, accountId, companyId, value);
    if (consent) subjects.push(`consent:${consent.id}`);
  }
  return subjects;
}

/**
 * Erases the consent of a lead's numbers. What is left is that nothing was said, so nothing may be sent to them: an
 * opt-out needs no trace to go on standing.
 * @returns how many entries went
 */
export async function eraseConsentOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<number> {
  let erased = 0;
  for (const { companyId, value } of await numbersOf(tx, accountId, leadId)) {
    erased += await eraseConsent(tx, accountId, companyId, [value]);
  }
  return erased;
}

function numbersOf(tx: Tx, accountId: string, leadId: string) {
  return tx.leadIdentity.findMany({
    where: { accountId, leadId, kind: 'PHONE' },
    select: { companyId: true, value: true },
  });
}
