// What somebody may set on a summary rule, and whether they may.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorizeScope, checkScope } from '../alert-rule-input.ts';

export const frequencyShape = z.enum(['DAILY', 'WEEKLY', 'MONTHLY']);

export const hourShape = z
  .int('hour takes a full hour of the day: 0 to 23.')
  .min(0, 'hour takes a full hour of the day: 0 to 23.')
  .max(23, 'hour takes a full hour of the day: 0 to 23.');

/** To whom a rule writes, about which company; null = all that they may see. */
export interface SummaryScope {
  companyId: string | null;
  userId: string | null;
  email: string | null;
}

/**
 * Refuses a rule that the viewer may not set, by the rights of alert rules and of reports.
 * @throws Forbidden; Refused INVALID_INPUT; NOT_FOUND for a company or member that is none of the account's, or that the
 *   viewer does not see
 */
export async function checkSummaryScope(
  tx: Tx,
  viewer: Viewer,
  scope: SummaryScope,
): Promise<void> {
  const given = { ...scope, trackerId: null };
  await checkScope(tx, viewer, given);
  authorizeScope(viewer, given);
  if (scope.companyId !== null) authorize(viewer, 'reports.read', scope.companyId);
}
