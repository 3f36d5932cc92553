// What people said of a transcript's readings outlives them, without any words: those may hold what is to be hidden by now. It
// is told by what was drawn, under a key, so that nobody finds out by trying what that said. The only writer of kept_review.
import type { Insight, InsightKind, KeptReview, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { KnownTask } from '../action-tasks/store-action-tasks.ts';
import type { DrawnInsight, StoredItem } from './store-insights.ts';

/** What people said of an insight and of its tasks. */
export interface Review extends Omit<KeptReview, 'accountId' | 'transcriptId' | 'kind' | 'tasks'> {
  tasks: KnownTask[];
}

interface Place {
  accountId: string;
  transcriptId: string;
}

/** Tells what words of a transcript's readings say by a MAC: the same for the same, and nothing of them. */
export type Digest = (words: unknown) => string;

/** The digest of a transcript's readings. */
export function openDigest({ sign }: Secrets, { accountId, transcriptId }: Place): Digest {
  return (words) => sign(JSON.stringify(words), `review:${accountId}:${transcriptId}`);
}

/** What an insight tells, wherever in the talk that stands. */
function tellDrawn(
  digest: Digest,
  items: readonly StoredItem[],
  leadScore: DrawnInsight['leadScore'],
): string {
  const said = items.map(({ text, score, signal, criterion }) => [text, score, signal, criterion]);
  return digest([said, leadScore ?? null]);
}

/** What was said last of each kind of insight of a transcript, also of those that were forgotten. */
export async function recallReviews(
  tx: Tx,
  { accountId, transcriptId }: Place,
  digest: Digest,
): Promise<Map<InsightKind, Review>> {
  const kept = await tx.keptReview.findMany({ where: { accountId, transcriptId } });
  const last = await tx.insight.findMany({
    where: { accountId, run: { transcriptId } },
    orderBy: [{ run: { edits: 'asc' } }, { run: { at: 'asc' } }, { run: { id: 'asc' } }],
    include: {
      tasks: {
        orderBy: { position: 'asc' },
        select: { text: true, dueOn: true, assigneeId: true, doneAt: true, doneBy: true },
      },
    },
  });
  return new Map<InsightKind, Review>([
    ...kept.map(
      ({ kind, tasks, ...said }) => [kind, { ...said, tasks: readTasks(tasks) }] as const,
    ),
    ...last.map(({ kind, items, tasks, ...row }) => {
      const { hidden, rating, edited, correctedBy, removedSignals, drawnLeadScore } = row;
      const drawn = drawnLeadScore ?? row.leadScore;
      // who worded it better has read other words than are drawn again
      const isForgotten = edited || kind === 'FOLLOW_UP_EMAIL';
      const [reviewedBy, reviewedAt] = isForgotten
        ? [null, null]
        : [row.reviewedBy, row.reviewedAt];
      const review: Review = {
        ...{ hidden, rating, reviewedBy, reviewedAt, correctedBy, removedSignals },
        drawn: tellDrawn(digest, items as unknown as StoredItem[], drawn),
        leadScore: drawnLeadScore && row.leadScore,
        tasks: tasks.map(({ text, ...progress }) => ({ ...progress, digest: digest(text) })),
      };
      return [kind, review] as const;
    }),
  ]);
}

function readTasks(tasks: Prisma.JsonValue): KnownTask[] {
  const dateOf = (text: unknown) => (typeof text === 'string' ? new Date(text) : null);
  return (tasks as unknown as KnownTask[]).map(({ dueOn, doneAt, ...task }) => ({
    ...{ ...task, dueOn: dateOf(dueOn), doneAt: dateOf(doneAt) },
  }));
}

/** Keeps what people said of a transcript's readings, which are about to be forgotten, until they are drawn again. */
export async function keepReviews(tx: Tx, place: Place, secrets: Secrets): Promise<void> {
  const reviews = await recallReviews(tx, place, openDigest(secrets, place));
  const said = [...reviews].flatMap(([kind, { tasks: all, ...review }]) => {
    const tasks = all.filter(
      ({ dueOn, assigneeId, doneAt }) => dueOn !== null || assigneeId !== null || doneAt !== null,
    );
    const { hidden, rating, reviewedBy, correctedBy } = review;
    const isSilent = !hidden && !rating && !reviewedBy && !correctedBy && tasks.length === 0;
    const row = { ...place, kind, ...review, tasks: tasks as unknown as Prisma.InputJsonArray };
    return isSilent ? [] : [row];
  });
  await dropReviews(tx, place, [...reviews.keys()]);
  await tx.keptReview.createMany({ data: said });
}

/** Deletes what was kept for insights of these kinds: they are drawn again. */
export async function dropReviews(
  tx: Tx,
  { accountId, transcriptId }: Place,
  kinds: InsightKind[],
): Promise<void> {
  await tx.keptReview.deleteMany({ where: { accountId, transcriptId, kind: { in: kinds } } });
}

/**
 * An insight that was just drawn, as it stands after what people said of the one before. What they said of the call, its
 * score and which signals are none, holds whatever is drawn; the rest is of one that says the same.
 */
export function applyReview(
  insight: DrawnInsight,
  before: Review | undefined,
  digest: Digest,
): DrawnInsight & Pick<Insight, 'removedSignals'> {
  if (!before) return { ...insight, removedSignals: [] };
  const { hidden, rating, reviewedBy, reviewedAt } = before;
  const { leadScore, removedSignals, correctedBy } = before;
  const isSame = before.drawn === tellDrawn(digest, insight.items, insight.leadScore);
  return {
    ...insight,
    ...(isSame && { hidden, rating, reviewedBy, reviewedAt }),
    ...{ removedSignals, correctedBy },
    ...(leadScore && { leadScore, drawnLeadScore: insight.leadScore ?? null }),
  };
}
