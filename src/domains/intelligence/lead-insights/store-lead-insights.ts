// The only writer of the table lead_insight: one row for each kind of what is drawn from a lead's history, which stays while
// readings come and go. What people said of it holds as long as nothing new is told, which is known without any words of it.
import type { InsightKind, LeadInsight, LeadScore } from '#generated/prisma/client.ts';
import type { Signal } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { versionConflict } from '#values/refusals.ts';

/** An item that was just drawn, as far as it matters for what people said before. */
export interface DrawnPart {
  kind: InsightKind;
  /** see tellPart */
  part: string;
  signal: Signal | undefined;
}

/**
 * What an item tells, as a MAC: the same for the same words on the same interaction, and nothing of them.
 * @param item.leadScore what was drawn with it, of a LEAD_SCORE; else null
 */
export function tellPart(
  { sign }: Secrets,
  { accountId, interactionId }: { accountId: string; interactionId: string },
  item: {
    text: string;
    score: number | null;
    signal?: Signal | undefined;
    leadScore: LeadScore | null;
  },
): string {
  const { text, score, signal = null, leadScore } = item;
  const words = JSON.stringify([text, score, signal, leadScore]);
  return sign(words, `lead-review:${accountId}:${interactionId}`);
}

/**
 * The insights that hold what was just drawn, by their kind. One that tells nothing new stays hidden and rated; else it begins
 * anew. A corrected score holds whatever is drawn, a removed signal until it is drawn of something else. The caller holds the
 * lead's lock, and has deleted what was drawn before.
 */
export async function holdLeadInsights(
  tx: Tx,
  of: { accountId: string; leadId: string },
  drawn: readonly DrawnPart[],
): Promise<Map<InsightKind, string>> {
  const { accountId } = of;
  const before = await tx.leadInsight.findMany({ where: of });
  const ids = new Map<InsightKind, string>();
  for (const [kind, some] of Map.groupBy(drawn, (one) => one.kind)) {
    const parts = some.map(({ part }) => part);
    const row = before.find((one) => one.kind === kind);
    const id = row?.id ?? newId();
    ids.set(kind, id);
    if (row) {
      const where = { accountId_id: { accountId, id } };
      const data = { ...reviewOf(row, some), parts, version: { increment: 1 } };
      await tx.leadInsight.update({ where, data });
    } else {
      await tx.leadInsight.create({ data: { ...of, id, kind, parts } });
    }
  }
  return ids;
}

function reviewOf(row: LeadInsight, drawn: readonly DrawnPart[]) {
  const added = drawn.filter(({ part }) => !row.parts.includes(part));
  const removedSignals = row.removedSignals.filter(
    (signal) => !added.some((one) => one.signal === signal),
  );
  const isCorrected = row.leadScore !== null || removedSignals.length > 0;
  return {
    ...(added.length > 0 && { hidden: false, rating: null, reviewedBy: null, reviewedAt: null }),
    ...{ removedSignals, correctedBy: isCorrected ? row.correctedBy : null },
  };
}

/** What somebody made of an insight. */
export type LeadReview = Pick<
  LeadInsight,
  | ('text' | 'leadScore' | 'removedSignals' | 'correctedBy')
  | ('hidden' | 'rating' | 'reviewedBy' | 'reviewedAt')
>;

/**
 * Writes what somebody made of an insight in the version that they saw, and raises that.
 * @returns the version that now stands
 * @throws Refused VERSION_CONFLICT: what it rests on went meanwhile, and better words with that
 */
export async function writeLeadInsight(
  tx: Tx,
  { accountId, id, version }: Pick<LeadInsight, 'accountId' | 'id' | 'version'>,
  review: LeadReview,
): Promise<number> {
  const where = { accountId, id, version };
  const next = version + 1;
  const { count } = await tx.leadInsight.updateMany({ where, data: { ...review, version: next } });
  if (count === 0) throw versionConflict(next);
  return next;
}
