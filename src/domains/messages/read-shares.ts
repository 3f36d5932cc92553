// What of an account's texts came in and what went out, as the rule about inbound texts counts them (rules.md, L05).
import { authorize } from '#domains/accounts/index.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { RATIO_MS } from './limits.ts';
import { GOES } from './store-traffic.ts';

/** Texts of 30 days. */
export interface Share {
  inbound: number;
  outbound: number;
}

/** What texts are told apart by. */
export type ShareKind = 'COMPANY' | 'NUMBER' | 'AGENT';

/** so many are told, those that send most */
export const MOST_SHARES = 100;

/** whose a text is; one that came in is the agent's who wrote in its conversation last, as in AgentUsage */
const KEYS: Record<ShareKind, SqlPart> = {
  COMPANY: sqlPart`c.company_id::text`,
  NUMBER: sqlPart`m.own_number`,
  AGENT: sqlPart`(case when m.direction = 'OUTBOUND' then m.agent_id else c.agent_id end)::text`,
};

/** Of the whole account, texts of erased conversations included. Throws Forbidden. */
export async function readShare(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  now: Date,
): Promise<Share> {
  authorize(viewer, 'messageLimits.read');
  const sql = tenantSql(viewer.accountId);
  const since = new Date(now.getTime() - RATIO_MS);
  const [share] = await sql`
    select (count(*) filter (where direction = 'INBOUND'))::int as inbound,
           (count(*) filter (where direction = 'OUTBOUND'))::int as outbound
      from (
        select m.account_id, m.direction from message m
         where m.account_id = ${sql.account} and (m.direction = 'INBOUND' or (${GOES}))
           and m.at > ${since}::timestamptz and m.at <= ${now}::timestamptz
        union all
        select e.account_id, e.direction from erased_text e
         where e.account_id = ${sql.account}
           and e.at > ${since}::timestamptz and e.at <= ${now}::timestamptz) counted
     where account_id = ${sql.account}`.rows<Share>(pool);
  return share ?? { inbound: 0, outbound: 0 };
}

/**
 * Of each company, number or agent that the viewer's companies texted with, without erased conversations, which say nothing
 * of whom they were.
 * @returns at most 100, those that send most first; id: a company's or agent's UUID, or a number (E.164). Throws Forbidden.
 */
export async function readShares(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  kind: ShareKind,
  now: Date,
): Promise<(Share & { id: string })[]> {
  authorize(viewer, 'messageLimits.read');
  const { accountId, companyIds } = viewer;
  const sql = tenantSql(accountId);
  const since = new Date(now.getTime() - RATIO_MS);
  const isSeen = companyIds
    ? sqlPart`c.company_id = any(${[...companyIds]}::uuid[])`
    : sqlPart`true`;
  return sql`
    select id, (count(*) filter (where direction = 'INBOUND'))::int as inbound,
           (count(*) filter (where direction = 'OUTBOUND'))::int as outbound
      from (
        select m.account_id, m.direction, ${KEYS[kind]} as id
          from message m
          join conversation c on c.account_id = m.account_id and c.id = m.conversation_id
         where m.account_id = ${sql.account} and (m.direction = 'INBOUND' or (${GOES})) and ${isSeen}
           and m.at > ${since}::timestamptz and m.at <= ${now}::timestamptz) counted
     where account_id = ${sql.account} and id is not null
     group by id order by outbound desc, id limit ${MOST_SHARES}::int`.rows<Share & { id: string }>(
    pool,
  );
}
