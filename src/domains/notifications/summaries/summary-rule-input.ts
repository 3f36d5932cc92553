// What somebody may set on a summary rule, and whether they may.
import { z } from 'zod';
import { authorize, may } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import { SCOPES } from '#values/scopes.ts';
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
 * Refuses a rule that the viewer may not set, by the rights of alert rules and of reports, and one that could tell its
 * user nothing: a NOTIFICATION user is told what the rule's maker may read, every other what they read themselves.
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
  const { companyId, userId } = scope;
  if (companyId !== null) authorize(viewer, 'reports.read', companyId);
  if (userId !== null && !(await readsReports(tx, viewer, userId, companyId))) {
    const which = companyId === null ? 'reports' : 'reports of this company';
    throw invalidInput(
      'userId',
      `This user may not read ${which}, so nothing would be sent: take another, or change their role or companies first.`,
    );
  }
}

async function readsReports(
  tx: Tx,
  { accountId, mode }: Viewer,
  userId: string,
  companyId: string | null,
): Promise<boolean> {
  const member = await tx.membership.findUniqueOrThrow({
    where: { accountId_userId: { accountId, userId } },
    select: { role: true, allCompanies: true, companyIds: true },
  });
  const { role } = member;
  const companyIds = member.allCompanies ? null : member.companyIds;
  const user: Viewer = {
    ...{ accountId, mode, role, companyIds, scopes: SCOPES },
    actor: { kind: 'user', id: userId },
  };
  return role === 'NOTIFICATION' || may(user, 'reports.read', companyId);
}
