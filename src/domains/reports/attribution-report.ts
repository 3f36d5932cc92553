// Who may claim how much: interactions, leads and value credited by a model or by weights, and what was spent for them.
import { authorize } from '#domains/accounts/index.ts';
import type { CreditModel, PlaceWeights } from '#domains/attribution/index.ts';
import type { Db } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { COUNTED_KINDS } from './fact.ts';
import { shareManySided } from './many-sided.ts';
import { type Days, momentsOf } from './period.ts';
import { type CreditGroup, type CreditGroupBy, readCredits, touchOf } from './read-credits.ts';
import { type ReportWish, readScope } from './scope.ts';
import { MOST_GROUPS } from './summarise.ts';

export interface AttributionReport {
  days: Days;
  total: CreditGroup;
  groups: CreditGroup[];
  /** the newest day of the range with costs; null = none was imported */
  costsUntil: string | null;
}

/**
 * Shares the interactions that began on some days among what brought them.
 * @param wish.model a model, or weights as readCreditModel reads them
 * @param wish.first groups at most, 1 to 1,000
 * @throws Forbidden; Refused INVALID_INPUT, also for weights that are all 0, and for more many-sided interactions than
 *   weights can be shared out over
 */
export async function attributionReport(
  { db }: { db: Db },
  viewer: Viewer,
  wish: ReportWish & {
    model: CreditModel | PlaceWeights;
    groupBy: CreditGroupBy;
    first: number;
  },
): Promise<AttributionReport> {
  authorize(viewer, 'reports.read');
  const { groupBy, first } = wish;
  if (first < 1 || first > MOST_GROUPS) {
    throw invalidInput('first', `first takes 1 to ${MOST_GROUPS}, not ${first}.`);
  }
  const model = typeof wish.model === 'string' ? wish.model : modelOf(wish.model, groupBy);
  const { accountId, companyIds, days } = await readScope(db, viewer, wish);
  const moments = momentsOf(days, 'ALL');
  const models =
    typeof model !== 'string'
      ? (['EVERY_MODEL'] as const)
      : model === 'QUALIFIED'
        ? [model]
        : ([model, 'EVERY_MODEL'] as const);
  const cuts = models.map((one) => (groupBy === 'KEYWORD' ? (`${one}_KEYWORD` as const) : one));
  const sums = { accountId, companyIds, kinds: COUNTED_KINDS, cuts, trackerIds: null, moments };
  const shared =
    typeof model === 'string' ? null : await shareManySided(db, sums, model, touchOf(groupBy));
  return { days, ...(await readCredits(db, sums, days, groupBy, first, shared)) };
}

/** The model that comes to the same as weights, where its sums are kept; else the weights. */
function modelOf(weights: PlaceWeights, groupBy: CreditGroupBy): CreditModel | PlaceWeights {
  const { qualified, ...rest } = weights;
  const isQualifiedAlone = Object.values(rest).every((weight) => weight === 0);
  if (isQualifiedAlone && qualified === 0) {
    throw invalidInput('weights', 'weights takes at least one above 0: all 0 credit nothing.');
  }
  if (isQualifiedAlone) return 'QUALIFIED';
  // whatever touchpoints are given of it, all of an interaction is its company's
  return groupBy === 'COMPANY' ? 'FIRST_TOUCH' : weights;
}
