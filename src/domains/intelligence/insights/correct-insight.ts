// What a person puts in place of what was drawn: a draft's subject, a lead's score, and signals that are none. What was drawn
// is kept beside it.
import type { Insight } from '#generated/prisma/client.ts';
import type { InsightKind, LeadScore } from '#generated/prisma/enums.ts';
import type { Signal } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import { type Corrections, type StoredItem, signalsOf, writeSignals } from './store-insights.ts';

/** Absent = unchanged. */
export interface Corrected {
  subject?: string | undefined;
  leadScore?: LeadScore | undefined;
  /** all that are wrong; none = all are right */
  removedSignals?: readonly Signal[] | undefined;
}

const KINDS = {
  subject: 'FOLLOW_UP_EMAIL',
  leadScore: 'LEAD_SCORE',
  removedSignals: 'SIGNALS',
} as const;

/** Throws Refused INVALID_INPUT for what an insight of this kind does not have. */
export function refuseOtherKinds(
  of: InsightKind,
  { subject, leadScore, removedSignals }: Corrected,
): void {
  for (const [field, value] of Object.entries({ subject, leadScore, removedSignals })) {
    const kind = KINDS[field as keyof typeof KINDS];
    if (value !== undefined && of !== kind) {
      throw invalidInput(field, `${field} is corrected of an insight of kind ${kind} only.`);
    }
  }
}

/**
 * The fields of an insight that a person corrects, in the caller's transaction; the signals that it tells of are written.
 * @param by who does
 * @throws Refused INVALID_INPUT for what its kind does not have
 */
export async function correctInsight(
  tx: Tx,
  row: Insight,
  corrected: Corrected,
  by: string,
): Promise<Corrections> {
  refuseOtherKinds(row.kind, corrected);
  const { subject, leadScore, removedSignals } = corrected;
  if (removedSignals) {
    const drawn = signalsOf(row.items as unknown as StoredItem[]);
    const left = drawn.filter((signal) => !removedSignals.includes(signal));
    await writeSignals(tx, row, left);
  }
  return {
    ...(subject !== undefined && { subject }),
    ...(leadScore && { leadScore, drawnLeadScore: row.drawnLeadScore ?? row.leadScore }),
    ...(removedSignals && { removedSignals: [...new Set(removedSignals)] }),
    ...((leadScore || removedSignals) && { correctedBy: by }),
  };
}
