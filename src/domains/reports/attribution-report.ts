// Who may claim how much: interactions, leads and value credited by a model, and what was spent for them.
import { authorize } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { COUNTED_KINDS, type CreditCut } from './fact.ts';
import { type Days, momentsOf } from './period.ts';
import { type CreditGroup, type CreditGroupBy, readCredits } from './read-credits.ts';
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
 * @param wish.first groups at most, 1 to 1,000
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function attributionReport(
  { db }: { db: Db },
  viewer: Viewer,
  wish: ReportWish & { model: CreditCut; groupBy: CreditGroupBy; first: number },
): Promise<AttributionReport> {
  authorize(viewer, 'reports.read');
  const { model, groupBy, first } = wish;
  if (first < 1 || first > MOST_GROUPS) {
    throw invalidInput('first', `first takes 1 to ${MOST_GROUPS}, not ${first}.`);
  }
  const { accountId, companyIds, days } = await readScope(db, viewer, wish);
  const moments = momentsOf(days, 'ALL');
  const models = model === 'QUALIFIED' ? [model] : ([model, 'EVERY_MODEL'] as const);
  const cuts = models.map((one) => (groupBy === 'KEYWORD' ? (`${one}_KEYWORD` as const) : one));
  const sums = { accountId, companyIds, kinds: COUNTED_KINDS, cuts, trackerIds: null, moments };
  return { days, ...(await readCredits(db, sums, days, groupBy, first)) };
}
