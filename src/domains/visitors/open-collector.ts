// The collector of a process: takes what pages send, once it is known whose site they are. One per process; any number of
// processes may run beside each other.
import { isbot } from 'isbot';
import pLimit from 'p-limit';
import { shareOfPool, TooMuchWaits, writeTogether } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CollectRefused } from './collect-refused.ts';
import { hostOf } from './match-host.ts';
import { type OpenSite, openSite, siteOfOldKey } from './open-site.ts';
import { type PageAgent, receiveVisit, type Sender, type VisitAnswer } from './receive-visit.ts';
import { requireEnabled, requireOwn } from './require-own.ts';
import { type SignOfLife, type SignOutcome, writeSigns } from './signs-of-life.ts';
import { openTally, type TallyMark } from './site-tally.ts';
import { trustTime } from './trust-time.ts';
import { heartbeatShape, pageViewShape, readBody, visitShape } from './visit-input.ts';
import { openVisitTurns } from './visit-turns.ts';

/** Whose page speaks. */
export interface AdmittedPage {
  site: OpenSite;
  agent: PageAgent;
  sender: Sender;
}

export interface Collector {
  /**
   * The site of a page.
   * @param key as it stands in the page
   * @param origin the Origin header, which browsers set and pages cannot
   * @param isForm forms of other domains are refused by a word of their own
   * @throws CollectRefused UNKNOWN_KEY, FOREIGN_ORIGIN, FORM_DOMAIN_NOT_ALLOWED
   */
  admit(key: unknown, origin: string | undefined, isForm?: boolean): Promise<OpenSite>;
  /** A page was opened. Throws CollectRefused INVALID_INPUT, SITE_DISABLED, RATE_LIMITED, OVERLOADED. */
  visit(page: AdmittedPage, body: unknown): Promise<VisitAnswer>;
  /** A page was opened within a session. Throws CollectRefused INVALID_INPUT, SITE_DISABLED, SESSION_OVER, OVERLOADED. */
  pageView(page: AdmittedPage, body: unknown): Promise<void>;
  /** The visitor is still there. Throws as pageView does. */
  heartbeat(page: AdmittedPage, body: unknown): Promise<void>;
  /** Writes what was taken, then ends. */
  stop(): Promise<void>;
}

/** what is written within seconds; whoever comes after it is to come again */
const MOST_WAITING = 10_000;

/**
 * Opens the collector.
 * @param options.mostWaiting page views and heartbeats that wait to be written; whoever sends more is told OVERLOADED
 */
export function openCollector(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'limits' | 'log'>,
  { mostWaiting = MOST_WAITING }: { mostWaiting?: number } = {},
): Collector {
  const { db, clock } = platform;
  const inTurn = pLimit(shareOfPool(db, 'signs'));
  const signs = writeTogether<SignOfLife, SignOutcome>(
    (rows) => writeSigns(platform, rows, inTurn),
    { mostWaiting },
  );
  const tally = openTally(platform);
  const turns = openVisitTurns({ atOnce: shareOfPool(db, 'visits') });
  const now = (accountId: string) => clock.now(accountId);

  const count = (
    { accountId, companyId }: OpenSite,
    counts: TallyMark['counts'],
    seen: NonNullable<TallyMark['seen']> = [],
  ) => tally.add({ accountId, companyId, at: now(accountId), counts, seen });

  const send = async (sign: SignOfLife): Promise<void> => {
    const outcome = await signs.write(sign).catch((error: unknown) => {
      if (!(error instanceof TooMuchWaits)) throw error;
      throw new CollectRefused('OVERLOADED', 'Too much comes in at once. Send it again shortly.');
    });
    if (outcome === 'OVER' || (outcome === 'LOST' && !sign.pageView)) throw over();
  };
  /** Who the sign is of; null for a bot, of which nothing is kept. */
  const open = <Body extends { visitor: string; session: string; at: number }>(
    { site, agent }: AdmittedPage,
    body: Body,
  ) => {
    requireEnabled(site);
    if (isbot(agent.userAgent)) return null;
    const { accountId, companyId } = site;
    const at = trustTime(body.at, now(accountId));
    return { accountId, companyId, visitorId: body.visitor, sessionId: body.session, at };
  };

  return {
    async admit(key, origin, isForm) {
      const site = typeof key === 'string' ? await openSite(db, key, now) : null;
      if (!site) {
        const old = typeof key === 'string' ? await siteOfOldKey(db, key) : null;
        if (old) count(old, ['oldKeyVisits']);
        const message =
          'key takes the publishable key of a site, as Company.site tells it; nobody has this one.';
        throw new CollectRefused('UNKNOWN_KEY', message, { field: 'key' });
      }
      try {
        requireOwn(site, origin, isForm ? 'FORM_DOMAIN_NOT_ALLOWED' : 'FOREIGN_ORIGIN');
      } catch (refused) {
        const host = hostOf(origin ?? '');
        count(site, ['foreignVisits'], host ? [{ kind: 'FOREIGN_HOST', value: host }] : []);
        throw refused;
      }
      return site;
    },
    async visit({ site, agent, sender }, given) {
      const body = readBody(visitShape, given);
      requireEnabled(site);
      requireOwn(site, body.url);
      const isBot = isbot(agent.userAgent);
      const page = { site, agent: { ...agent, isBot }, sender };
      const { answer, isStored } = await receiveVisit({ ...platform, turns }, page, body);
      if (isBot) return answer;
      if (body.consent === 'denied') count(site, ['visits', 'deniedVisits']);
      else {
        const targets = body.numbers.filter((number) => answer.targets.includes(number));
        const isUnserved = targets.length > 0 && answer.swaps.length === 0;
        count(
          site,
          [
            // a page that asks again, or did not hear the answer, is no further visit
            ...(isStored ? [] : (['visits'] as const)),
            ...(targets.length > 0 ? (['targetVisits'] as const) : []),
            ...(isUnserved ? (['unservedVisits'] as const) : []),
          ],
          [
            { kind: 'HOST', value: hostOf(body.url) ?? '' },
            { kind: 'SCRIPT', value: String(body.script) },
            ...targets.map((value) => ({ kind: 'TARGET', value }) as const),
          ],
        );
      }
      return answer;
    },
    async pageView(page, given) {
      const body = readBody(pageViewShape, given);
      requireOwn(page.site, body.url);
      const sign = open(page, body);
      const { id, url, referrer, title } = body;
      if (sign) {
        const pageView = { id, at: sign.at, url, referrer, title };
        await send({ ...sign, pageView, dialled: null, shows: true });
      }
    },
    async heartbeat(page, given) {
      const body = readBody(heartbeatShape, given);
      const sign = open(page, body);
      const dialled = body.event === 'tel_click' ? (body.number ?? null) : null;
      if (sign) await send({ ...sign, pageView: null, dialled, shows: body.shows });
    },
    async stop() {
      await signs.stop();
      await tally.stop();
    },
  };
}

function over(): CollectRefused {
  const message =
    'The session is over, or a number that it showed is no longer its own. Send a visit.';
  return new CollectRefused('SESSION_OVER', message);
}
