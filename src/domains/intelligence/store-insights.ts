// The only writer of the tables insight_run and insight.
import type { Insight, InsightRating, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { QuotePlace } from './find-quote.ts';

/** One item of an insight as it is kept: its words stand in the transcript, not here. */
export interface StoredItem extends QuotePlace {
  text: string;
  /** -1 to 1 where it is a mood, else null */
  score: number | null;
}

/** A run: this engine has read this transcript. */
export interface RunKey {
  accountId: string;
  transcriptId: string;
  engine: string;
}

/** Whether this engine has read this transcript. */
export async function hasRun(tx: Tx, run: RunKey): Promise<boolean> {
  const where = { accountId_transcriptId_engine: run };
  return (await tx.insightRun.findUnique({ where, select: { engine: true } })) !== null;
}

/** Writes what an engine drew from a transcript, or why it drew nothing. */
export async function storeRun(
  tx: Tx,
  run: RunKey,
  { at, failure }: { at: Date; failure: string | null },
  insights: readonly (Pick<Insight, 'kind' | 'model' | 'text'> & { items: StoredItem[] })[],
): Promise<void> {
  await tx.insightRun.create({ data: { ...run, at, failure } });
  await tx.insight.createMany({
    data: insights.map((insight) => ({
      ...run,
      ...insight,
      id: newId(),
      generatedAt: at,
      items: insight.items as unknown as Prisma.InputJsonArray,
    })),
  });
}

/** Writes what somebody made of an insight, and raises its version. */
export function writeInsight(
  tx: Tx,
  accountId: string,
  id: string,
  fields: {
    text: string;
    edited: boolean;
    hidden: boolean;
    rating: InsightRating | null;
    reviewedBy: string;
  },
): Promise<Insight> {
  return tx.insight.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
  });
}
