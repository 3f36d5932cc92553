// The only writer of the tables insight_run, insight and insight_signal.
import type { Insight, InsightRating, Prisma } from '#generated/prisma/client.ts';
import { RULES_ENGINE, type Signal, type TaskOwner } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { insertTasks } from '../action-tasks/store-action-tasks.ts';
import type { QuotePlace } from './judge/match-quote.ts';
import type { Reading } from './run-key.ts';
import { applyReview, dropReviews, openDigest, recallReviews } from './store-reviews.ts';

/** One item of an insight as it is kept: the words that show it stand in the transcript, not here. */
export interface StoredItem extends QuotePlace {
  text: string;
  /** -1 to 1 where it is a mood, 0 to 1 where it judges a criterion, else null */
  score: number | null;
  signal?: Signal;
  criterion?: string;
  owner?: TaskOwner;
  due?: string;
}

/** An insight to be stored. */
export type DrawnInsight = Pick<Insight, 'kind' | 'text'> &
  Partial<Pick<Insight, 'leadScore' | 'subject'>> & { items: StoredItem[] };

/** A run: a reading of this transcript. */
export interface RunKey extends Reading {
  transcriptId: string;
  /** how often that had been edited */
  edits: number;
  /** of the rubric that a model was asked by; null = it was asked by none */
  rubricVersion: number | null;
}

/** What came of a run; null while there is none. */
export function findRun(
  tx: Tx,
  { accountId, key }: Pick<RunKey, 'accountId' | 'key'>,
): Promise<{ failure: string | null; at: Date } | null> {
  const where = { accountId_key: { accountId, key } };
  return tx.insightRun.findUnique({ where, select: { failure: true, at: true } });
}

/** Whether insights of a transcript's words as they stand are there. */
export async function hasInsights(
  tx: Tx,
  { accountId, transcriptId, edits }: Pick<RunKey, 'accountId' | 'transcriptId' | 'edits'>,
): Promise<boolean> {
  const where = { accountId, transcriptId, edits, failure: null };
  return (await tx.insightRun.count({ where })) > 0;
}

/**
 * Writes what an engine drew from a talk, or why it drew nothing. What people said of what was drawn before is said of what
 * takes its place.
 */
export async function storeRun(
  tx: Tx,
  secrets: Secrets,
  run: RunKey,
  { at, failure, dropped }: { at: Date; failure: string | null; dropped: number },
  insights: readonly DrawnInsight[],
): Promise<void> {
  const { accountId } = run;
  const runId = newId();
  const digest = openDigest(secrets, run);
  const before = await recallReviews(tx, run, digest);
  await tx.insightRun.create({ data: { ...run, id: runId, at, failure, dropped } });
  const drawn = insights.map((insight) => ({
    ...applyReview(insight, before.get(insight.kind), digest),
    id: newId(),
  }));
  await tx.insight.createMany({
    data: drawn.map((insight) => ({
      ...{ accountId, runId, ...insight },
      generatedAt: at,
      items: insight.items as unknown as Prisma.InputJsonArray,
    })),
  });
  await tx.insightSignal.createMany({
    data: drawn.flatMap(({ id: insightId, items, removedSignals }) =>
      signalsOf(items)
        .filter((signal) => !removedSignals.includes(signal))
        .map((signal) => ({ accountId, insightId, signal })),
    ),
  });
  for (const { kind, id: insightId, items } of drawn) {
    if (kind !== 'ACTION_PLAN') continue;
    const call = await callOf(tx, accountId, run.transcriptId);
    const known = before.get(kind)?.tasks ?? [];
    await insertTasks(tx, { accountId, insightId, ...call }, items, known, digest);
  }
  await dropReviews(
    tx,
    run,
    drawn.map(({ kind }) => kind),
  );
}

async function callOf(tx: Tx, accountId: string, id: string) {
  const { call } = await tx.transcript.findUniqueOrThrow({
    where: { accountId_id: { accountId, id } },
    select: { call: { select: { id: true, companyId: true } } },
  });
  return { callId: call.id, companyId: call.companyId };
}

/** The signals that these items tell of, each once. */
export function signalsOf(items: readonly StoredItem[]): Signal[] {
  return [...new Set(items.flatMap(({ signal }) => signal ?? []))];
}

/** Whether a language model was to read a transcript, whatever came of it. */
export async function hasRunOfModel(
  tx: Tx,
  accountId: string,
  transcriptId: string,
): Promise<boolean> {
  const where = { accountId, transcriptId, engine: { not: RULES_ENGINE } };
  return (await tx.insightRun.count({ where })) > 0;
}

/** Deletes the runs over a transcript, and what they drew with the tasks of it. */
export async function deleteRuns(tx: Tx, accountId: string, transcriptId: string): Promise<void> {
  await tx.insightRun.deleteMany({ where: { accountId, transcriptId } });
}

/** What a person puts in place of what was drawn. */
export type Corrections = Partial<
  Pick<Insight, 'subject' | 'leadScore' | 'drawnLeadScore' | 'removedSignals' | 'correctedBy'>
>;

/** Writes which signals an insight tells of, in place of those that it told of. */
export async function writeSignals(
  tx: Tx,
  { accountId, id: insightId }: Pick<Insight, 'accountId' | 'id'>,
  signals: readonly Signal[],
): Promise<void> {
  await tx.insightSignal.deleteMany({ where: { accountId, insightId } });
  await tx.insightSignal.createMany({
    data: signals.map((signal) => ({ accountId, insightId, signal })),
  });
}

/** Writes what somebody made of an insight, and raises its version. */
export function writeInsight(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Corrections & {
    text: string;
    edited: boolean;
    hidden: boolean;
    rating: InsightRating | null;
    reviewedBy: string;
    reviewedAt: Date;
  },
): Promise<Insight> {
  return tx.insight.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** Writes that somebody has approved a draft as it stands in this version, which that raises. */
export function approveDraft(
  tx: Tx,
  accountId: string,
  { id, version }: Pick<Insight, 'id' | 'version'>,
  { approvedBy, at }: { approvedBy: string; at: Date },
): Promise<Insight> {
  return tx.insight.update({
    where: { accountId_id: { accountId, id } },
    data: {
      ...{ approvedBy, reviewedBy: approvedBy, reviewedAt: at },
      ...{ version: version + 1, approvedVersion: version + 1 },
    },
  });
}
