// The visitor's session goes on or begins, and the page view is stored: one transaction that holds the visitor, so that
// two tabs at once make one session, and a visit that comes twice changes nothing.
import type { DeviceClass } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { visitorSubject } from './events.ts';
import type { JudgedVisit } from './judge-visit.ts';
import { beginsSession, type OpenSession, setsSource } from './machine.ts';
import type { OpenSite } from './open-site.ts';
import {
  insertPageViews,
  insertSession,
  type NewPageView,
  readVisitor,
  type SessionRow,
  saveVisitor,
  sessionOfPageView,
  sourceSession,
  type VisitorKey,
  writeSession,
} from './store-sessions.ts';

/** A page that a visitor opened. */
export interface Visit {
  visitorId: string;
  url: string;
  /** empty when there was none */
  referrer: string;
  judged: JudgedVisit;
  /** of the judged words */
  sourceId: string;
  device: DeviceClass;
  customCookies: Record<string, string>;
  /** null: the page tells of itself later */
  pageView: Omit<NewPageView, 'sessionId'> | null;
}

/** The session of a visit, and the one that the visitor's source is taken from. */
export interface RecordedVisit {
  session: SessionRow;
  source: SessionRow;
  /** it began with this visit */
  isNew: boolean;
}

/** Records a visit. `tx` has written nothing yet. */
export async function recordVisit(
  { events }: Pick<Platform, 'events'>,
  tx: Tx,
  site: Pick<OpenSite, 'accountId' | 'companyId' | 'settings'>,
  visit: Visit,
  now: Date,
): Promise<RecordedVisit> {
  const { accountId, companyId } = site;
  const key: VisitorKey = { accountId, companyId, visitorId: visit.visitorId };
  await events.lock(tx, accountId, [visitorSubject(companyId, visit.visitorId)]);
  const { pageView } = visit;
  const stored = pageView && (await sessionOfPageView(tx, key, pageView.id));
  // whoever sends a page view's id of another visitor learns nothing of that one
  if (stored?.visitorId === visit.visitorId) return withSource(tx, key, stored, false);

  const visitor = await readVisitor(tx, key);
  const latest = visitor?.session ?? null;
  const isNew = beginsSession(latest && wordsOf(latest), arrivalOf(visit, now));
  const session = isNew
    ? await begin(tx, site, visit, { visitor, latest, now })
    : await goOn(tx, key, latest as SessionRow, now);
  if (pageView) {
    const sessionId = session.id;
    await insertPageViews(tx, accountId, [{ ...pageView, companyId, sessionId }]);
  }
  return withSource(tx, key, session, isNew);
}

async function begin(
  tx: Tx,
  { accountId, companyId, settings }: Pick<OpenSite, 'accountId' | 'companyId' | 'settings'>,
  visit: Visit,
  known: { visitor: { lastSeenAt: Date } | null; latest: SessionRow | null; now: Date },
): Promise<SessionRow> {
  const { visitorId, judged, url, referrer, device, customCookies } = visit;
  const { visitor, latest, now } = known;
  await saveVisitor(tx, { accountId, companyId, visitorId }, { now, isNew: visitor === null });
  // a page that was left open for an hour: what brought the visitor is still what did before
  const from =
    judged.isKept && latest
      ? { ...wordsOf(latest), sourceId: latest.sourceId, ruleId: latest.ruleId }
      : { ...judged.words, sourceId: visit.sourceId, ruleId: judged.ruleId };
  return insertSession(tx, {
    accountId,
    id: newId(),
    companyId,
    visitorId,
    sourceId: from.sourceId,
    network: from.network,
    medium: from.medium,
    campaign: from.campaign,
    term: from.term,
    content: from.content,
    clickIds: from.clickIds,
    ruleId: from.ruleId,
    sourceName: from.name,
    landingUrl: url,
    referrer,
    device,
    customCookies,
    setsSource: setsSource(visitor, arrivalOf(visit, now), settings),
    startedAt: now,
    lastSeenAt: now,
  });
}

async function goOn(tx: Tx, key: VisitorKey, session: SessionRow, now: Date): Promise<SessionRow> {
  await saveVisitor(tx, key, { now, isNew: false });
  await writeSession(tx, key.accountId, session.id, { lastSeenAt: now });
  return { ...session, lastSeenAt: now };
}

/** A session that was stored before, with the one that its visitor's source is taken from. */
export function recallVisit(tx: Tx, session: SessionRow): Promise<RecordedVisit> {
  return withSource(tx, session, session, false);
}

async function withSource(
  tx: Tx,
  key: VisitorKey,
  session: SessionRow,
  isNew: boolean,
): Promise<RecordedVisit> {
  if (session.setsSource) return { session, source: session, isNew };
  // the one that set it may be older than what is kept
  const source = (await sourceSession(tx, key, session.startedAt)) ?? session;
  return { session, source, isNew };
}

function arrivalOf({ judged, url }: Visit, now: Date) {
  return { ...judged, landingUrl: url, now };
}

/** A stored session as the machine knows it. */
export function wordsOf(row: SessionRow): OpenSession {
  const { network, sourceName: name, medium, campaign, term, content } = row;
  const { startedAt, lastSeenAt } = row;
  const clickIds = row.clickIds as Record<string, string>;
  return { network, name, medium, campaign, term, content, clickIds, startedAt, lastSeenAt };
}
