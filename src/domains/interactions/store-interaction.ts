// A new interaction, in the transaction of the call (text, form, chat) that it stands for.

import { holdLead } from '#domains/leads/index.ts';
import type { InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { answerDueAt } from './end-in-inbox.ts';
import { isLater } from './score-interaction.ts';
import { insertInteraction, readInteraction, writeInteraction } from './store.ts';

/**
 * Stores the row that every channel shares. A later interaction of a good lead starts as PREVIOUSLY_MARKED_GOOD_LEAD.
 * Takes no lock of its own: the caller holds the subject of the thing that it stores.
 * @param row.id the id that the call shares with its interaction
 * @param row.leadId from findOrMakeLead; null when the caller withheld the number
 * @param row.ownLeadId from there, too
 */
export async function storeInteraction(
  tx: Tx,
  row: {
    accountId: string;
    id: string;
    kind: InteractionKind;
    companyId: string;
    leadId: string | null;
    ownLeadId: string | null;
    sourceId: string | null;
    occurredAt: Date;
  },
): Promise<{ id: string; version: number; leadStatus: LeadStatus }> {
  const { accountId, ...fields } = row;
  const leadStatus = await firstStatus(tx, accountId, row.leadId, row);
  // a call is to be answered from when it is over, a conversation from when they write
  const waits = row.kind === 'FORM' || row.kind === 'CHAT';
  const due = waits ? await answerDueAt(tx, accountId, row.companyId, row.occurredAt) : null;
  await insertInteraction(tx, accountId, { ...fields, leadStatus, answerDueAt: due });
  return { id: row.id, version: 1, leadStatus };
}

/** What a new interaction of a lead reads, which has nobody's mark yet. */
export async function firstStatus(
  tx: Tx,
  accountId: string,
  leadId: string | null,
  at: { id: string; occurredAt: Date },
): Promise<LeadStatus> {
  if (leadId === null) return 'NOT_SCORED';
  const { goodInteractionId } = await holdLead(tx, accountId, leadId, 'SHARE');
  if (goodInteractionId === null) return 'NOT_SCORED';
  const good = await readInteraction(tx, accountId, goodInteractionId);
  return good && isLater(at, good) ? 'PREVIOUSLY_MARKED_GOOD_LEAD' : 'NOT_SCORED';
}

/**
 * Raises an interaction's version when something that shares it changed: a call's state, its recording.
 * @returns the new version, to announce as the event's subjectVersion
 */
export function bumpVersion(tx: Tx, accountId: string, id: string): Promise<number> {
  return writeInteraction(tx, accountId, id, {});
}
