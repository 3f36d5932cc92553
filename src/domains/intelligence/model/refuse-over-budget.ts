// Whether what somebody asks for now still fits into the month's tokens: who asks is told at once. The job judges again.
import type { Assist, Conversation } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import { budgetMonth, tokensSince } from './store-model-requests.ts';

/**
 * Refuses conversations that may take more tokens than the account has left in this month.
 * @throws Refused LIMIT_REACHED, with the limit, what is used, and when the next month begins
 */
export async function refuseOverBudget(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: string,
  { reader, monthlyTokens: limit }: Assist,
  conversations: readonly Conversation[],
): Promise<void> {
  const { beginsAt, resetsAt } = await budgetMonth(db.prisma, accountId, clock.now(accountId));
  const current = await tokensSince(db.prisma, accountId, beginsAt);
  const most = conversations.reduce((sum, one) => sum + reader.mostTokens(one), 0);
  if (current + most <= limit) return;
  throw policyRefused(
    'LIMIT_REACHED',
    `The account has used ${current} of its ${limit} tokens of this month, and this may take ${most}. Ask again once the next month has begun, or have whoever runs the server raise AI_MONTHLY_TOKENS.`,
    { figures: { limit, current, retryAt: resetsAt } },
  );
}
