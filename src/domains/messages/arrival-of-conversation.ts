// How a conversation came in, for those who judge where it came from.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A conversation as it began. */
export interface ConversationArrival {
  id: string;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  /** our number that the first text came to, E.164 */
  to: string;
  occurredAt: Date;
  /** the tracker that the number led to */
  tracker: { type: 'SOURCE' | 'SESSION'; sourceId: string } | null;
}

/** One conversation that the customer began; null when it is gone, or the company wrote first. */
export async function arrivalOfConversation(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<ConversationArrival | null> {
  const sql = tenantSql(accountId);
  const [one] = await sql`
    select c.id, c.company_id as "companyId", i.lead_id as "leadId", i.source_id as "sourceId",
           c.first_number as "to", i.occurred_at as "occurredAt",
           case when t.id is not null
                then jsonb_build_object('type', t.type, 'sourceId', t.source_id) end as tracker
      from conversation c
      join interaction i on i.account_id = c.account_id and i.id = c.id
      left join tracker t on t.account_id = c.account_id and t.id = c.first_tracker_id
     where c.account_id = ${sql.account} and c.id = ${id}::uuid and c.started_by = 'INBOUND'`.rows<ConversationArrival>(
    tx,
  );
  return one ?? null;
}
