// A new interaction, in the transaction of the call (text, form, chat) that it stands for.

import { holdLead } from '#domains/leads/index.ts';
import type { InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import type { SqlTx } from '#platform/db/index.ts';
import { isLater } from './score-interaction.ts';
import { insertInteraction, raiseVersion, readMoment } from './store.ts';

// a call is to be answered from when it is over, a conversation from when they write
const ARRIVES_WHOLE: ReadonlySet<InteractionKind> = new Set(['FORM', 'CHAT']);

/**
 * Stores the row that every channel shares. A later interaction of a good lead starts as PREVIOUSLY_MARKED_GOOD_LEAD.
 * Takes no lock of its own: the caller holds the subject of the thing that it stores.
 * @param row.id the id that the call shares with its interaction
 * @param row.leadId from findOrMakeLead; null when the caller withheld the number
 * @param row.ownLeadId from there, too
 * @param row.leadStatus what `firstStatus` said of it, where that was asked before: then one statement is sent at once
 * @param row.waits somebody is to answer it from now on; left out: where all of it has arrived
 */
export async function storeInteraction(
  tx: SqlTx,
  row: {
    accountId: string;
    id: string;
    kind: InteractionKind;
    companyId: string;
    leadId: string | null;
    ownLeadId: string | null;
    sourceId: string | null;
    occurredAt: Date;
    leadStatus?: LeadStatus;
    waits?: boolean;
  },
): Promise<{ id: string; version: number; leadStatus: LeadStatus }> {
  const { accountId, waits = ARRIVES_WHOLE.has(row.kind), ...fields } = row;
  const leadStatus = row.leadStatus ?? (await firstStatus(tx, accountId, row.leadId, row));
  await insertInteraction(tx, accountId, { ...fields, leadStatus, waits });
  return { id: row.id, version: 1, leadStatus };
}

/** What a new interaction of a lead reads, which has nobody's mark yet. */
export async function firstStatus(
  tx: SqlTx,
  accountId: string,
  leadId: string | null,
  at: { id: string; occurredAt: Date },
): Promise<LeadStatus> {
  if (leadId === null) return 'NOT_SCORED';
  const { goodInteractionId } = await holdLead(tx, accountId, leadId, 'SHARE');
  if (goodInteractionId === null) return 'NOT_SCORED';
  const good = await readMoment(tx, accountId, goodInteractionId);
  return good && isLater(at, good) ? 'PREVIOUSLY_MARKED_GOOD_LEAD' : 'NOT_SCORED';
}

/**
 * Raises an interaction's version when something that shares it changed: a call's state, its recording.
 * @returns the new version, to announce as the event's subjectVersion
 */
export function bumpVersion(tx: SqlTx, accountId: string, id: string): Promise<number> {
  return raiseVersion(tx, accountId, id);
}
