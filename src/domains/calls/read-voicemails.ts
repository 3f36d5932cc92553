// Reads what hangs on messages: the first later call with the same lead that was answered.
import { type Db, tenantSql } from '#platform/db/index.ts';

/**
 * The first call with the same lead after each of these calls that was answered, or null, in the order of the ids. The
 * caller has seen that the viewer may see the calls; a lead is of one company, so may they see these.
 */
export async function answeredSince(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  callIds: readonly string[],
): Promise<(string | null)[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select m.id, (
        select later.id from interaction later
          join call c on c.account_id = later.account_id and c.id = later.id
         where later.account_id = m.account_id and later.lead_id = m.lead_id
           and later.kind = 'CALL' and (later.occurred_at, later.id) > (m.occurred_at, m.id)
           and c.answered_at is not null
         order by later.occurred_at, later.id limit 1) as answered
      from interaction m
     where m.account_id = ${sql.account} and m.id = any(${callIds}::uuid[])`.rows<{
    id: string;
    answered: string | null;
  }>(pool);
  const by = new Map(rows.map(({ id, answered }) => [id, answered]));
  return callIds.map((id) => by.get(id) ?? null);
}
