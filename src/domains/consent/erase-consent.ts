// What an erasure reaches here: the consent of the numbers that somebody is known by, with its proof.
import type { Tx } from '#platform/db/index.ts';
import { consentSubject } from './locks.ts';
import { eraseConsent, findConsent } from './store.ts';

/** A number with a company. */
export interface NumberOf {
  companyId: string;
  /** E.164, or a short code */
  number: string;
}

/** The numbers that a lead is known by. */
export async function numbersOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<NumberOf[]> {
  const rows = await tx.leadIdentity.findMany({
    where: { accountId, leadId, kind: 'PHONE' },
    select: { companyId: true, value: true },
  });
  return rows.map(({ companyId, value }) => ({ companyId, number: value }));
}

/** What to lock before the consent of numbers is erased. */
export function consentLocks(numbers: readonly NumberOf[]): string[] {
  return numbers.map(({ companyId, number }) => consentSubject(companyId, number));
}

/** The subjects under which the consent of numbers was told of. */
export async function consentSubjectsOf(
  tx: Tx,
  accountId: string,
  numbers: readonly NumberOf[],
): Promise<string[]> {
  const subjects: string[] = [];
  for (const { companyId, number } of numbers) {
    const consent = await findConsent(tx, accountId, companyId, number);
    if (consent) subjects.push(`consent:${consent.id}`);
  }
  return subjects;
}

/**
 * Erases the consent of numbers. What is left is that nothing was said, so nothing may be sent to them: an opt-out needs no
 * trace to go on standing. The caller holds their `consentLocks`.
 * @returns how many entries went
 */
export async function eraseConsentOf(
  tx: Tx,
  accountId: string,
  numbers: readonly NumberOf[],
): Promise<number> {
  let erased = 0;
  for (const { companyId, number } of numbers) {
    erased += await eraseConsent(tx, accountId, companyId, [number]);
  }
  return erased;
}
