// The table visitor_claim: what browsers say that their users are known by. Anybody can say so of anybody, since keys of
// sites are public: a claim changes nothing of a lead and is shown to nobody. It counts when a lead is judged that is
// known by the same. Only a MAC is kept: a bare hash of a telephone number is undone by trying them all.
import type { Identity } from '#domains/leads/index.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

/** what one browser may claim: more is no person's */
const MOST_OF_VISITOR = 10;
/** the newest that count, of those who claim to be one lead */
const MOST_OF_LEAD = 20;
/** said again sooner, the day of the claim stays as it is: pages may say it on each view */
const SAID_ANEW_MS = 86_400_000;

type Signing = Pick<Secrets, 'sign'>;

/** In hexadecimal. Two companies' claims have nothing in common. */
function macOf(secrets: Signing, companyId: string, { kind, value }: Identity): string {
  const mac = secrets.sign(`${companyId}:${kind}:${value}`, 'visitor-claim');
  return Buffer.from(mac, 'base64url').toString('hex');
}

/**
 * Notes what a visitor claims; said again, it counts from then. Of a browser that nobody has seen, and past the tenth claim
 * of one, nothing is noted.
 */
export async function insertClaims(
  tx: Tx,
  secrets: Signing,
  visitor: { accountId: string; companyId: string; visitorId: string; at: Date },
  knownBy: readonly Identity[],
): Promise<void> {
  const { accountId, companyId, visitorId, at } = visitor;
  const sql = tenantSql(accountId);
  // in one order, so that two of one browser at once do not wait for each other in a ring
  const macs = knownBy.map((identity) => macOf(secrets, companyId, identity)).sort();
  const isOld = new Date(at.getTime() - SAID_ANEW_MS);
  await sql`
    insert into visitor_claim (account_id, company_id, visitor_id, hash, claimed_at)
    select v.account_id, v.company_id, v.id, decode(h, 'hex'), ${at}::timestamptz
      from visitor v, unnest(${macs}::text[]) with ordinality as u (h, n)
     where v.account_id = ${sql.account} and v.company_id = ${companyId}::uuid and v.id = ${visitorId}::uuid
       and (exists (select 1 from visitor_claim c
                     where c.account_id = ${sql.account} and c.company_id = v.company_id
                       and c.visitor_id = v.id and c.hash = decode(h, 'hex'))
            or (select count(*) from visitor_claim c
                 where c.account_id = ${sql.account} and c.company_id = v.company_id
                   and c.visitor_id = v.id) < ${MOST_OF_VISITOR}::int)
     order by n
        on conflict (account_id, company_id, visitor_id, hash) do update set claimed_at = excluded.claimed_at
     where visitor_claim.account_id = ${sql.account} and visitor_claim.claimed_at < ${isOld}::timestamptz`.rows(
    tx,
  );
}

/** The visitors who claim what this lead is known by. */
export async function claimantsOfLead(
  tx: Tx,
  secrets: Signing,
  accountId: string,
  leadId: string,
): Promise<string[]> {
  const { companyIds, macs } = await macsOfLead(tx, secrets, accountId, leadId);
  const sql = tenantSql(accountId);
  const rows = await sql`
    select c.visitor_id as "visitorId"
      from unnest(${companyIds}::uuid[], ${macs}::text[]) as own (company_id, mac)
      join visitor_claim c on c.account_id = ${sql.account} and c.company_id = own.company_id
       and c.hash = decode(own.mac, 'hex')
     order by c.claimed_at desc, c.visitor_id limit ${MOST_OF_LEAD}::int`.rows<{
    visitorId: string;
  }>(tx);
  return rows.map(({ visitorId }) => visitorId);
}

/** Forgets who claimed what this lead is known by; before the lead is erased. */
export async function deleteClaims(
  tx: Tx,
  secrets: Signing,
  accountId: string,
  leadId: string,
): Promise<void> {
  await deleteMacs(tx, accountId, await macsOfLead(tx, secrets, accountId, leadId));
}

/** Forgets who claimed these numbers; of interactions that are nobody's lead. */
export async function deleteClaimsOfNumbers(
  tx: Tx,
  secrets: Signing,
  accountId: string,
  numbers: readonly { companyId: string; number: string }[],
): Promise<void> {
  const known = numbers.map(({ companyId, number: value }) => ({
    ...{ companyId, kind: 'PHONE' as const, value },
  }));
  await deleteMacs(tx, accountId, macsOf(secrets, known));
}

/** Deletes claims from before this moment. Answers how many. */
export async function deleteOldClaims(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from visitor_claim c
     using (select company_id, visitor_id, hash from visitor_claim
             where account_id = ${sql.account} and claimed_at < ${before}::timestamptz
             order by claimed_at limit ${limit}::int) old
     where c.account_id = ${sql.account} and c.company_id = old.company_id
       and c.visitor_id = old.visitor_id and c.hash = old.hash
    returning 1 as one`.rows(tx);
  return gone.length;
}

interface Macs {
  companyIds: string[];
  macs: string[];
}

async function macsOfLead(
  tx: Tx,
  secrets: Signing,
  accountId: string,
  leadId: string,
): Promise<Macs> {
  const where = { accountId, leadId };
  const select = { companyId: true, kind: true, value: true };
  return macsOf(secrets, await tx.leadIdentity.findMany({ where, select }));
}

function macsOf(secrets: Signing, known: readonly (Identity & { companyId: string })[]): Macs {
  return {
    companyIds: known.map(({ companyId }) => companyId),
    macs: known.map((identity) => macOf(secrets, identity.companyId, identity)),
  };
}

async function deleteMacs(tx: Tx, accountId: string, { companyIds, macs }: Macs): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    delete from visitor_claim c
     using unnest(${companyIds}::uuid[], ${macs}::text[]) as own (company_id, mac)
     where c.account_id = ${sql.account} and c.company_id = own.company_id
       and c.hash = decode(own.mac, 'hex')`.rows(tx);
}
