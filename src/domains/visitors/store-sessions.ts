// The tables visitor, visitor_session and page_view: the only place that writes them. What is old leaves them in
// store-gone-visits.ts.
import type { VisitorSession } from '#generated/prisma/client.ts';
import { preparedSql, type SqlTx, sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import { isOver, SESSION_IDLE_MS, SESSION_MOST_MS } from './machine.ts';
import { settingSession } from './source-then.ts';

export type SessionRow = VisitorSession;

/** A browser in a company. */
export interface VisitorKey {
  accountId: string;
  companyId: string;
  visitorId: string;
}

/** A page that was looked at. */
export interface NewPageView {
  id: string;
  sessionId: string;
  at: Date;
  url: string;
  referrer: string;
  title: string;
}

/** What is known of a visitor when a page is opened. */
export interface KnownVisitor {
  lastSeenAt: Date;
  /** the visitor's session that holds the page view already; null when it is new */
  stored: SessionRow | null;
  latest: SessionRow | null;
  /** the latest one, up to `stored`, that gave the visitor their source */
  source: SessionRow | null;
}

const SESSION = sqlPart`s.account_id as "accountId", s.id, s.company_id as "companyId", s.visitor_id as "visitorId",
           s.source_id as "sourceId", s.network, s.source_name as "sourceName", s.medium, s.campaign, s.term, s.content,
           s.click_ids as "clickIds", s.rule_id as "ruleId", s.rules_version as "rulesVersion", s.landing_url as "landingUrl", s.referrer,
           s.device::text as device, s.custom_cookies as "customCookies", s.sets_source as "setsSource",
           s.brings_source as "bringsSource", s.leases, s.asked_pools as "askedPools",
           s.started_at as "startedAt", s.last_seen_at as "lastSeenAt"`;

/**
 * Reads a visitor, in one statement: a page waits for it.
 * @param pageViewId null when the visit has none
 * @returns null for a visitor who is new. Whoever sends a page view's id of another visitor learns nothing of that one
 */
export async function readVisitor(
  tx: SqlTx,
  { accountId, companyId, visitorId }: VisitorKey,
  pageViewId: string | null,
): Promise<KnownVisitor | null> {
  const sql = preparedSql(accountId);
  const own = sqlPart`s.account_id = ${sql.account} and s.company_id = ${companyId}::uuid
                      and s.visitor_id = ${visitorId}::uuid`;
  const rows = await sql`
    with stored as (
      select s.id, s.started_at from page_view p
        join visitor_session s on s.account_id = p.account_id and s.id = p.session_id
       where p.account_id = ${sql.account} and p.company_id = ${companyId}::uuid
         and p.id = ${pageViewId}::uuid and s.visitor_id = ${visitorId}::uuid),
    latest as (
      select s.id from visitor_session s where ${own} order by s.started_at desc, s.id desc limit 1),
    source as (${settingSession(sqlPart`
           f.account_id = ${sql.account} and f.company_id = ${companyId}::uuid and f.visitor_id = ${visitorId}::uuid
       and (not exists (select from stored)
            or (f.started_at, f.id) <= (select stored.started_at, stored.id from stored))`)})
    select v.last_seen_at as "visitorSeenAt", s.id = stored.id as "isStored", s.id = latest.id as "isLatest",
           s.id = source.id as "isSource", ${SESSION}
      from visitor v
      left join stored on true
      left join latest on true
      left join source on true
      left join visitor_session s on s.account_id = v.account_id and s.id in (stored.id, latest.id, source.id)
     where v.account_id = ${sql.account} and v.company_id = ${companyId}::uuid
       and v.id = ${visitorId}::uuid`.rows<
    SessionRow &
      Record<'isStored' | 'isLatest' | 'isSource', boolean | null> & { visitorSeenAt: Date }
  >(tx);
  const [first] = rows;
  if (!first) return null;
  const find = (role: 'isStored' | 'isLatest' | 'isSource') =>
    rows.find((row) => row[role]) ?? null;
  return {
    lastSeenAt: first.visitorSeenAt,
    stored: find('isStored'),
    latest: find('isLatest'),
    source: find('isSource'),
  };
}

/** One session of the account, or null. */
export function readSession(tx: Tx, accountId: string, id: string): Promise<SessionRow | null> {
  return tx.visitorSession.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The visitor's session that is under way at this moment, or began right after it; null = none. */
export async function liveSession(
  tx: Tx,
  { accountId, companyId, visitorId }: VisitorKey,
  at: Date,
): Promise<SessionRow | null> {
  const latest = await tx.visitorSession.findFirst({
    where: { accountId, companyId, visitorId },
    orderBy: { startedAt: 'desc' },
  });
  return latest && !isOver(latest, at) ? latest : null;
}

/** The session that the visitor's source is taken from at this moment. */
export async function sourceSession(
  tx: SqlTx,
  { accountId, companyId, visitorId }: VisitorKey,
  until: Date,
): Promise<SessionRow | null> {
  const sql = tenantSql(accountId);
  const [found] = await sql`
    select ${SESSION} from visitor_session s
      join (${settingSession(sqlPart`
           f.account_id = ${sql.account} and f.company_id = ${companyId}::uuid and f.visitor_id = ${visitorId}::uuid
       and f.started_at <= ${until}::timestamptz`)}) source on source.id = s.id
     where s.account_id = ${sql.account}`.rows<SessionRow>(tx);
  return found ?? null;
}

/**
 * Writes a visit: the visitor and the session were seen now, each made when it is new; of a session that was there already
 * its cookies are written, and nothing else changes. The page view stays as it is when it is stored already. One statement: a page waits for it. The
 * caller holds the visitor.
 */
export async function saveVisit(
  tx: SqlTx,
  session: SessionRow,
  pageView: Omit<NewPageView, 'sessionId'> | null,
): Promise<void> {
  const sql = preparedSql(session.accountId);
  const now = session.lastSeenAt;
  await sql`
    with site as (
      select account_id, id as company_id from company
       where account_id = ${sql.account} and id = ${session.companyId}::uuid),
    seen as (
      insert into visitor (account_id, company_id, id, first_seen_at, last_seen_at)
      select account_id, company_id, ${session.visitorId}::uuid, ${now}::timestamptz, ${now}::timestamptz from site
          on conflict (account_id, company_id, id) do update set last_seen_at = excluded.last_seen_at),
    going as (
      insert into visitor_session (
             account_id, id, company_id, visitor_id, source_id, network, source_name, medium, campaign, term, content,
             click_ids, rule_id, rules_version, landing_url, referrer, device, custom_cookies, sets_source, brings_source,
             started_at, last_seen_at)
      select account_id, ${session.id}::uuid, company_id, ${session.visitorId}::uuid, ${session.sourceId}::uuid,
             ${session.network}, ${session.sourceName}, ${session.medium}, ${session.campaign}, ${session.term},
             ${session.content}, ${JSON.stringify(session.clickIds)}::jsonb, ${session.ruleId},
             ${session.rulesVersion}, ${session.landingUrl},
             ${session.referrer}, ${session.device}::device_class, ${JSON.stringify(session.customCookies)}::jsonb,
             ${session.setsSource}::boolean, ${session.bringsSource}::boolean, ${session.startedAt}::timestamptz, ${now}::timestamptz
        from site
          on conflict (account_id, id) do update set last_seen_at = excluded.last_seen_at,
                                                     custom_cookies = excluded.custom_cookies)
    insert into page_view (account_id, company_id, id, session_id, at, url, referrer, title)
    select account_id, company_id, ${pageView?.id ?? null}::uuid, ${session.id}::uuid,
           ${pageView?.at ?? null}::timestamptz, ${pageView?.url ?? null}, ${pageView?.referrer ?? null},
           ${pageView?.title ?? null}
      from site where ${pageView !== null}::boolean
        on conflict (account_id, company_id, id) do nothing`.rows(tx);
}

/** What a page tells of a session under way. */
export interface SessionSign extends VisitorKey {
  sessionId: string;
  at: Date;
  /** null for a heartbeat */
  pageView: Omit<NewPageView, 'sessionId'> | null;
}

/**
 * Takes signs of life of sessions that are not over: their page views are stored, once each, and the sessions are kept; a
 * sign that is older than what is known changes nothing. The sessions are held until the transaction ends, taken always in
 * the same order.
 * @returns of each sign that was taken its place in the list, and how many numbers its session was given
 */
export function takeSigns(
  tx: SqlTx,
  accountId: string,
  signs: readonly SessionSign[],
  now: Date,
): Promise<{ n: number; leases: number }[]> {
  const sql = preparedSql(accountId);
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
  const startedAfter = new Date(now.getTime() - SESSION_MOST_MS);
  const rows = signs.map(({ companyId, visitorId, sessionId, at, pageView }, n) => {
    const { id, url, referrer, title } = pageView ?? {};
    return { n, companyId, visitorId, sessionId, at, id, url, referrer, title };
  });
  return sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        n int, "companyId" uuid, "visitorId" uuid, "sessionId" uuid, at timestamptz, id uuid, url text, referrer text,
        title text)),
    live as (
      select id, company_id, visitor_id, leases from visitor_session
       where account_id = ${sql.account} and id in (select "sessionId" from told)
         and last_seen_at > ${idleSince}::timestamptz and started_at > ${startedAfter}::timestamptz
       order by id
         for no key update),
    taken as (
      select told.*, live.leases from told
        join live on live.id = told."sessionId" and live.company_id = told."companyId"
                 and live.visitor_id = told."visitorId"),
    viewed as (
      insert into page_view (account_id, company_id, id, session_id, at, url, referrer, title)
      select ${sql.account}, "companyId", id, "sessionId", at, url, referrer, title
        from taken where id is not null
          on conflict (account_id, company_id, id) do nothing),
    kept as (
      update visitor_session s set last_seen_at = greatest(s.last_seen_at, signed.at)
        from (select "sessionId" as id, max(at) as at from taken group by 1) signed
       where s.account_id = ${sql.account} and s.id = signed.id)
    select n, leases from taken`.rows<{ n: number; leases: number }>(tx);
}

/** Holds a session until the transaction ends. */
export async function holdSession(tx: SqlTx, accountId: string, id: string): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    select from visitor_session
     where account_id = ${sql.account} and id = ${id}::uuid for no key update`.rows(tx);
}
