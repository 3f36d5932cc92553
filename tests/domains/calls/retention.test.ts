// The end of recordings: by wish, by age, by erasure; the sound is gone here and at the carrier, and what says so stays.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expireRecordings, expireRecordingsHandler } from '#domains/calls/expire-recordings.ts';
import { eraseCall } from '#domains/calls/index.ts';
import { finishRecording } from '#domains/calls/recordings.ts';
import { removeRecordingHandler } from '#domains/calls/remove-recording.ts';
import { findLeftAudio } from '#domains/calls/store-recordings.ts';
import { dropTranscriptHandler } from '#domains/transcripts/drop-transcript.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown({ speed: 20 });
const { platform } = town.server;
const { prisma } = platform.db;
const { sandbox } = town;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { hangUpAfterSeconds: 30 });
const DAY_MS = 86_400_000;
const signal = new AbortController().signal;
const job = { id: 'try', attempt: 1, signal };

/** A call whose recording is stored, with its file and, as the carrier has it, its id there. */
async function recorded() {
  const caller = town.caller();
  caller.dials(tracker);
  const { call } = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  await town.endedCall(caller.from);
  const callId = decodeGlobalId(call.id)?.id ?? '';
  const recording = await prisma.recording.findFirstOrThrow({ where: { callId } });
  const { recording: shown } = await town.call(call.id);
  const file = join(platform.config.DATA_DIR, 'storage', recording.storageKey ?? '');
  expect(existsSync(file)).toBe(true);
  return { id: call.id as string, callId, from: caller.from, recording, url: shown.url, file };
}
type Recorded = Awaited<ReturnType<typeof recorded>>;

const writtenDown = ({ recording, callId }: Recorded) =>
  prisma.transcript.create({
    data: {
      ...{ accountId: town.accountId, id: newId(), callId, recordingId: recording.id },
      state: 'READY',
      createdAt: new Date(),
    },
  });
const isWrittenDown = async ({ recording }: Recorded) =>
  (await prisma.transcript.count({ where: { recordingId: recording.id } })) > 0;
const hasCarrier = async ({ recording }: Recorded) =>
  (
    await fetch(`${sandbox.url}/v2/recordings/${recording.carrierRecordingId}`, {
      headers: { authorization: `Bearer ${SANDBOX_KEY}` },
    })
  ).status === 200;
const isRemoved = (of: Recorded) =>
  town.until('the sound is gone here and there', async () => {
    const row = await prisma.recording.findFirst({ where: { id: of.recording.id } });
    return row?.storageKey === null && row.carrierRecordingId === null;
  });

async function company(input: object) {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const { updateCompany } = await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       company { recordingRetentionDays } userErrors { code message field } } }`,
    { input: { companyId: companies.nodes[0].id, ...input } },
  );
  return updateCompany;
}
const DELETE = `mutation($input: DeleteRecordingInput!) { deleteRecording(input: $input) {
  call { recording { state url peaks { samplesPerSecond } deletedAt deletedBy { kind part } } }
  userErrors { code message field } } }`;
const deleteIt = async (input: object, key?: string) => {
  const answer = await town.answer(DELETE, { input }, key);
  return answer.errors ? answer : answer.data.deleteRecording;
};

describe('deleteRecording', () => {
  it('takes the sound away here and at the carrier, with its words, and says by whose hand', async () => {
    const call = await recorded();
    await writtenDown(call);
    expect(await hasCarrier(call)).toBe(true);
    const { version } = await town.call(call.id);
    const done = await deleteIt({ callId: call.id, kind: 'CALL' });
    expect(done.userErrors).toEqual([]);
    expect(done.call.recording).toMatchObject({
      state: 'DELETED',
      url: null,
      peaks: null,
      deletedAt: expect.any(String),
      deletedBy: { kind: 'KEY' },
    });
    const told = await town.sees(
      'CALL_UPDATED',
      (e) => e.call?.id === call.id && e.subjectVersion === version + 1,
    );
    expect(told.changes).toEqual(['recording']);
    expect((await fetch(call.url)).status).toBe(404);
    await isRemoved(call);
    expect(existsSync(call.file)).toBe(false);
    expect(await hasCarrier(call)).toBe(false);
    await town.until('the words are gone', async () => !(await isWrittenDown(call)));
    await town.sees(
      'CALL_UPDATED',
      (e) => e.call?.id === call.id && e.changes?.includes('transcript'),
    );
    const again = await deleteIt({ callId: call.id, kind: 'CALL' });
    expect(again.userErrors).toEqual([]);
    expect((await town.call(call.id)).version).toBe(version + 2);
    const entries = await prisma.auditEntry.findMany({
      where: { accountId: town.accountId, subject: `call:${call.callId}` },
    });
    expect(entries).toMatchObject([{ action: 'deleteRecording' }]);
  });

  it('is refused without the right, for strangers, and where there is no sound', async () => {
    const call = await recorded();
    const { key } = await town.stranger();
    const wish = { callId: call.id, kind: 'CALL' };
    expect((await deleteIt(wish, key)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const reader = await town.keyWith(['calls:read']);
    expect((await deleteIt(wish, reader)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    const other = await deleteIt({ callId: call.id, kind: 'VOICEMAIL' });
    expect(other.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['kind'] }]);
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: { state: 'FETCHING' },
    });
    expect((await deleteIt(wish)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  it('reaches at the carrier what never came here, and whose id it never told', async () => {
    const call = await recorded();
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: {
        ...{ state: 'FAILED', failure: 'DOWNLOAD_FAILED' },
        ...{ storageKey: null, carrierRecordingId: null },
      },
    });
    expect(await hasCarrier(call)).toBe(true);
    expect((await deleteIt({ callId: call.id, kind: 'CALL' })).userErrors).toEqual([]);
    await town.until('it is gone at the carrier', async () => !(await hasCarrier(call)));

    // of one whose id is known, and that the carrier has no longer, nothing is left to do
    const { carrierRecordingId } = call.recording;
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: { carrierRecordingId },
    });
    const key = { accountId: town.accountId, recordingId: call.recording.id };
    expect(await removeRecordingHandler(platform).run(key, {} as never)).toBe('removed');
  });

  it('is not undone by what the carrier tells later, nor by a fetch that was on its way', async () => {
    const call = await recorded();
    await deleteIt({ callId: call.id, kind: 'CALL' });
    await isRemoved(call);
    const row = await prisma.recording.findFirstOrThrow({
      where: { id: call.recording.id },
      include: { call: true },
    });
    const stored = { carrierRecordingId: 'x', storageKey: 'recordings/x.wav', sizeBytes: 1 };
    const facts = { sha256: Buffer.from('x'), durationMs: 1, channels: 1, peaks: null };
    expect(await finishRecording(platform, row as never, { ...stored, ...facts })).toBe(false);
    const { recording } = await town.call(call.id);
    expect(recording).toMatchObject({ state: 'DELETED', url: null });
  });
});

describe('retention', () => {
  it('takes 1 to 2,555 days, or none', async () => {
    for (const recordingRetentionDays of [0, 2_556, -1]) {
      const answer = await town.answer(
        `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { code field } } }`,
        {
          input: {
            companyId: (await town.ask('{ companies { nodes { id } } }')).companies.nodes[0].id,
            recordingRetentionDays,
          },
        },
      );
      expect(answer.data.updateCompany.userErrors).toEqual([
        { code: 'INVALID_INPUT', field: ['recordingRetentionDays'] },
      ]);
    }
    await company({ recordingRetentionDays: 2_555 });
    expect((await company({ recordingRetentionDays: null })).company).toEqual({
      recordingRetentionDays: null,
    });
  });

  it('ends what is as old as the company keeps it, and nothing younger; words stay where it wants so', async () => {
    const [old, young] = await Promise.all([recorded(), recorded()]);
    await writtenDown(old);
    const clock = turnedClock(new Date(old.recording.startedAt.getTime() + 30 * DAY_MS));
    const later = { ...platform, clock };
    await prisma.recording.updateMany({
      where: { id: young.recording.id },
      data: { startedAt: new Date(old.recording.startedAt.getTime() + 1) },
    });
    expect(await expireRecordings(later, signal)).toBe(0);
    await company({ recordingRetentionDays: 30, deleteTranscriptsWithRecordings: false });
    clock.advance(-1);
    await expireRecordings(later, signal);
    expect((await town.call(old.id)).recording.state).toBe('READY');
    clock.advance(1);
    expect(await expireRecordings(later, signal)).toBe(1);
    expect((await town.call(young.id)).recording.state).toBe('READY');
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on Call { recording {
         state url deletedBy { kind part } } } } }`,
      { id: old.id },
    );
    expect(node.recording).toEqual({
      state: 'EXPIRED',
      url: null,
      deletedBy: { kind: 'SYSTEM', part: 'retention' },
    });
    await isRemoved(old);
    expect(existsSync(old.file)).toBe(false);
    const drop = dropTranscriptHandler(platform);
    const key = { accountId: town.accountId, recordingId: old.recording.id };
    expect(await drop.run(key, job)).toBe('kept');
    expect(await isWrittenDown(old)).toBe(true);
    expect(await expireRecordings(later, signal)).toBe(0);
    await company({ recordingRetentionDays: null, deleteTranscriptsWithRecordings: true });
    expect(await drop.run(key, job)).toBe('dropped');
    expect(await drop.run(key, job)).toBe('no transcript');
  });

  it('cut off in the middle goes on where it stood, and ends each recording once', async () => {
    const calls = await Promise.all([recorded(), recorded(), recorded()]);
    await company({ recordingRetentionDays: 10 });
    const clock = turnedClock(new Date(Date.now() + 11 * DAY_MS));
    const stop = new AbortController();
    let seen = 0;
    const events = {
      ...platform.events,
      // the second recording finds the job stopped
      lock: (...args: Parameters<typeof platform.events.lock>) => {
        seen += 1;
        if (seen === 1) stop.abort();
        return platform.events.lock(...args);
      },
    };
    await expect(expireRecordings({ ...platform, clock, events }, stop.signal)).rejects.toThrow();
    const expired = () =>
      prisma.recording.count({
        where: { state: 'EXPIRED', id: { in: calls.map(({ recording }) => recording.id) } },
      });
    expect(await expired()).toBeLessThan(3);
    await expireRecordings({ ...platform, clock }, signal);
    expect(await expired()).toBe(3);
    const tellsEnd = (call: Recorded) =>
      town.seen((e) => e.call?.id === call.id && e.changes?.join() === 'recording');
    await town.until('each end was told', () => calls.every((call) => tellsEnd(call).length > 0));
    for (const call of calls) await isRemoved(call);
    expect(calls.map((call) => tellsEnd(call).length)).toEqual([1, 1, 1]);
    await company({ recordingRetentionDays: null });
  });

  it('ends what could not be fetched too, and the carrier keeps none of it', async () => {
    const call = await recorded();
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: { state: 'FAILED', failure: 'DOWNLOAD_FAILED', storageKey: null },
    });
    expect(await hasCarrier(call)).toBe(true);
    await company({ recordingRetentionDays: 10 });
    const clock = turnedClock(new Date(Date.now() + 11 * DAY_MS));
    await expireRecordings({ ...platform, clock }, signal);
    expect((await town.call(call.id)).recording.state).toBe('EXPIRED');
    await isRemoved(call);
    expect(await hasCarrier(call)).toBe(false);
    await company({ recordingRetentionDays: null });
  });

  it('finds sound that a carrier out of reach kept back', async () => {
    const call = await recorded();
    const remove = removeRecordingHandler(platform);
    const key = { accountId: town.accountId, recordingId: call.recording.id };
    expect(await remove.run(key, job)).toBe('kept');
    sandbox.faults([{ command: 'DELETE /v2/recordings/:id', times: 1_000, status: 503 }]);
    await deleteIt({ callId: call.id, kind: 'CALL' });
    await expect(remove.run(key, job)).rejects.toThrow();
    await town.until('it is gone here', () => !existsSync(call.file));
    sandbox.faults([]);
    const clock = turnedClock(new Date(Date.now() + 2 * DAY_MS));
    const outcome = await expireRecordingsHandler({ ...platform, clock }).run({}, job);
    expect(outcome).toMatch(/[1-9]\d* removals tried anew/);
    await isRemoved(call);
    expect(await remove.run(key, job)).toBe('removed');
  });

  it('finds what never came here and was kept back, and looks for nothing twice', async () => {
    const call = await recorded();
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: {
        ...{ state: 'FAILED', failure: 'DOWNLOAD_FAILED' },
        ...{ storageKey: null, carrierRecordingId: null },
      },
    });
    // as the job leaves it when its tries have ended: the call's end is told and nothing is removed
    const key = { accountId: town.accountId, recordingId: call.recording.id };
    const at = { deletedAt: new Date(), deletedBy: 'system:retention' };
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: { state: 'EXPIRED', ...at },
    });
    expect(await hasCarrier(call)).toBe(true);
    const clock = turnedClock(new Date(Date.now() + 2 * DAY_MS));
    const sweep = () => expireRecordingsHandler({ ...platform, clock }).run({}, job);
    expect(await sweep()).toMatch(/[1-9]\d* removals tried anew/);
    await town.until('it is gone at the carrier', async () => !(await hasCarrier(call)));
    await removeRecordingHandler(platform).run(key, job);
    const left = async () =>
      (await findLeftAudio(prisma, clock.now(''), null, 100)).map(({ id }) => id);
    expect(await left()).not.toContain(call.recording.id);
    // told of by the carrier once more
    await prisma.recording.updateMany({
      where: { id: call.recording.id },
      data: { carrierRecordingId: call.recording.carrierRecordingId },
    });
    expect(await left()).toContain(call.recording.id);
    await removeRecordingHandler(platform).run(key, job);
    expect(await left()).not.toContain(call.recording.id);
  });
});

it('erasure takes a call’s rows in the caller’s transaction, and names the sound to remove', async () => {
  const call = await recorded();
  await writtenDown(call);
  const { accountId } = town;
  // every recording of the call, a voicemail among them if there is one
  const recordings = await prisma.recording.findMany({ where: { callId: call.callId } });
  const { carrierSessionId: session } = await prisma.call.findFirstOrThrow({
    where: { id: call.callId },
  });
  const stopped = platform.db.transaction(async (tx) => {
    await platform.events.lock(tx, accountId, [`call:${call.callId}`]);
    await eraseCall(tx, platform, accountId, call.callId);
    throw new Error('not yet');
  });
  await expect(stopped).rejects.toThrow('not yet');
  expect(await prisma.call.count({ where: { id: call.callId } })).toBe(1);

  const erase = () =>
    platform.db.transaction(async (tx) => {
      await platform.events.lock(tx, accountId, [`call:${call.callId}`]);
      return eraseCall(tx, platform, accountId, call.callId);
    });
  const erased = await erase();
  expect(erased?.recordingIds.sort()).toEqual(recordings.map(({ id }) => id).sort());
  expect(erased?.carrierRecordingIds.sort()).toEqual(
    recordings.map(({ carrierRecordingId }) => carrierRecordingId).sort(),
  );
  expect(erased?.carrierEvents).toBe(
    await prisma.carrierEvent.count({ where: { accountId, session } }),
  );
  expect(await erase()).toBeNull();
  const { rows } = await platform.db.pool.query(
    `select (select count(*)::int from call where id = $1) as calls,
            (select count(*)::int from recording where call_id = $1) as recordings,
            (select count(*)::int from transcript where call_id = $1) as transcripts,
            (select count(*)::int from carrier_command where subject = 'call:' || $1) as commands,
            (select count(*)::int from carrier_event
              where body::text like '%' || $2 || '%') as webhooks`,
    [call.callId, call.from],
  );
  expect(rows[0]).toEqual({
    ...{ calls: 0, recordings: 0, transcripts: 0, commands: 0, webhooks: 0 },
  });
  // the carrier sends one of its webhooks again: known by its id, it brings nothing back
  const events = await prisma.carrierEvent.findMany({ where: { accountId, session } });
  expect(events.length).toBeGreaterThan(3);
  expect(events.every(({ state }) => state === 'DONE' || state === 'IGNORED')).toBe(true);
});
