// The only writer of the tables voicemail and voicemail_callback.
import type { CallbackOutcome } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CallMachine } from './machine-state.ts';
import { outcomeOf } from './outcome.ts';
import type { VoicemailStand } from './voicemail-state.ts';

export interface CallbackRow {
  id: string;
  at: Date;
  /** key:<id>, user:<id> */
  by: string;
  outcome: CallbackOutcome;
  linkedCallId: string | null;
}

export interface VoicemailRow extends VoicemailStand {
  callId: string;
  /** the oldest first */
  callbacks: CallbackRow[];
}

const COLUMNS = {
  callId: true,
  state: true,
  heardAt: true,
  heardBy: true,
  doneAt: true,
  doneBy: true,
  callbacks: {
    orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }],
    select: { id: true, at: true, by: true, outcome: true, linkedCallId: true },
  },
};

/**
 * Keeps a row for a call exactly while its outcome is VOICEMAIL: a late fact may show that there is a message after all,
 * or none.
 */
export async function followVoicemail(
  tx: Tx,
  { accountId, id: callId }: { accountId: string; id: string },
  before: CallMachine,
  after: CallMachine,
): Promise<void> {
  const was = outcomeOf(before) === 'VOICEMAIL';
  const is = outcomeOf(after) === 'VOICEMAIL';
  if (is && !was) {
    await tx.voicemail.createMany({ data: [{ accountId, callId }], skipDuplicates: true });
  } else if (was && !is) {
    await tx.voicemail.deleteMany({ where: { accountId, callId } });
  }
}

/** The messages of these calls, in any order. */
export function readVoicemails(
  tx: Tx,
  accountId: string,
  callIds: readonly string[],
): Promise<VoicemailRow[]> {
  return tx.voicemail.findMany({
    where: { accountId, callId: { in: [...callIds] } },
    select: COLUMNS,
  });
}

/** Writes where a message stands. */
export async function writeVoicemail(
  tx: Tx,
  accountId: string,
  callId: string,
  { state, heardAt, heardBy, doneAt, doneBy }: VoicemailStand,
): Promise<void> {
  await tx.voicemail.update({
    where: { accountId_callId: { accountId, callId } },
    data: { state, heardAt, heardBy, doneAt, doneBy },
  });
}

/** Writes that somebody called back. */
export async function insertCallback(
  tx: Tx,
  accountId: string,
  callId: string,
  callback: Omit<CallbackRow, 'id'>,
): Promise<void> {
  await tx.voicemailCallback.create({ data: { accountId, id: newId(), callId, ...callback } });
}

/** Takes a call that is to be erased out of the call backs that name it. */
export async function unlinkCallbacks(tx: Tx, accountId: string, callId: string): Promise<void> {
  await tx.voicemailCallback.updateMany({
    where: { accountId, linkedCallId: callId },
    data: { linkedCallId: null },
  });
}
