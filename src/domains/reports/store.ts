// The tables report_bucket, report_fact and report_count: the only place that writes them.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Fact, Share } from './fact.ts';

/** How far the counting of an account has come. */
export interface CountRow {
  /** the last interaction of before that was counted */
  reached: string | null;
  countedAt: Date | null;
}

/** Holds an account's counting until the transaction ends: its interactions are counted by one at a time. */
export async function holdCount(tx: Tx, accountId: string): Promise<CountRow> {
  await tx.reportCount.createMany({ data: [{ accountId }], skipDuplicates: true });
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select reached, counted_at as "countedAt" from report_count
     where account_id = ${sql.account} for update`.rows<CountRow>(tx);
  if (!row) throw new Error('The row that was just provided is gone: the account was deleted.');
  return row;
}

/** Writes how far it has come. The caller holds it. */
export async function saveCount(tx: Tx, accountId: string, row: CountRow): Promise<void> {
  await tx.reportCount.update({ where: { accountId }, data: row, select: { accountId: true } });
}

/** An interaction as it is counted. */
export interface FactRow {
  id: string;
  leadId: string | null;
  touches: number;
  fact: Fact;
}

/** What these interactions were counted with. */
export async function readCounted(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<FactRow[]> {
  const rows = await tx.reportFact.findMany({
    where: { accountId, id: { in: [...ids] } },
    select: { id: true, leadId: true, touches: true, fact: true },
  });
  return rows as unknown as FactRow[];
}

/** Writes what interactions are counted with. */
export async function writeFacts(
  tx: Tx,
  accountId: string,
  rows: readonly FactRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const sql = tenantSql(accountId);
  const data = rows.map(({ id, leadId, touches, fact }) => {
    const { companyId, occurredAt } = fact;
    return { id, companyId, leadId, occurredAt, touches, fact };
  });
  await sql`
    insert into report_fact (account_id, id, company_id, lead_id, occurred_at, touches, fact)
    select ${sql.account}, id, "companyId", "leadId", "occurredAt", touches, fact
      from jsonb_to_recordset(${JSON.stringify(data)}::jsonb) as new(
             id uuid, "companyId" uuid, "leadId" uuid, "occurredAt" timestamptz, touches int,
             fact jsonb)
        on conflict (account_id, id)
        do update set company_id = excluded.company_id, lead_id = excluded.lead_id,
                      occurred_at = excluded.occurred_at, touches = excluded.touches,
                      fact = excluded.fact
            where report_fact.account_id = ${sql.account}`.rows(tx);
}

/** Forgets what interactions were counted with. */
export async function deleteFacts(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.reportFact.deleteMany({ where: { accountId, id: { in: [...ids] } } });
}

/** Adds to sums, and drops those in which nothing is left. The caller holds the account's counting. */
export async function addShares(
  tx: Tx,
  accountId: string,
  shares: readonly Share[],
): Promise<void> {
  if (shares.length === 0) return;
  const sql = tenantSql(accountId);
  const rows = shares.map(({ key, adds }) => ({
    ...key,
    ...Object.fromEntries(Object.entries(adds).map(([name, value]) => [name, `${value}`])),
  }));
  await sql`
    insert into report_bucket (
      account_id, company_id, kind, cut, span, starts_at, tracker_id, source_id, word,
      interactions, answered, missed, abandoned, voicemails, first_time, leads, good_leads,
      duration_seconds, value_cents)
    select ${sql.account}, "companyId", kind, cut, span, "startsAt", "trackerId", "sourceId", word,
           interactions, answered, missed, abandoned, voicemails, "firstTime", leads, "goodLeads",
           "durationSeconds", "valueCents"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new(
             "companyId" uuid, kind interaction_kind, cut report_cut, span report_span,
             "startsAt" timestamptz, "trackerId" uuid, "sourceId" uuid, word text,
             interactions bigint, answered bigint, missed bigint, abandoned bigint,
             voicemails bigint, "firstTime" bigint, leads bigint, "goodLeads" bigint,
             "durationSeconds" bigint, "valueCents" numeric)
        on conflict (account_id, company_id, kind, cut, span, starts_at, tracker_id, source_id, word)
        do update set interactions = report_bucket.interactions + excluded.interactions,
                      answered = report_bucket.answered + excluded.answered,
                      missed = report_bucket.missed + excluded.missed,
                      abandoned = report_bucket.abandoned + excluded.abandoned,
                      voicemails = report_bucket.voicemails + excluded.voicemails,
                      first_time = report_bucket.first_time + excluded.first_time,
                      leads = report_bucket.leads + excluded.leads,
                      good_leads = report_bucket.good_leads + excluded.good_leads,
                      duration_seconds = report_bucket.duration_seconds + excluded.duration_seconds,
                      value_cents = report_bucket.value_cents + excluded.value_cents
            where report_bucket.account_id = ${sql.account}`.rows(tx);
  const less = shares.filter(({ adds }) => adds.interactions < 0n).map(({ key }) => key);
  if (less.length > 0) await dropEmpty(tx, accountId, less);
}

/** A sum over nothing would go on telling the words of what was erased. */
async function dropEmpty(tx: Tx, accountId: string, keys: readonly Share['key'][]): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    delete from report_bucket b
     using jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as less(
             "companyId" uuid, kind interaction_kind, cut report_cut, span report_span,
             "startsAt" timestamptz, "trackerId" uuid, "sourceId" uuid, word text)
     where b.account_id = ${sql.account} and b.company_id = less."companyId"
       and b.kind = less.kind and b.cut = less.cut and b.span = less.span
       and b.starts_at = less."startsAt" and b.tracker_id = less."trackerId"
       and b.source_id = less."sourceId" and b.word = less.word
       and b.interactions = 0`.rows(tx);
}
