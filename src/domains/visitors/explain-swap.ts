// Which tracker's number a page would show to a visitor who comes for the first time: the same choice as that of visits,
// without one.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { readSwapTrackers } from '#domains/numbers/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { judgeVisit } from './judge-visit.ts';
import { chooseTrackers } from './sources/choose-trackers.ts';
import { rulesOf } from './sources/rules/store-rules.ts';
import { readSite } from './store-sites.ts';
import { targetsOf } from './swaps.ts';
import { MAX_NUMBERS, MAX_URL, shownNumbersShape } from './visit-input.ts';

/** cut where the judge of sources cuts */
const address = z.string().transform((text) => text.slice(0, MAX_URL));

const shape = z.object({
  companyId: z.uuid(),
  /** whatever stands in it */
  url: address,
  /** null or '' = none */
  referrer: address.nullish(),
  /** null: the company's own targets */
  numbers: shownNumbersShape.nullish(),
});

/** What would be shown in the place of one number, and why. */
export interface ExplainedSwap {
  /** E.164 */
  target: string;
  /** null: the page's own number stays */
  trackerId: string | null;
  /** E.164; null where the page's own number stays, and for a pool, which lends each visitor another */
  number: string | null;
  /** 1 = landing page, 2 = specific referrer, 3 = group of referrers, 4 = always, 5 = pool; null without tracker */
  rank: number | null;
  /** the others that fit, best first */
  runnerUpIds: string[];
  /** in English */
  explanation: string;
}

/**
 * Chooses the trackers as if a visitor came now, with consent and for the first time.
 * @throws Forbidden; Refused NOT_FOUND (company), INVALID_INPUT
 */
export async function explainSwap(
  { db }: { db: Db },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ExplainedSwap[]> {
  authorize(viewer, 'sources.explain', request.companyId);
  const { companyId, url, referrer: told, numbers } = parseInput(shape, request);
  const { accountId } = viewer;
  const where = { accountId_id: { accountId, id: companyId } };
  const company = await db.prisma.company.findUnique({ where, select: { status: true } });
  if (!company) throw notFound('companyId', 'Company');
  const [rules, site, trackers] = await Promise.all([
    rulesOf(db, accountId, companyId),
    readSite(db.prisma, accountId, companyId),
    readSwapTrackers(db, accountId, companyId),
  ]);
  const referrer = told ?? '';
  const targets = targetsOf({ trackers });
  const wanted = numbers ?? targets.slice(0, MAX_NUMBERS);
  const { words } = judgeVisit(
    { settings: { domains: site?.domains ?? [] }, rules },
    { url, referrer },
  );
  const isOff = site?.enabled === false || company.status !== 'ACTIVE';
  const visit = { landingUrl: url, referrer, verdict: words };
  const choices = isOff ? [] : chooseTrackers(trackers, visit, wanted);
  const chosen = new Map(choices.map((choice) => [choice.target, choice]));
  return wanted.map((target) => {
    const choice = chosen.get(target);
    if (!choice) return unswapped(target, isOff, targets.includes(target));
    const { tracker, rank, runnersUp, explanation } = choice;
    return {
      ...{ target, trackerId: tracker.id, rank, explanation },
      number: tracker.type === 'SOURCE' ? (tracker.numbers[0]?.number ?? null) : null,
      runnerUpIds: runnersUp.map(({ id }) => id),
    };
  });
}

function unswapped(target: string, isOff: boolean, isTarget: boolean): ExplainedSwap {
  const stays = 'the page’s own number stays.';
  const explanation = isOff
    ? `The company or its site is switched off: ${stays}`
    : isTarget
      ? `No tracker for this number has a number in service and fits the visit: ${stays}`
      : `No active tracker of the company is for this number: ${stays}`;
  return { target, trackerId: null, number: null, rank: null, runnerUpIds: [], explanation };
}
