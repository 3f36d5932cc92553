// The tables consent and consent_entry: the only place that writes them. The second only grows; the database refuses
// everything else but an erasure.
import type { ConsentEntry, Consent as ConsentRow } from '#generated/prisma/client.ts';
import { preparedSql, type SqlTx, sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { type Consent, consentOf, NOTHING_SAID, type Standing } from './machine.ts';
import { suppressionHash } from './store-suppressions.ts';

export type { ConsentRow };

/**
 * The consent of a number with a company as it stands; without any entry nothing has been said, unless the number was erased
 * after an opt-out.
 */
export async function readConsent(
  tx: SqlTx,
  platform: { secrets: Secrets },
  accountId: string,
  companyId: string,
  number: string,
): Promise<Consent> {
  return consentOf((await readStanding(tx, platform, { accountId, companyId, number })).standing);
}

/**
 * What stands of a number with a company, in one statement; of a number without a row what an erasure left.
 * @returns known: its row; null when it has none
 */
export async function readStanding(
  tx: SqlTx,
  { secrets }: { secrets: Secrets },
  of: { accountId: string; companyId: string; number: string },
): Promise<{ known: { id: string; version: number } | null; standing: Standing }> {
  const { companyId, number } = of;
  const sql = preparedSql(of.accountId);
  const [row] = await sql`
    select c.id, c.version, c.opted_in_at as "optedInAt", c.last_inbound_at as "lastInboundAt",
           c.request_id as "requestId", c.requested_at as "requestedAt", c.hold_at as "holdAt",
           case when c.id is null then s.opted_out_at else c.opted_out_at end as "optedOutAt"
      from company o
      left join consent c on c.account_id = o.account_id and c.company_id = o.id and c.number = ${number}
      left join suppression s on s.account_id = o.account_id and s.company_id = o.id
                             and s.hash = ${suppressionHash(secrets, of)}
     where o.account_id = ${sql.account} and o.id = ${companyId}::uuid`.rows<
    Standing & { id: string | null; version: number }
  >(tx);
  if (!row) return { known: null, standing: NOTHING_SAID };
  const { id, version, ...standing } = row;
  return { known: id === null ? null : { id, version }, standing };
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

/** An entry as it is written, to the consent of a number. */
export type NewEntry = Pick<ConsentEntry, 'id' | 'kind' | 'source' | 'at' | 'recordedBy'> &
  Partial<Pick<ConsentEntry, 'messageId' | 'url' | 'shownText' | 'ipAddress' | 'reference'>>;

const ENTRY = sqlPart`insert into consent_entry (account_id, consent_id, id, kind, source, at, recorded_at, recorded_by,
                                  message_id, url, shown_text, ip_address, reference)`;

const valuesOf = (entry: NewEntry, recordedAt: Date) =>
  sqlPart`c.account_id, c.id, ${entry.id}::uuid, ${entry.kind}::consent_entry_kind, ${entry.source}::consent_source,
           ${entry.at}::timestamptz, ${recordedAt}::timestamptz, ${entry.recordedBy}, ${entry.messageId ?? null}::uuid,
           ${entry.url ?? null}, ${entry.shownText ?? null}, ${entry.ipAddress ?? null}, ${entry.reference ?? null}`;

/**
 * Writes the consent of a number that had none, with its first entry.
 * @param now when that is recorded
 * @returns false when there is an entry of that message already: then it is not written again
 */
export async function insertConsent(
  tx: SqlTx,
  row: { accountId: string; id: string; companyId: string; number: string },
  is: Standing,
  entry: NewEntry,
  now: Date,
): Promise<boolean> {
  const sql = preparedSql(row.accountId);
  const entered = await sql`
    with c as (
      insert into consent (account_id, id, company_id, number, opted_out_at, opted_in_at, last_inbound_at, request_id,
                           requested_at, hold_at, changed_at)
      select account_id, ${row.id}::uuid, id, ${row.number}, ${is.optedOutAt}::timestamptz,
             ${is.optedInAt}::timestamptz, ${is.lastInboundAt}::timestamptz, ${is.requestId}::uuid,
             ${is.requestedAt}::timestamptz, ${is.holdAt}::timestamptz, ${now}::timestamptz
        from company where account_id = ${sql.account} and id = ${row.companyId}::uuid
      returning account_id, id)
    ${ENTRY} select ${valuesOf(entry, now)} from c on conflict do nothing returning id`.rows(tx);
  return entered.length > 0;
}

/**
 * Writes an entry, and what stands by it.
 * @param now when that is recorded
 * @returns false when there is an entry of that message already: then nothing is written
 */
export async function writeConsent(
  tx: SqlTx,
  row: { accountId: string; id: string; version: number },
  is: Standing,
  entry: NewEntry,
  now: Date,
): Promise<boolean> {
  const sql = preparedSql(row.accountId);
  const written = await sql`
    with entered as (
      ${ENTRY} select ${valuesOf(entry, now)}
        from consent c where c.account_id = ${sql.account} and c.id = ${row.id}::uuid
          on conflict do nothing returning consent_id)
    update consent c
       set opted_out_at = ${is.optedOutAt}::timestamptz, opted_in_at = ${is.optedInAt}::timestamptz,
           last_inbound_at = ${is.lastInboundAt}::timestamptz, request_id = ${is.requestId}::uuid,
           requested_at = ${is.requestedAt}::timestamptz, hold_at = ${is.holdAt}::timestamptz,
           version = ${row.version}::int, changed_at = ${now}::timestamptz
      from entered
     where c.account_id = ${sql.account} and c.id = entered.consent_id returning c.id`.rows(tx);
  return written.length > 0;
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
