// Reads which model the settings name, and what an account has used of it.
import { nameModel } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { budgetMonth, tokensSince } from './store-model-requests.ts';

/** What an account has used in its month. */
export interface ModelUse {
  tokens: number;
  monthlyTokens: number;
  requests: number;
  failed: number;
  dropped: number;
  costMicros: number;
  resetsAt: Date;
}

/** The model of these settings, without its key; null when they name none. */
export function readAssistModel(
  config: Pick<Platform['config'], 'AI_MODEL' | 'AI_BASE_URL' | 'AI_REGION'>,
) {
  const named = nameModel(config);
  if (!named) return null;
  const { provider: engine, model, url } = named;
  return { engine, model, host: new URL(url).host, region: config.AI_REGION ?? null };
}

/** What the account has used in this month. The caller has seen that the viewer may know. */
export async function readModelUse(
  { db, clock, config }: Pick<Platform, 'db' | 'clock' | 'config'>,
  accountId: string,
): Promise<ModelUse> {
  const { beginsAt, resetsAt } = await budgetMonth(db.prisma, accountId, clock.now(accountId));
  const where = { accountId, at: { gte: beginsAt } };
  const { _sum: sum } = await db.prisma.modelRequest.aggregate({
    where,
    _sum: { requests: true, dropped: true, priceMicros: true },
  });
  return {
    tokens: await tokensSince(db.prisma, accountId, beginsAt),
    monthlyTokens: config.AI_MONTHLY_TOKENS,
    requests: sum.requests ?? 0,
    failed: await db.prisma.modelRequest.count({ where: { ...where, state: 'FAILED' } }),
    dropped: sum.dropped ?? 0,
    costMicros: Number(sum.priceMicros ?? 0n),
    resetsAt,
  };
}
