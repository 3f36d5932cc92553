// The tables consent and consent_entry: the only place that writes them. The second only grows; the database refuses
// everything else but an erasure.
import type { Consent as ConsentRow, Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { type Consent, consentOf, NOTHING_SAID, type Standing } from './machine.ts';
import { readSuppression } from './store-suppressions.ts';

export type { ConsentRow };

/**
 * The consent of a number with a company as it stands; without any entry nothing has been said, unless the number was erased
 * after an opt-out.
 */
export async function readConsent(
  tx: Tx,
  platform: { secrets: Secrets },
  accountId: string,
  companyId: string,
  number: string,
): Promise<Consent> {
  const row = await findConsent(tx, accountId, companyId, number);
  return consentOf(
    row ?? (await standingOfUnknown(tx, platform, { accountId, companyId, number })),
  );
}

/** What stands of a number that has no row. */
export async function standingOfUnknown(
  tx: Tx,
  platform: { secrets: Secrets },
  of: { accountId: string; companyId: string; number: string },
): Promise<Standing> {
  return { ...NOTHING_SAID, optedOutAt: await readSuppression(tx, platform, of) };
}

/** The row of a number with a company, or null. */
export function findConsent(
  tx: Tx,
  accountId: string,
  companyId: string,
  number: string,
): Promise<ConsentRow | null> {
  const key = { accountId, companyId, number };
  return tx.consent.findUnique({ where: { accountId_companyId_number: key } });
}

/** One row of the account, or null. */
export function readConsentRow(tx: Tx, accountId: string, id: string): Promise<ConsentRow | null> {
  return tx.consent.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes the consent of a number that had none. */
export async function insertConsent(
  tx: Tx,
  row: Standing & {
    accountId: string;
    id: string;
    companyId: string;
    number: string;
    changedAt: Date;
  },
): Promise<void> {
  await tx.consent.create({ data: row });
}

/** Writes what stands now. */
export async function writeConsent(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Standing & { version: number; changedAt: Date },
): Promise<void> {
  await tx.consent.update({
    where: { accountId_id: { accountId, id } },
    data: fields,
    select: { id: true },
  });
}

/** Writes an entry, once a message. Answers false when there is one of its message. */
export async function insertEntry(
  tx: Tx,
  entry: Prisma.ConsentEntryUncheckedCreateInput,
): Promise<boolean> {
  const { count } = await tx.consentEntry.createMany({ data: entry, skipDuplicates: true });
  return count === 1;
}

/**
 * Erases what these numbers agreed to and refused, with the proof: nothing has been said then, so nothing may be sent.
 * The caller has locked `consentSubject` of each.
 * @returns how many entries went
 */
export async function eraseConsent(
  tx: Tx,
  accountId: string,
  companyId: string,
  numbers: readonly string[],
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    with erasing as materialized (select set_config('switchboard.erasing', 'on', true) as mode)
    delete from consent_entry e using erasing, consent c
     where e.account_id = ${sql.account} and c.account_id = e.account_id and c.id = e.consent_id
       and c.company_id = ${companyId}::uuid and c.number = any(${numbers}::text[]) and erasing.mode = 'on'
    returning e.id`.rows<{ id: string }>(tx);
  await sql`
    with erased as materialized (select set_config('switchboard.erasing', '', true) as mode)
    delete from consent c using erased
     where c.account_id = ${sql.account} and c.company_id = ${companyId}::uuid
       and c.number = any(${numbers}::text[]) and erased.mode = ''`.rows(tx);
  return gone.length;
}
