// Who most likely dialled a number of a pool: the visits that were shown it, weighed, each with the visitor's source.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { SOURCE_THEN } from './source-then.ts';
import { type Holder, type LikelyHolder, LOOK_BACK_MS, weighHolders } from './weigh-holders.ts';

/** A lease ends with its session, which lasts a day at most, or an hour after its number was dialled. */
const LONGEST_LEASE_MS = 26 * 60 * 60_000;
/** those who hold it alone, then of those to whom it is shown as to everybody the ones that saw it last */
const MOST_HOLDERS = 50;

/** A visit that may be the caller's. */
export interface LikelyVisit extends LikelyHolder {
  /** the source of the visitor's interactions: of the session itself, or an earlier one that sets it */
  source: VisitSource;
}

/** Where a visitor comes from, as numbers.Source has it. */
export interface VisitSource {
  id: string;
  name: string;
  medium: string;
  campaign: string;
}

type Row = Holder & { source: VisitSource };

/**
 * Finds the visits that may stand behind a call.
 * @param call.number the number of a session tracker that was dialled, E.164
 * @param call.at when it rang by the carrier's clock
 * @param call.now by ours, which leases are kept by: a carrier's clock that goes before cannot make them look old
 * @param call.known ids of visitors that the caller was seen to be before
 * @returns the most likely first; see weighHolders
 */
export async function likelyVisits(
  tx: Tx,
  accountId: string,
  companyId: string,
  call: { number: string; at: Date; now: Date; known: ReadonlySet<string> },
): Promise<LikelyVisit[]> {
  const calledAt = Math.min(call.at.getTime(), call.now.getTime());
  const sql = tenantSql(accountId);
  const rows = await sql`
    select held.session_id as "sessionId", s.visitor_id as "visitorId",
           (extract(epoch from held.leased_at) * 1000)::float8 as "leasedAt",
           (extract(epoch from held.leased_until) * 1000)::float8 as "leasedUntil",
           held.is_overflow as "isOverflow",
           (extract(epoch from held.tel_clicked_at) * 1000)::float8 as "telClickedAt",
           (select jsonb_build_object('id', o.id, 'name', o.name, 'medium', o.medium, 'campaign', o.campaign)
              from source o
             where o.account_id = ${sql.account} and o.id = ${SOURCE_THEN}) as source
      from (select l.account_id, l.session_id, l.leased_at, l.is_overflow, l.tel_clicked_at,
                   coalesce(l.leased_until, n.leased_until) as leased_until
              from number_lease l
              left join pool_number n on n.account_id = l.account_id
               and n.phone_number_id = l.phone_number_id and n.lease_id = l.id
             where l.account_id = ${sql.account}
               and l.phone_number_id in (select p.id from phone_number p
                                          where p.account_id = ${sql.account} and p.number = ${call.number})
               and l.tracker_id in (select t.id from tracker t
                                     where t.account_id = ${sql.account} and t.company_id = ${companyId}::uuid)
               and l.leased_at <= ${new Date(calledAt)}::timestamptz
               and l.leased_at > ${new Date(calledAt - LONGEST_LEASE_MS)}::timestamptz
             order by l.is_overflow, l.leased_at desc limit ${MOST_HOLDERS}) held
      join visitor_session s on s.account_id = held.account_id and s.id = held.session_id
     where held.account_id = ${sql.account}
       and held.leased_until > ${new Date(calledAt - LOOK_BACK_MS)}::timestamptz`.rows<Row>(tx);
  const sources = new Map(rows.map(({ sessionId, source }) => [sessionId, source]));
  return weighHolders(rows, calledAt, call.known).map((likely) => ({
    ...likely,
    source: sources.get(likely.sessionId) as VisitSource,
  }));
}
