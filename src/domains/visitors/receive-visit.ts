// A page was opened: what is stored of it, and which numbers it is to show.
import type { Platform } from '#platform/platform.ts';
import { CollectRefused } from './collect-refused.ts';
import { deviceClass } from './device-class.ts';
import { judgeVisit } from './judge-visit.ts';
import { COOLING_MS, HEARTBEAT_SECONDS, LEASE_MS } from './machine-pool.ts';
import type { OpenSite } from './open-site.ts';
import { planVisit } from './plan-visit.ts';
import { sourceOfVisit } from './source-of-visit.ts';
import {
  foreseePool,
  holdVisit,
  type Swap,
  swapsForBrowser,
  swapsOfSession,
  targetsOf,
} from './swaps.ts';
import { trustTime } from './trust-time.ts';
import { pickCookies, type VisitBody } from './visit-input.ts';
import type { VisitTurns } from './visit-turns.ts';

/** The browser, by its own word. */
export interface PageAgent {
  userAgent: string;
  /** Sec-CH-UA-Mobile */
  isMobile: string | undefined;
}

/** Whose requests come from one address. */
export interface Sender {
  /** the address, as a hash */
  id: string;
  /**
   * Counts a visitor of this company's who is seen for the first time.
   * @throws CollectRefused RATE_LIMITED when too many come from this address
   */
  bringsNewVisitor(companyId: string): Promise<void>;
}

/** What a page is told. */
export interface VisitAnswer {
  session: string | null;
  swaps: Swap[];
  /** every number of the company's pages that another may be shown for, E.164 */
  targets: string[];
  /** how long the swaps may be shown without asking again */
  keepSeconds: number;
  heartbeatSeconds: number;
  cookieDays: number;
}

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'limits'> & { turns: VisitTurns };

/**
 * Stores a visit and assigns its numbers. Without consent, and for bots, nothing is stored: the first are shown the
 * numbers of source trackers, the others what the page shows by itself.
 * @returns what the page is told; `isStored` when the same visit came before
 * @throws CollectRefused INVALID_INPUT when a visit with consent names no visitor; OVERLOADED; RATE_LIMITED
 */
export async function receiveVisit(
  platform: Needs,
  {
    site,
    agent,
    sender,
  }: { site: OpenSite; agent: PageAgent & { isBot: boolean }; sender: Sender },
  body: VisitBody,
): Promise<{ answer: VisitAnswer; isStored: boolean }> {
  if (agent.isBot) return { answer: answerOf(site, null, []), isStored: false };
  const judged = judgeVisit(site, body);
  if (body.consent === 'denied') {
    const swaps = swapsForBrowser(site, { ...body, ...judged });
    return { answer: answerOf(site, null, swaps), isStored: false };
  }
  const { visitor: visitorId, numbers } = body;
  if (!visitorId) {
    const message = 'visitor takes the browser’s UUID: with consent there is one.';
    throw new CollectRefused('INVALID_INPUT', message, { field: 'visitor' });
  }
  const { accountId, companyId } = site;
  const { id, url, referrer, title } = body;
  return platform.turns.take(companyId, async () => {
    const now = platform.clock.now(accountId);
    const visit = {
      visitorId,
      url,
      referrer,
      judged,
      sourceId: await sourceOfVisit(platform, site, judged.words, sender.id),
      device: deviceClass(agent.userAgent, agent.isMobile),
      customCookies: pickCookies(body.cookies, site.settings.customCookies),
      pageView: id ? { id, at: trustTime(body.at, now), url, referrer, title } : null,
    };
    return platform.db.pipedTransaction(async (tx) => {
      const steps = {
        hold: () => holdVisit(platform, tx, site, { visitorId, numbers }),
        foresee: () => foreseePool(tx, site, visit, numbers, now),
      };
      const planned = await planVisit(tx, site, visit, steps, now);
      // thrown here, it leaves nothing of the visit
      if (planned.isNewVisitor) await sender.bringsNewVisitor(companyId);
      const swaps = await swapsOfSession(platform, tx, site, planned, numbers, now);
      const { session, isStored } = planned;
      return { answer: answerOf(site, session.id, swaps), isStored };
    });
  });
}

function answerOf(site: OpenSite, session: string | null, swaps: Swap[]): VisitAnswer {
  return {
    session,
    swaps,
    targets: targetsOf(site),
    // as long as the number is most likely still the visitor's: the next visit corrects it
    keepSeconds: (LEASE_MS + COOLING_MS) / 1_000,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    cookieDays: site.settings.cookieDays,
  };
}
