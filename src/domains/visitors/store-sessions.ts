// The tables visitor, visitor_session and page_view: the only place that writes them. What is old leaves them in
// delete-visits.ts.
import type { Prisma, VisitorSession } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { SESSION_IDLE_MS, SESSION_MOST_MS } from './machine.ts';

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

/** A visitor with the latest session; null for one who is new. */
export async function readVisitor(
  tx: Tx,
  { accountId, companyId, visitorId }: VisitorKey,
): Promise<{ lastSeenAt: Date; session: SessionRow | null } | null> {
  const row = await tx.visitor.findUnique({
    where: { accountId_companyId_id: { accountId, companyId, id: visitorId } },
    select: {
      lastSeenAt: true,
      sessions: { orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], take: 1 },
    },
  });
  return row && { lastSeenAt: row.lastSeenAt, session: row.sessions[0] ?? null };
}

/** One session of the account, or null. */
export function readSession(tx: Tx, accountId: string, id: string): Promise<SessionRow | null> {
  return tx.visitorSession.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The session that a page view was stored in; null when it was not stored. */
export async function sessionOfPageView(
  tx: Tx,
  { accountId, companyId }: Pick<VisitorKey, 'accountId' | 'companyId'>,
  pageViewId: string,
): Promise<SessionRow | null> {
  const row = await tx.pageView.findUnique({
    where: { accountId_companyId_id: { accountId, companyId, id: pageViewId } },
    select: { session: true },
  });
  return row?.session ?? null;
}

/** The latest session, up to this moment, that gave the visitor their source. */
export function sourceSession(
  tx: Tx,
  { accountId, companyId, visitorId }: VisitorKey,
  until: Date,
): Promise<SessionRow | null> {
  return tx.visitorSession.findFirst({
    where: { accountId, companyId, visitorId, setsSource: true, startedAt: { lte: until } },
    orderBy: { startedAt: 'desc' },
  });
}

/** Notes a visit of the visitor; one who is new is made. The caller holds the visitor. */
export async function saveVisitor(
  tx: Tx,
  { accountId, companyId, visitorId }: VisitorKey,
  { now, isNew }: { now: Date; isNew: boolean },
): Promise<void> {
  if (isNew) {
    const seen = { firstSeenAt: now, lastSeenAt: now };
    await tx.visitor.create({ data: { accountId, companyId, id: visitorId, ...seen } });
    return;
  }
  await tx.visitor.update({
    where: { accountId_companyId_id: { accountId, companyId, id: visitorId } },
    data: { lastSeenAt: now },
    select: { id: true },
  });
}

export function insertSession(
  tx: Tx,
  row: Prisma.VisitorSessionUncheckedCreateInput,
): Promise<SessionRow> {
  return tx.visitorSession.create({ data: row });
}

/** Writes what a visit changed of its session. */
export async function writeSession(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Pick<SessionRow, 'lastSeenAt' | 'leases'>>,
): Promise<void> {
  await tx.visitorSession.update({
    where: { accountId_id: { accountId, id } },
    data: fields,
    select: { id: true },
  });
}

/** Stores page views; one that is stored already stays as it is. */
export async function insertPageViews(
  tx: Tx,
  accountId: string,
  pageViews: readonly (NewPageView & { companyId: string })[],
): Promise<void> {
  if (pageViews.length === 0) return;
  await tx.pageView.createMany({
    data: pageViews.map((view) => ({ accountId, ...view })),
    skipDuplicates: true,
  });
}

/** What a sign of life needs to know of its session. */
export interface LiveSession {
  id: string;
  companyId: string;
  visitorId: string;
  leases: number;
}

/** Those of these sessions that are not over, held until the transaction ends, always in the same order. */
export function holdLiveSessions(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  now: Date,
): Promise<LiveSession[]> {
  const sql = tenantSql(accountId);
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
  const startedAfter = new Date(now.getTime() - SESSION_MOST_MS);
  return sql`
    select id, company_id as "companyId", visitor_id as "visitorId", leases
      from visitor_session
     where account_id = ${sql.account} and id = any(${[...ids]}::uuid[])
       and last_seen_at > ${idleSince}::timestamptz and started_at > ${startedAfter}::timestamptz
     order by id
       for no key update`.rows<LiveSession>(tx);
}

/** One session, held until the transaction ends; null when there is none. */
export async function holdSession(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<{ leases: number } | null> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select leases from visitor_session
     where account_id = ${sql.account} and id = ${id}::uuid for no key update`.rows<{
    leases: number;
  }>(tx);
  return row ?? null;
}

/** Notes signs of life; one that is older than what is known changes nothing. */
export async function touchSessions(
  tx: Tx,
  accountId: string,
  signs: readonly { sessionId: string; at: Date }[],
): Promise<void> {
  if (signs.length === 0) return;
  const sql = tenantSql(accountId);
  await sql`
    update visitor_session s
       set last_seen_at = greatest(s.last_seen_at, n.at)
      from (select "sessionId" as id, max(at) as at
              from jsonb_to_recordset(${JSON.stringify(signs)}::jsonb)
                   as r("sessionId" uuid, at timestamptz)
             group by 1) n
     where s.account_id = ${sql.account} and s.id = n.id`.rows(tx);
}
