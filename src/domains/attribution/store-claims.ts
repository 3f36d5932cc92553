// The table visitor_claim: what browsers say that their users are known by. Anybody can say so of anybody, since keys of
// sites are public: a claim changes nothing of a lead and is shown to nobody. It counts when a lead is judged that is
// known by the same. Only a hash is kept.
import { createHash } from 'node:crypto';
import type { Identity } from '#domains/leads/index.ts';
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';

/** what one browser may claim: more is no person's */
const MOST_OF_VISITOR = 10;
/** the newest that count, of those who claim to be one lead */
const MOST_OF_LEAD = 20;

/** SHA-256 over company, kind and value: two companies' claims have nothing in common. */
const hashOf = (companyId: string, { kind, value }: Identity) =>
  createHash('sha256').update(`${companyId}:${kind}:${value}`).digest('hex');
/** the same of an identity i in SQL */
const HASH = sqlPart`sha256(convert_to(i.company_id::text || ':' || i.kind::text || ':' || i.value, 'UTF8'))`;

/**
 * Notes what a visitor claims; said again it is nothing new. Of a browser that nobody has seen, and past the tenth claim of
 * one, nothing is noted.
 */
export async function insertClaims(
  tx: Tx,
  visitor: { accountId: string; companyId: string; visitorId: string; at: Date },
  knownBy: readonly Identity[],
): Promise<void> {
  const { accountId, companyId, visitorId, at } = visitor;
  const sql = tenantSql(accountId);
  const hashes = knownBy.map((identity) => hashOf(companyId, identity));
  await sql`
    insert into visitor_claim (account_id, company_id, visitor_id, hash, claimed_at)
    select v.account_id, v.company_id, v.id, decode(h, 'hex'), ${at}::timestamptz
      from visitor v, unnest(${hashes}::text[]) h
     where v.account_id = ${sql.account} and v.company_id = ${companyId}::uuid and v.id = ${visitorId}::uuid
       and (select count(*) from visitor_claim c
             where c.account_id = ${sql.account} and c.company_id = v.company_id
               and c.visitor_id = v.id) < ${MOST_OF_VISITOR}::int
        on conflict do nothing`.rows(tx);
}

/** The visitors who claim what this lead is known by. */
export async function claimantsOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select c.visitor_id as "visitorId" from lead_identity i
      join visitor_claim c on c.account_id = i.account_id and c.company_id = i.company_id
       and c.hash = ${HASH}
     where i.account_id = ${sql.account} and i.lead_id = ${leadId}::uuid
     order by c.claimed_at desc, c.visitor_id limit ${MOST_OF_LEAD}::int`.rows<{
    visitorId: string;
  }>(tx);
  return rows.map(({ visitorId }) => visitorId);
}

/** Forgets who claimed what this lead is known by; before the lead is erased. */
export async function deleteClaims(tx: Tx, accountId: string, leadId: string): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    delete from visitor_claim c using lead_identity i
     where c.account_id = ${sql.account} and i.account_id = c.account_id and i.lead_id = ${leadId}::uuid
       and c.company_id = i.company_id
       and c.hash = ${HASH}`.rows(tx);
}
