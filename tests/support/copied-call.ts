// Calls like one that was really made, for tests of what comes after a call: each has a recording of its own, and none has to
// wait until somebody has spoken.
import { readFile } from 'node:fs/promises';
import { newId } from '#platform/ids/index.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import type { Town, TownTracker } from './town.ts';

/** Somebody calls, and talks until all is said. Answers the global id of the call, once its recording is stored. */
export async function makeCall(town: Town, tracker: TownTracker): Promise<string> {
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const { call } = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  await town.endedCall(caller.from);
  return call.id;
}

/**
 * Stores another call like one that has ended and whose recording is stored, which stays as it is.
 * @param globalId of the one that was made
 */
export async function copyCall(
  { accountId, server }: Town,
  globalId: string,
): Promise<{ call: { id: string }; recordingId: string }> {
  const { db, storage } = server.platform;
  const where = { accountId, id: decodeGlobalId(globalId)?.id ?? '' };
  const interaction = await db.prisma.interaction.findFirstOrThrow({ where });
  const call = await db.prisma.call.findFirstOrThrow({ where: { ...where, state: 'ENDED' } });
  const recording = await db.prisma.recording.findFirstOrThrow({
    where: { accountId, callId: where.id, state: 'READY' },
  });
  const [id, recordingId] = [newId(), newId()];
  const { path } = await storage.localFile(recording.storageKey ?? '');
  const storageKey = `recordings/${accountId}/${recordingId}/heard.wav`;
  await storage.put(
    storageKey,
    (async function* () {
      yield await readFile(path);
    })(),
  );
  await db.prisma.$transaction([
    db.prisma.interaction.create({ data: { ...interaction, id } }),
    db.prisma.call.create({
      data: { ...call, id, carrierSessionId: id, machine: call.machine ?? {} },
    }),
    db.prisma.recording.create({
      data: {
        ...{ ...recording, id: recordingId, callId: id, peaks: recording.peaks ?? {} },
        ...{ storageKey, carrierRecordingId: recordingId },
      },
    }),
  ]);
  return { call: { id: encodeGlobalId('Call', id) }, recordingId };
}
