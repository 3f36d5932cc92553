// Which run of a transcript counts: the last one that drew something from its words as they stand.
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import { policyRefused } from '#values/refusals.ts';

/** That the insight_run `r` is the last one that drew something from its transcript `t` as it stands. */
export const IS_LAST_RUN = sqlPart`r.edits = t.edits and not exists (
  select from insight_run later
   where later.account_id = r.account_id and later.transcript_id = r.transcript_id and later.failure is null and later.edits = r.edits
     and (later.at, later.id) > (r.at, r.id))`;

/**
 * Refuses what would be written to an insight or its tasks, and shown nowhere. The caller holds the call's lock.
 * @throws Refused WRONG_STATE: another reading has taken its place, or words of the call were corrected since it was drawn
 */
export async function refuseReplaced(
  tx: Tx,
  { accountId, insightId }: { accountId: string; insightId: string },
  field: string,
): Promise<void> {
  const sql = tenantSql(accountId);
  const standing = await sql`
    select i.id
      from insight i
      join insight_run r on r.account_id = i.account_id and r.id = i.run_id
      join transcript t on t.account_id = r.account_id and t.id = r.transcript_id
     where i.account_id = ${sql.account} and i.id = ${insightId}::uuid and ${IS_LAST_RUN}`.rows(tx);
  if (standing.length > 0) return;
  throw policyRefused(
    'WRONG_STATE',
    'The call was read again, or words of it were corrected, since this was drawn. Take the one drawn since.',
    { field },
  );
}
