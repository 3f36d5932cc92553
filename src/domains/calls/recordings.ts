// One recording between its saving at the carrier and its place in our storage: reads, and its end with the event.

import { bumpVersion } from '#domains/interactions/index.ts';
import type { Recording, RecordingKind, RecordingRedaction } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { recordingFailed, recordingReady } from './events.ts';
import type { CallMachine } from './machine-state.ts';
import { mayTranscribe } from './may-transcribe.ts';
import type { RecordingFailure } from './recording-failure.ts';
import { markRecordingFailed, markRecordingReady, type StoredAudio } from './store-recordings.ts';

/** A recording with what its fetching needs of the call. */
export interface RecordingOfCall extends Recording {
  call: {
    companyId: string;
    carrierSessionId: string;
    machine: CallMachine;
    recordings: Pick<Recording, 'id' | 'carrierRecordingId'>[];
  };
}

/** One recording; null when it was erased meanwhile. */
export async function findRecordingOfCall(
  db: Db,
  accountId: string,
  id: string,
): Promise<RecordingOfCall | null> {
  const row = await db.prisma.recording.findUnique({
    where: { accountId_id: { accountId, id } },
    include: {
      call: {
        select: {
          companyId: true,
          carrierSessionId: true,
          machine: true,
          recordings: { select: { id: true, carrierRecordingId: true } },
        },
      },
    },
  });
  return row as RecordingOfCall | null;
}

/** Marks a recording as stored, with the event that tells of it. False when that had happened before. */
export function finishRecording(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  recording: RecordingOfCall,
  stored: StoredAudio,
): Promise<boolean> {
  const { accountId, id, callId, kind } = recording;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    const isAsked = recording.call.machine.plan.transcribe;
    const transcribe = isAsked && (await mayTranscribe(tx, recording));
    const redaction = transcribe ? 'PENDING' : 'NONE';
    if (!(await markRecordingReady(tx, { accountId, id }, { ...stored, redaction }))) return false;
    await events.append(tx, accountId, [
      {
        definition: recordingReady,
        companyId: recording.call.companyId,
        subject: `call:${callId}`,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: clock.now(accountId),
        payload: { callId, recordingId: id, kind, transcribe },
      },
    ]);
    return true;
  });
}

/** Gives a recording up, with the event that says why by its code. False when it is settled already. */
export function failRecording(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  recording: RecordingOfCall,
  reason: RecordingFailure,
): Promise<boolean> {
  const { accountId, id, callId, kind } = recording;
  return db.transaction(async (tx: Tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    if (!(await markRecordingFailed(tx, { accountId, id }, reason))) return false;
    await events.append(tx, accountId, [
      {
        definition: recordingFailed,
        companyId: recording.call.companyId,
        subject: `call:${callId}`,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: clock.now(accountId),
        payload: { callId, kind, reason },
      },
    ]);
    return true;
  });
}

/** Where a recording lies, for the door that serves it; null while there is nothing to serve. */
export async function storedRecording(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  id: string,
): Promise<{ storageKey: string; redaction: RecordingRedaction } | null> {
  const row = await prisma.recording.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { storageKey: true, state: true, redaction: true },
  });
  return row?.state === 'READY' && row.storageKey
    ? { storageKey: row.storageKey, redaction: row.redaction }
    : null;
}

/** A recording that lies in our storage, with its call; null while it does not. */
export async function readyRecording(
  db: Db,
  accountId: string,
  id: string,
): Promise<(RecordingOfCall & { storageKey: string }) | null> {
  const row = await findRecordingOfCall(db, accountId, id);
  return row?.state === 'READY' && row.storageKey ? { ...row, storageKey: row.storageKey } : null;
}

/** The recordings of one kind of these calls, in any order. The caller has seen that the viewer may see the calls. */
export function recordingsOfCalls(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  callIds: readonly string[],
  kind: RecordingKind,
): Promise<Recording[]> {
  return prisma.recording.findMany({ where: { accountId, callId: { in: [...callIds] }, kind } });
}
