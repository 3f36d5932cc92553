// Whether a number may send texts, as it stands in this moment: the carrier's word that a brand or a campaign is suspended
// stops the next text, with nothing to be told to the numbers first.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** A number as a sender of texts. */
export interface Sender {
  phoneNumberId: string;
  /** E.164 */
  number: string;
  /** the carrier's id of the company's messaging profile; null while the number is on none, and no text arrives either */
  profileId: string | null;
  /** brand and campaign are approved and the number stands on the campaign (rules.md, L11) */
  registered: boolean;
}

/**
 * A number in service of a company.
 * @param number E.164
 * @returns null when the company has no such number in service
 */
export async function readSender(
  tx: Tx,
  accountId: string,
  companyId: string,
  number: string,
): Promise<Sender | null> {
  return (await readSenders(tx, accountId, companyId, number))[0] ?? null;
}

/** All numbers in service of a company, the longest in service first. */
export function messagingNumbers(tx: Tx, accountId: string, companyId: string): Promise<Sender[]> {
  return readSenders(tx, accountId, companyId, null);
}

function readSenders(
  tx: Tx,
  accountId: string,
  companyId: string,
  number: string | null,
): Promise<Sender[]> {
  const sql = tenantSql(accountId);
  return sql`
    select n.id as "phoneNumberId", n.number, n.carrier_profile_id as "profileId",
           coalesce(b.state = 'APPROVED' and c.state = 'APPROVED' and n.assignment = 'ASSIGNED'
                    and n.carrier_campaign_id = c.carrier_id, false) as registered
      from phone_number n
      left join brand_registration b on b.account_id = n.account_id and b.company_id = n.company_id
      left join campaign_registration c on c.account_id = n.account_id and c.company_id = n.company_id
     where n.account_id = ${sql.account} and n.company_id = ${companyId}::uuid and n.status = 'ACTIVE'
       and (${number}::text is null or n.number = ${number})
     order by n.created_at, n.id`.rows<Sender>(tx);
}
