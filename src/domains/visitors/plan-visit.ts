// What a visit is to change: the visitor's session goes on or begins, and the page view is stored. The visitor is held
// before anything is read, so that two tabs at once make one session, and a visit that comes twice changes nothing.
import type { DeviceClass } from '#generated/prisma/enums.ts';
import { inOneTrip, type SqlTx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { JudgedVisit } from './judge-visit.ts';
import type { ForeseenPool } from './lease-numbers.ts';
import { beginsSession, goesOn, type OpenSession, setsSource } from './machine.ts';
import type { OpenSite } from './open-site.ts';
import {
  holdSession,
  type KnownVisitor,
  type NewPageView,
  readVisitor,
  type SessionRow,
  saveVisit,
  sourceSession,
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
export interface PlannedVisit {
  session: SessionRow;
  source: SessionRow;
  /** it began with this visit */
  isNew: boolean;
  /** it came before: nothing of it is written or counted again */
  isStored: boolean;
  /** nothing was known of its visitor */
  isNewVisitor: boolean;
  /** Writes it, and holds the session's row: called once, before a number is asked for. */
  write: () => Promise<void>;
  /** of a newcomer: what `foresee` answered */
  foreseen: ForeseenPool | null;
}

/**
 * Judges what a visit changes, and writes nothing yet.
 * @param steps.hold holds what the visit changes (`holdVisit`): called once, before anything else
 * @param steps.foresee asks the pool that a newcomer would be given a number of (`foreseePool`), along with the question
 *   whether the visitor is one
 */
export async function planVisit(
  tx: SqlTx,
  site: Pick<OpenSite, 'accountId' | 'companyId' | 'settings'>,
  visit: Visit,
  steps: { hold: () => Promise<void>; foresee: () => Promise<ForeseenPool | null> },
  now: Date,
): Promise<PlannedVisit> {
  const { accountId, companyId } = site;
  const { visitorId, pageView } = visit;
  const read = () => readVisitor(tx, { accountId, companyId, visitorId }, pageView?.id ?? null);
  const [, known, foreseen] = await inOneTrip(tx, steps.hold, read, steps.foresee);
  if (known?.stored) return storedVisit(tx, known.stored, known.source);

  const latest = known?.latest ?? null;
  const isNew = !latest || beginsSession(wordsOf(latest), arrivalOf(visit, now), site.settings);
  const session = isNew ? begin(site, visit, known, now) : goOn(latest, visit, now);
  const write = () => saveVisit(tx, session, pageView);
  const isNewVisitor = !known;
  return {
    ...withSource(session, known?.source ?? null),
    ...{ isNew, isStored: false, isNewVisitor, write, foreseen },
  };
}

/** Nothing of it is written again. */
function storedVisit(tx: SqlTx, stored: SessionRow, source: SessionRow | null): PlannedVisit {
  const write = () => holdSession(tx, stored.accountId, stored.id);
  return {
    ...withSource(stored, source),
    isNew: false,
    isStored: true,
    isNewVisitor: false,
    write,
    foreseen: null,
  };
}

/** A cookie that was set after the session began is kept with it; one that is known stays as it was. */
function goOn(latest: SessionRow, { customCookies }: Visit, now: Date): SessionRow {
  const known = latest.customCookies as Record<string, string>;
  return { ...latest, lastSeenAt: now, customCookies: { ...customCookies, ...known } };
}

function begin(
  { accountId, companyId, settings }: Pick<OpenSite, 'accountId' | 'companyId' | 'settings'>,
  visit: Visit,
  known: KnownVisitor | null,
  now: Date,
): SessionRow {
  const { visitorId, judged, url, referrer, device, customCookies } = visit;
  const latest = known?.latest ?? null;
  const arrival = arrivalOf(visit, now);
  const before = [known?.latest, known?.source].flatMap((row) => (row ? [wordsOf(row)] : []));
  const isGoingOn = goesOn(before, arrival);
  const isSetting = setsSource(known, arrival, settings, isGoingOn);
  // a page that was left open for an hour: what brought the visitor is still what did before
  const from =
    arrival.isKept && latest
      ? {
          ...wordsOf(latest),
          sourceId: latest.sourceId,
          ruleId: latest.ruleId,
          rulesVersion: latest.rulesVersion,
        }
      : {
          ...judged.words,
          sourceId: visit.sourceId,
          ruleId: judged.ruleId,
          rulesVersion: judged.rulesVersion,
        };
  return {
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
    rulesVersion: from.rulesVersion,
    sourceName: from.name,
    landingUrl: url,
    referrer,
    device,
    customCookies,
    setsSource: isSetting,
    bringsSource: isSetting || !(isGoingOn || arrival.isDirect),
    leases: 0,
    askedPools: [],
    startedAt: now,
    lastSeenAt: now,
  };
}

/** A visit that was stored before. */
export async function recallVisit(tx: SqlTx, session: SessionRow): Promise<PlannedVisit> {
  const source = session.setsSource ? null : await sourceSession(tx, session, session.startedAt);
  return storedVisit(tx, session, source);
}

/** @param source null: the session that set it is older than what is kept */
function withSource(session: SessionRow, source: SessionRow | null) {
  return { session, source: session.setsSource ? session : (source ?? session) };
}

function arrivalOf({ judged, url, referrer }: Visit, now: Date) {
  // a tab that wakes names its own page, whose address may still tell of a campaign
  return { ...judged, isKept: judged.isKept || url === referrer, landingUrl: url, now };
}

/** A stored session as the machine knows it. */
export function wordsOf(row: SessionRow): OpenSession {
  const { network, sourceName: name, medium, campaign, term, content } = row;
  const { landingUrl, startedAt, lastSeenAt } = row;
  const clickIds = row.clickIds as Record<string, string>;
  const words = { network, name, medium, campaign, term, content, clickIds };
  return { ...words, landingUrl, startedAt, lastSeenAt };
}
