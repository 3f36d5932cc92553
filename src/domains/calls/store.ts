// Writes the table call, and recordings at their begin (their later life: recordings.ts, store-recordings.ts). The machine's
// state is kept as it is; what lists and filters need stands beside it in columns.
import type { Prisma, Recording, RecordingKind } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CallMachine, RecordingFact } from './machine-state.ts';
import { outcomeOf } from './outcome.ts';

/** What stepping needs of a stored call. */
export interface StoredCall {
  id: string;
  companyId: string;
  session: string;
  machine: CallMachine;
}

/** A new call's facts beside its machine. */
export interface NewCall {
  accountId: string;
  id: string;
  companyId: string;
  trackerId: string;
  session: string;
  from: string | null;
  to: string;
  startedAt: Date;
  priorCalls: number;
}

const FIRST_WAKE_PAUSE_MS = 1_000;
const LONGEST_WAKE_PAUSE_MS = 300_000;

const date = (iso: string | null) => (iso === null ? null : new Date(iso));

/** The columns that follow from the machine's state. */
function projectionOf(machine: CallMachine) {
  const state = machine.endedAt ? 'ENDED' : machine.bridgedAt ? 'IN_PROGRESS' : 'RINGING';
  return {
    state,
    outcome: outcomeOf(machine),
    answeredAt: date(machine.bridgedAt),
    endedAt: date(machine.endedAt),
    wakeAt: date(machine.wakeAt),
    machine: machine as unknown as Prisma.InputJsonObject,
  } as const;
}

/** A number's calls to a company. */
export interface CallsOf {
  accountId: string;
  companyId: string;
  from: string;
}

/** How many of these calls began before a moment. The caller holds the lead's lock, so the count is exact. */
export function countPriorCalls(tx: Tx, calls: CallsOf, startedAt: Date): Promise<number> {
  return tx.call.count({ where: { ...calls, startedAt: { lte: startedAt } } });
}

/** The last of these calls, those that began after a moment, at most `limit`. */
export async function laterCalls(
  tx: Tx,
  calls: CallsOf,
  startedAt: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx.call.findMany({
    where: { ...calls, startedAt: { gt: startedAt } },
    orderBy: { startedAt: 'desc' },
    take: limit,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** One more call came before all of these that began after a moment. */
export async function countOneMoreBefore(tx: Tx, calls: CallsOf, startedAt: Date): Promise<void> {
  await tx.call.updateMany({
    where: { ...calls, startedAt: { gt: startedAt } },
    data: { priorCalls: { increment: 1 }, firstCall: false },
  });
}

export async function insertCall(tx: Tx, call: NewCall, machine: CallMachine): Promise<void> {
  const { session, ...columns } = call;
  await tx.call.create({
    data: {
      ...columns,
      ...projectionOf(machine),
      carrierSessionId: session,
      direction: 'INBOUND',
      firstCall: call.from !== null && call.priorCalls === 0,
    },
  });
}

export async function saveCall(
  tx: Tx,
  accountId: string,
  id: string,
  machine: CallMachine,
): Promise<void> {
  await tx.call.update({
    where: { accountId_id: { accountId, id } },
    data: projectionOf(machine),
  });
}

/** The call of a carrier session, or of an id; null when there is none. */
export async function findCall(
  tx: Tx,
  accountId: string,
  by: { session: string } | { id: string },
): Promise<StoredCall | null> {
  const row = await tx.call.findUnique({
    where:
      'id' in by
        ? { accountId_id: { accountId, id: by.id } }
        : { accountId_carrierSessionId: { accountId, carrierSessionId: by.session } },
    select: { id: true, companyId: true, carrierSessionId: true, machine: true },
  });
  if (!row) return null;
  return {
    id: row.id,
    companyId: row.companyId,
    session: row.carrierSessionId,
    machine: row.machine as unknown as CallMachine,
  };
}

/** Writes what the machine knows of a recording; the row is made at its first fact. Returns its id and what it was. */
export async function saveRecording(
  tx: Tx,
  call: { accountId: string; id: string; companyId: string },
  kind: RecordingKind,
  fact: RecordingFact,
  noticeEndedAt: string | null,
): Promise<{ recordingId: string }> {
  const { accountId, id: callId, companyId } = call;
  const columns = {
    startedAt: new Date(fact.startedAt),
    endedAt: date(fact.endedAt),
    carrierRecordingId: fact.carrierRecordingId,
    noticeEndedAt: date(noticeEndedAt),
  };
  const stands = {
    state: ({ ASKED: 'RECORDING', SAVED: 'FETCHING', FAILED: 'FAILED' } as const)[fact.state],
    failure: fact.failure,
  };
  const { id } = await tx.recording.upsert({
    where: { accountId_callId_kind: { accountId, callId, kind } },
    create: { accountId, id: newId(), callId, companyId, kind, ...stands, ...columns },
    update: columns,
    select: { id: true },
  });
  // what lies in our storage, or lay there, stays so, whatever is told of it later
  await tx.recording.updateMany({
    where: { accountId, id, state: { notIn: ['READY', 'EXPIRED', 'DELETED'] } },
    data: stands,
  });
  return { recordingId: id };
}

/** Deletes a call and what hangs on it in this domain and later ones. */
export async function deleteCall(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.call.delete({ where: { accountId_id: { accountId, id } } });
}

/** Writes what became of a recording's sound, once. False when it was settled before, or erased. */
export async function settleRecording(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  sound:
    | 'NONE'
    | 'CLEAR'
    | 'FAILED'
    | (Pick<Recording, 'durationMs' | 'channels'> & {
        storageKey: string;
        sha256: Buffer;
        sizeBytes: number;
        peaks: object | null;
      }),
): Promise<boolean> {
  const { count } = await tx.recording.updateMany({
    where: { accountId, id, state: 'READY', redaction: { in: ['NONE', 'PENDING'] } },
    data:
      typeof sound === 'string'
        ? { redaction: sound }
        : {
            ...sound,
            redaction: 'MUTED',
            sha256: new Uint8Array(sound.sha256),
            sizeBytes: BigInt(sound.sizeBytes),
            peaks: sound.peaks ?? {},
          },
  });
  return count === 1;
}

/** Takes back that a recording was settled. */
export async function unsettleRecording(
  tx: Tx,
  accountId: string,
  id: string,
  from: Recording['redaction'][],
): Promise<void> {
  await tx.recording.updateMany({
    where: { accountId, id, state: 'READY', redaction: { in: from } },
    data: { redaction: 'PENDING' },
  });
}

/**
 * Has the sweeper leave a call alone whose waking failed: for as long as it has been overdue, so each pause is twice the
 * last, from 1 s to 5 min. Whatever arrives for the call is stepped meanwhile, and a step that succeeds sets its hour anew.
 */
export async function postponeWake(
  db: { prisma: Pick<Tx, 'call'> },
  accountId: string,
  id: string,
  now: Date,
): Promise<void> {
  const call = await db.prisma.call.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { machine: true },
  });
  // the state itself may be what cannot be read
  const due = (call?.machine as Partial<CallMachine> | undefined)?.wakeAt;
  const overdueMs = due ? now.getTime() - Date.parse(due) : LONGEST_WAKE_PAUSE_MS;
  const pauseMs = Math.min(Math.max(overdueMs, FIRST_WAKE_PAUSE_MS), LONGEST_WAKE_PAUSE_MS);
  await db.prisma.call.updateMany({
    where: { accountId, id, wakeAt: { lte: now } },
    data: { wakeAt: new Date(now.getTime() + pauseMs) },
  });
}

/** Calls whose machine wants to be woken by now. Over all accounts: the sweeper's own read. */
export async function findCallsToWake(
  db: { prisma: { call: Tx['call'] } },
  now: Date,
  limit: number,
): Promise<{ accountId: string; id: string }[]> {
  return db.prisma.call.findMany({
    where: { wakeAt: { lte: now } },
    orderBy: { wakeAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
}
