// Reads which model the settings name, and what an account has used of it.
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

const HOSTS: Record<string, string> = {
  openai: 'api.openai.com',
  anthropic: 'api.anthropic.com',
  ollama: '127.0.0.1:11434',
};

/** The model of these settings, without its key; null when they name none. */
export function readAssistModel(
  config: Pick<Platform['config'], 'AI_MODEL' | 'AI_BASE_URL' | 'AI_REGION'>,
) {
  const { AI_MODEL: name, AI_BASE_URL: url, AI_REGION: region = null } = config;
  if (name === undefined) return null;
  const engine = name.slice(0, name.indexOf(':'));
  const host = url ? new URL(url).host : (HOSTS[engine] ?? '');
  return { engine, model: name.slice(engine.length + 1), host, region };
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
