// How a call came in, for those who judge where it came from.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A call as it arrived. */
export interface CallArrival {
  id: string;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  /** the number that was dialled, E.164 */
  to: string;
  occurredAt: Date;
  /** the tracker that the number led to */
  tracker: { type: 'SOURCE' | 'SESSION'; sourceId: string } | null;
}

/** One inbound call of the account; null when it is gone, or not inbound. */
export async function arrivalOf(
  tx: Tx,
  accountId: string,
  callId: string,
): Promise<CallArrival | null> {
  const sql = tenantSql(accountId);
  const [call] = await sql`
    select c.id, c.company_id as "companyId", i.lead_id as "leadId", i.source_id as "sourceId",
           c.to_number as "to", i.occurred_at as "occurredAt",
           case when t.id is not null
                then jsonb_build_object('type', t.type, 'sourceId', t.source_id) end as tracker
      from call c
      join interaction i on i.account_id = c.account_id and i.id = c.id
      left join tracker t on t.account_id = c.account_id and t.id = c.tracker_id
     where c.account_id = ${sql.account} and c.id = ${callId}::uuid and c.direction = 'INBOUND'`.rows<CallArrival>(
    tx,
  );
  return call ?? null;
}
