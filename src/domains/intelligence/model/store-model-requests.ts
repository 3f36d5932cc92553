// The only writer of the table model_request: who is asking a model for what, and what that cost. What one may use in a
// month is held back before it is asked, so that many at once do not pass the limit together.
import { monthOf } from '#domains/agents/index.ts';
import type { ModelRequest } from '#generated/prisma/client.ts';
import type { ModelRequestPurpose } from '#generated/prisma/enums.ts';
import type { Assist, Usage } from '#platform/ai/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';

/** A run that a model is asked for. */
export interface ModelRun {
  accountId: string;
  companyId: string;
  purpose: ModelRequestPurpose;
  key: string;
  engine: string;
  model: string;
  promptVersion: string;
}

/** Held while the budget is counted. */
export const BUDGET_SUBJECT = 'model-budget';

/** How much of a month's tokens may be used when a call gone by is read again: the rest is for those that come in. */
const SHARE_OF_PAST = 0.5;

/** The tokens that an account has used since a moment, those held back with them. */
export async function tokensSince(tx: Tx, accountId: string, since: Date): Promise<number> {
  const { _sum: sum } = await tx.modelRequest.aggregate({
    where: { accountId, at: { gte: since } },
    _sum: { reservedTokens: true, tokensIn: true, tokensOut: true },
  });
  return (sum.reservedTokens ?? 0) + (sum.tokensIn ?? 0) + (sum.tokensOut ?? 0);
}

/** When the account's month began and the next one begins, in its zone. */
export async function budgetMonth(tx: Tx, accountId: string, now: Date) {
  const { timeZone } = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { timeZone: true },
  });
  return monthOf(now, timeZone);
}

/**
 * Holds tokens back for a run. The caller holds BUDGET_SUBJECT.
 * @param reserve how many it may take, at most
 * @param isPast it is a call gone by, for which only a part of the month's tokens is there
 * @returns which try this is, from 1; over-budget; busy while another process asks for the same
 */
export async function openModelRequest(
  tx: Tx,
  run: ModelRun,
  {
    now,
    reserve,
    leaseUntil,
    assist,
    isPast,
  }: { now: Date; reserve: number; leaseUntil: Date; assist: Assist; isPast: boolean },
): Promise<number | 'busy' | 'over-budget'> {
  const { accountId, companyId, purpose, key, engine, model, promptVersion } = run;
  const where = { accountId_key: { accountId, key } };
  const row = await tx.modelRequest.findUnique({ where });
  // also while an answer that is paid for waits to be stored
  if (row && row.leaseUntil > now) return 'busy';
  const { beginsAt } = await budgetMonth(tx, accountId, now);
  const most = assist.monthlyTokens * (isPast ? SHARE_OF_PAST : 1);
  if ((await tokensSince(tx, accountId, beginsAt)) + reserve > most) {
    return 'over-budget';
  }
  const open = { state: 'OPEN', reservedTokens: reserve, at: now, leaseUntil } as const;
  const isOfBefore = row !== null && row.at < beginsAt;
  if (isOfBefore) await leaveInItsMonth(tx, row, assist);
  const before = isOfBefore ? row.tries : 0;
  const { tries } = await tx.modelRequest.upsert({
    where,
    create: {
      ...{ accountId, companyId, purpose, key, engine, model, promptVersion, ...open },
      tries: before + 1,
    },
    update: {
      ...{ ...open, failure: null, tries: { increment: 1 } },
      // its process died: what it had used nobody knows
      ...(row?.state === 'OPEN' && usedUnknown(row, assist)),
    },
  });
  return tries;
}

/** Of a try whose process died all that was held back counts as used, and as paid for. */
const usedUnknown = ({ reservedTokens }: ModelRequest, { priceIn }: Assist) => ({
  tokensIn: { increment: reservedTokens },
  priceMicros: { increment: Math.round(reservedTokens * priceIn) },
});

/** What earlier tries took stays in the month that they were begun in: the try of another one is a row of its own. */
async function leaveInItsMonth(tx: Tx, row: ModelRequest, assist: Assist): Promise<void> {
  const { accountId, key, state, tries } = row;
  await tx.modelRequest.update({
    where: { accountId_key: { accountId, key } },
    data: {
      key: `${key}#${tries}`,
      ...(state === 'OPEN' && {
        ...{ state: 'FAILED', failure: 'MODEL_UNAVAILABLE', reservedTokens: 0 },
        ...usedUnknown(row, assist),
      }),
    },
  });
}

/**
 * Writes what a run has cost, and gives back what was held for it. Without usage, all of that counts as used.
 * @param end.retryAt when it may be asked again, where nothing is stored of this try
 * @param end.tries of which try this is the end: one that another took the place of writes nothing; absent = of any
 */
export async function closeModelRequest(
  tx: Tx,
  { accountId, key }: Pick<ModelRun, 'accountId' | 'key'>,
  end: {
    failure: string | null;
    assist: Assist;
    usage: Usage | null;
    durationMs: number;
    dropped: number;
    tries?: number;
    retryAt?: Date;
  },
): Promise<void> {
  const where = { accountId_key: { accountId, key } };
  const row = await tx.modelRequest.findUnique({ where });
  if (row?.state !== 'OPEN' || (end.tries ?? row.tries) !== row.tries) return;
  const { failure, assist, durationMs, dropped } = end;
  const usage = end.usage ?? { tokensIn: row.reservedTokens, tokensOut: 0, requests: 0 };
  const price = usage.tokensIn * assist.priceIn + usage.tokensOut * assist.priceOut;
  await tx.modelRequest.update({
    where,
    data: {
      ...{ state: failure === null ? 'DONE' : 'FAILED', failure, reservedTokens: 0 },
      tokensIn: { increment: usage.tokensIn },
      tokensOut: { increment: usage.tokensOut },
      requests: { increment: usage.requests },
      durationMs: { increment: Math.round(durationMs) },
      priceMicros: { increment: Math.round(price) },
      dropped,
      ...(end.retryAt && { leaseUntil: end.retryAt }),
    },
  });
}

/** Closes what a dead process left open: what was held for it counts as used. */
export function closeDead(
  db: Pick<Db, 'transaction'>,
  run: Pick<ModelRun, 'accountId' | 'key'>,
  assist: Assist,
): Promise<void> {
  const end = { failure: 'MODEL_UNAVAILABLE', assist, usage: null, durationMs: 0, dropped: 0 };
  return db.transaction((tx) => closeModelRequest(tx, run, end));
}
