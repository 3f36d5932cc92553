// What an erasure reaches here: the consent of the numbers that somebody is known by, with its proof.
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { consentSubject } from './locks.ts';
import { refusedSince } from './machine.ts';
import { eraseConsent, findConsent } from './store.ts';
import { insertSuppression } from './store-suppressions.ts';

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
 * Erases the consent of numbers. Of one that opted out, or waits to be judged for asking so in free words, a keyed hash
 * stays: it is not texted either when it is known again by another way. The caller holds their `consentLocks`.
 * @returns how many entries went
 */
export async function eraseConsentOf(
  tx: Tx,
  platform: { secrets: Secrets },
  accountId: string,
  numbers: readonly NumberOf[],
): Promise<number> {
  let erased = 0;
  for (const { companyId, number } of numbers) {
    const row = await findConsent(tx, accountId, companyId, number);
    const refusedAt = row && refusedSince(row);
    if (refusedAt) {
      await insertSuppression(tx, platform, { accountId, companyId, number }, refusedAt);
    }
    erased += await eraseConsent(tx, accountId, companyId, [number]);
  }
  return erased;
}
