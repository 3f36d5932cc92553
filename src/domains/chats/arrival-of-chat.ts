// How a chat came in, for those who judge where it came from.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A chat as it was opened. */
export interface ChatArrival {
  id: string;
  companyId: string;
  leadId: string | null;
  /** of the visit */
  sourceId: string | null;
  /** the visit that it was opened in */
  sessionId: string | null;
  occurredAt: Date;
}

/** One chat of the account; null when it is gone. */
export async function arrivalOfChat(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<ChatArrival | null> {
  const sql = tenantSql(accountId);
  const [chat] = await sql`
    select c.id, c.company_id as "companyId", i.lead_id as "leadId", i.source_id as "sourceId",
           c.session_id as "sessionId", i.occurred_at as "occurredAt"
      from chat c
      join interaction i on i.account_id = c.account_id and i.id = c.id
     where c.account_id = ${sql.account} and c.id = ${id}::uuid`.rows<ChatArrival>(tx);
  return chat ?? null;
}
