// How a form came in, for those who judge where it came from.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A form as it arrived. */
export interface FormArrival {
  id: string;
  companyId: string;
  leadId: string | null;
  /** of the visit, or as the API was told */
  sourceId: string | null;
  /** the visit that it was sent in */
  sessionId: string | null;
  /** no visit may be told with it; its source says so */
  consentDenied: boolean;
  occurredAt: Date;
}

/** One form of the account; null when it is gone. */
export async function arrivalOfForm(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<FormArrival | null> {
  const sql = tenantSql(accountId);
  const [form] = await sql`
    select f.id, f.company_id as "companyId", i.lead_id as "leadId", i.source_id as "sourceId",
           f.session_id as "sessionId", f.consent_denied as "consentDenied", i.occurred_at as "occurredAt"
      from form_submission f
      join interaction i on i.account_id = f.account_id and i.id = f.id
     where f.account_id = ${sql.account} and f.id = ${id}::uuid`.rows<FormArrival>(tx);
  return form ?? null;
}
