// The only writer of the tables lead_reading and lead_claim.
import type { InsightKind, LeadScore, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { forgetLeadTasks } from '../action-tasks/store-action-tasks.ts';
import type { Reading } from '../insights/run-key.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import { settleLeadPlan } from './lead-plan.ts';
import type { TurnSource } from './read-history.ts';
import { holdLeadInsights, tellPart } from './store-lead-insights.ts';

/** One item, with what it rests on. */
export interface NewClaim extends TurnSource {
  kind: InsightKind;
  item: StoredItem;
  quote: string;
}

/** What came of a reading; null while there is none. */
export function findReading(
  tx: Tx,
  { accountId, key }: Pick<Reading, 'accountId' | 'key'>,
): Promise<{ failure: string | null; at: Date } | null> {
  const where = { accountId_key: { accountId, key } };
  return tx.leadReading.findUnique({ where, select: { failure: true, at: true } });
}

/** Whether something was drawn from the lead's history as it was after this moment. */
export async function hasNewerReading(
  tx: Tx,
  { accountId, leadId }: { accountId: string; leadId: string },
  at: Date,
): Promise<boolean> {
  const where = { accountId, leadId, failure: null, at: { gt: at } };
  return (await tx.leadReading.count({ where })) > 0;
}

/**
 * Writes a reading; one that drew something takes the place of those before it. Those that failed stay, so that nobody
 * pays for them again unless somebody asks: then this one takes the place of its own that failed.
 * @param end.at when the history was as it was read
 */
export async function storeReading(
  tx: Tx,
  reading: Reading & { leadId: string; companyId: string },
  end: { at: Date; failure: string | null; dropped: number; leadScore: LeadScore | null },
  claims: readonly NewClaim[],
  secrets: Secrets,
): Promise<void> {
  const { companyId, ...read } = reading;
  const { accountId, leadId, key } = read;
  await tx.leadReading.deleteMany({ where: { accountId, key, failure: { not: null } } });
  if (end.failure === null) {
    await tx.leadReading.deleteMany({ where: { accountId, leadId, failure: null } });
  }
  const readingId = newId();
  await tx.leadReading.create({ data: { ...read, ...end, id: readingId } });
  const drawn = claims.map((claim) => {
    const { kind, item, interactionId } = claim;
    const leadScore = kind === 'LEAD_SCORE' ? end.leadScore : null;
    const part = tellPart(secrets, { accountId, interactionId }, { ...item, leadScore });
    return { ...claim, part, signal: item.signal };
  });
  const insights = await holdLeadInsights(tx, { accountId, leadId }, drawn);
  await tx.leadClaim.createMany({
    data: claims.map(({ kind, item, quote, interactionId, transcriptId, n, speaker }, position) => {
      const { text, score, signal, owner, due, from, length } = item;
      const detail: Prisma.InputJsonObject = {
        ...(signal && { signal }),
        ...(owner && { owner }),
        ...(due && { due }),
        ...{ from, length },
        // of what was said its segment tells
        ...(transcriptId === null && { speaker }),
      };
      return {
        ...{ accountId, id: newId(), readingId, kind, position, text, quote, score, detail },
        ...{ insightId: insights.get(kind) ?? '', interactionId, transcriptId, n },
      };
    }),
  });
  if (end.failure !== null) return;
  const plan = drawn.filter(({ kind }) => kind === 'ACTION_PLAN');
  const leadInsightId = insights.get('ACTION_PLAN') ?? null;
  await settleLeadPlan(tx, { accountId, leadId, companyId, leadInsightId }, plan);
}

/** Deletes what of its lead's history rests on a form, but not what people put to tasks: fields of it went, and quotes may stand in those. */
export async function deleteClaimsOnForm(tx: Tx, accountId: string, formId: string): Promise<void> {
  await tx.leadClaim.deleteMany({ where: { accountId, interactionId: formId } });
  await forgetLeadTasks(tx, accountId, { interactionId: formId });
}

/** Deletes what rests on a transcript, as its erasure would, but what people put to tasks waits until these are drawn again. */
export async function deleteClaimsOn(
  tx: Tx,
  accountId: string,
  transcriptId: string,
): Promise<void> {
  await tx.leadClaim.deleteMany({ where: { accountId, transcriptId } });
  await forgetLeadTasks(tx, accountId, { transcriptId });
}
