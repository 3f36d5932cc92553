// The visits of browsers that one person was seen to use.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A visit, as a touchpoint has it. */
export interface Visit {
  sessionId: string;
  startedAt: Date;
  sourceId: string;
}

/**
 * Reads visits up to a moment.
 * @param visitorIds ids of visitors of this company
 * @param limit at most so many, the newest
 * @returns the newest first
 */
export async function visitsOf(
  tx: Tx,
  accountId: string,
  companyId: string,
  visitorIds: readonly string[],
  { until, limit }: { until: Date; limit: number },
): Promise<Visit[]> {
  if (visitorIds.length === 0) return [];
  const sql = tenantSql(accountId);
  return sql`
    select s.id as "sessionId", s.started_at as "startedAt", s.source_id as "sourceId"
      from visitor_session s
     where s.account_id = ${sql.account} and s.company_id = ${companyId}::uuid
       and s.visitor_id = any(${visitorIds}::uuid[]) and s.started_at <= ${until}::timestamptz
     order by s.started_at desc, s.id desc limit ${limit}`.rows<Visit>(tx);
}
