// To whom a rule writes now, and with whose rights: nobody is told by mail what they may not read.
import { currentRights } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import type { AlertRuleRow } from './store.ts';

export interface Recipient {
  /** lower case */
  address: string;
  /** what they are told is read as this viewer */
  viewer: Viewer;
}

/**
 * The recipient of a rule. A user is told what their role and companies allow now. Who cannot read for themselves (an
 * address that is nobody's, or a NOTIFICATION user in their companies) is told what the rule's maker gave and may still
 * read.
 * @returns null when there is nobody, or nothing is left that they might be told
 */
export async function findRecipient(
  accounts: Pick<Platform, 'db' | 'clock'>,
  rule: Pick<AlertRuleRow, 'accountId' | 'email' | 'userId' | 'maker' | 'makerScopes'>,
): Promise<Recipient | null> {
  const { accountId, email, userId } = rule;
  const byMaker = { accountId, actor: rule.maker, scopes: rule.makerScopes, companyIds: null };
  if (userId === null) return withRights(accounts, email, byMaker);
  const member = await accounts.db.prisma.membership.findUnique({
    where: { accountId_userId: { accountId, userId } },
    include: { user: { select: { email: true } } },
  });
  if (!member) return null;
  const companyIds = member.allCompanies ? null : member.companyIds;
  return withRights(
    accounts,
    member.user.email,
    member.role === 'NOTIFICATION'
      ? { ...byMaker, companyIds }
      : { accountId, actor: `user:${userId}`, scopes: SCOPES, companyIds },
  );
}

async function withRights(
  accounts: Pick<Platform, 'db' | 'clock'>,
  address: string | null,
  grant: Parameters<typeof currentRights>[1],
): Promise<Recipient | null> {
  const viewer = await currentRights(accounts, grant);
  return viewer && address !== null ? { address, viewer } : null;
}
