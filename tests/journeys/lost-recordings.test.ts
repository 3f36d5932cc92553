// Recordings that are late, never there, or no sound at all: what cannot be had is said with its reason.
import { randomUUID } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fetchRecordingHandler } from '#domains/calls/fetch-recording.ts';
import { recordingKey } from '#domains/calls/recording-key.ts';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { SpeechError } from '#platform/speech/index.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const { sandbox } = town;
const tracker = await town.tracker({ recording: true, transcription: true });
town.business(tracker).is('answer');

/** as soon as they are connected, however long that takes on a slow machine */
const LEAVES = { say: [] };

beforeEach(() => sandbox.faults([]));

/** An ended call whose recording the carrier has, but does not give. */
async function withheldRecording() {
  sandbox.faults([{ command: 'GET /v2/recordings/:id', times: 1_000, status: 404 }]);
  const caller = town.caller();
  caller.dials(tracker, LEAVES);
  const call = await town.endedCall(caller.from);
  const recording = await town.until('the carrier told that it has saved it', () =>
    platform.db.prisma.recording.findFirst({
      where: { state: 'FETCHING', call: { from: caller.from } },
    }),
  );
  const file = join(
    platform.config.DATA_DIR,
    'carrier/recordings',
    `${recording.carrierRecordingId}.wav`,
  );
  return { call, file, recording };
}

/** The state of the call of a recording, as if its tracker had not asked for a transcript. */
async function quiet({ accountId, callId }: { accountId: string; callId: string }) {
  const { machine } = await platform.db.prisma.call.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: callId } },
  });
  const state = machine as { plan: object };
  return { ...state, plan: { ...state.plan, transcribe: false } };
}

/** One try of the job, as the queue would make it, without its pauses. */
async function tryToFetch(
  { accountId, id: recordingId }: { accountId: string; id: string },
  last = false,
) {
  const handler = fetchRecordingHandler(platform);
  const job = { accountId, recordingId };
  const { signal } = new AbortController();
  try {
    return await handler.run(job, { id: 'try', attempt: last ? 7 : 1, signal });
  } catch (error) {
    if (last) return handler.giveUp?.(job, error);
    throw error;
  }
}

describe('a recording', () => {
  it('whose link is not there yet, then refused, is fetched by a later try', async () => {
    const { call, recording } = await withheldRecording();
    await expect(tryToFetch(recording)).rejects.toThrow();
    // the server's own tries go on beside ours: a fault that is used up would be anybody's
    for (const status of [403, 404]) {
      sandbox.faults([{ command: 'recording.download', times: 1_000, status }]);
      await expect(tryToFetch(recording)).rejects.toThrow(`answered ${status}`);
    }
    expect((await town.call(call.id)).recording.state).toBe('FETCHING');
    sandbox.faults([]);
    await tryToFetch(recording);
    expect((await town.call(call.id)).recording).toMatchObject({ state: 'READY', failure: null });
    expect(await tryToFetch(recording)).toBe('already-there');
  });

  it('that never comes has failed, and the event tells why', async () => {
    const { call, recording } = await withheldRecording();
    expect(await tryToFetch(recording, true)).toBe('given-up');
    const told = await town.sees('CALL_RECORDING_FAILED', (e) => e.call.id === call.id);
    expect(told.reason).toBe('NOT_THERE');
    const { recording: seen } = await town.call(call.id);
    expect(seen).toMatchObject({ state: 'FAILED', failure: told.reason, url: null });
  });

  it('that the carrier could not save has failed, and no word of the carrier is in the log of events', async () => {
    sandbox.faults([{ command: 'recording.save' }]);
    const caller = town.caller();
    caller.dials(tracker, LEAVES);
    const told = await town.sees('CALL_RECORDING_FAILED', (e) => e.call.from === caller.from);
    expect(told.reason).toBe('CARRIER_FAILED');
    expect((await town.endedCall(caller.from)).recording).toMatchObject({
      state: 'FAILED',
      failure: told.reason,
      url: null,
    });
  });

  it('whose id never reached us is found by its session and time, and no other is taken for it', async () => {
    const { recording } = await withheldRecording();
    sandbox.faults([]);
    const { recording: recordings } = platform.db.prisma;
    const { accountId, carrierRecordingId, startedAt } = recording;
    const where = { accountId_id: { accountId, id: recording.id } };
    const nameless = { carrierRecordingId: null };
    // it began an hour before what the carrier has
    const before = new Date(startedAt.getTime() - 3_600_000);
    await recordings.update({ where, data: { ...nameless, startedAt: before } });
    await expect(tryToFetch(recording)).rejects.toThrow('no such recording');
    // what the carrier has is the call's other recording
    await recordings.update({ where, data: { startedAt } });
    const kind = recording.kind === 'CALL' ? 'VOICEMAIL' : 'CALL';
    const other = { ...recording, id: randomUUID(), kind, peaks: {} } as const;
    await recordings.deleteMany({ where: { accountId, callId: recording.callId, kind } });
    await recordings.create({ data: other });
    await expect(tryToFetch(recording)).rejects.toThrow('no such recording');
    await recordings.delete({ where: { accountId_id: { accountId, id: other.id } } });
    // by this try, or by the job's own that came before it
    expect(await tryToFetch(recording)).toMatch(/^(stored|already-there)$/);
    expect(await recordings.findUnique({ where })).toMatchObject({ carrierRecordingId });
  });

  it('that is fetched once more while its muted copy takes its place does not come back', async () => {
    const { recording } = await withheldRecording();
    sandbox.faults([]);
    const { accountId, id: recordingId } = recording;
    const original = recordingKey(recording);
    const where = { accountId_id: { accountId, id: recordingId } };
    const storage = {
      ...platform.storage,
      // what was downloaded late is put when another try has stored the recording, and its sound was muted
      put: async (...given: Parameters<typeof platform.storage.put>) => {
        expect(await tryToFetch(recording)).toMatch(/^(stored|already-there)$/);
        const muted = { storageKey: `${original}-muted`, redaction: 'MUTED' } as const;
        await platform.db.prisma.recording.update({ where, data: muted });
        await platform.storage.remove(original);
        return platform.storage.put(...given);
      },
    };
    const job = { id: 'late', attempt: 1, signal: new AbortController().signal };
    await fetchRecordingHandler({ ...platform, storage }).run({ accountId, recordingId }, job);
    const isThere = () =>
      platform.storage.size(original).then(
        () => true,
        () => false,
      );
    await town.until('what was to be hidden is gone', async () => !(await isThere()));
    // as a try leaves it that ends between its file and its row
    await platform.storage.put(original, new Blob(['sound']).stream());
    expect(await tryToFetch(recording)).toBe('already-there');
    expect(await isThere()).toBe(false);
  });

  it('that is larger than may be has failed at once', async () => {
    const { call, file, recording } = await withheldRecording();
    truncateSync(file, 1024 ** 3 + 1);
    sandbox.faults([]);
    expect(await tryToFetch(recording)).toMatch(/^given-up/);
    const told = await town.sees('CALL_RECORDING_FAILED', (e) => e.call.id === call.id);
    expect(told.reason).toBe('TOO_LARGE');
  });

  it('of no bytes has failed', async () => {
    const { call, file, recording } = await withheldRecording();
    truncateSync(file, 0);
    sandbox.faults([]);
    expect(await tryToFetch(recording, true)).toBe('given-up');
    const told = await town.sees('CALL_RECORDING_FAILED', (e) => e.call.id === call.id);
    expect(told.reason).toBe('EMPTY');
  });

  it.each([
    [
      'is no audio',
      'AUDIO_CORRUPT',
      (file: string) => writeFileSync(file, 'not a recording'.repeat(99)),
    ],
    ['holds no sound', 'AUDIO_EMPTY', (file: string) => truncateSync(file, 44)],
  ])(
    'that %s is kept as it is, and its transcript has failed: %s',
    async (_what, reason, spoil) => {
      const { call, file, recording } = await withheldRecording();
      spoil(file);
      sandbox.faults([]);
      expect(await tryToFetch(recording)).toMatch(/^(stored|already-there)$/);
      const told = await town.sees('TRANSCRIPT_FAILED', (e) => e.call.id === call.id);
      expect(told.reason).toBe(reason);
      const { recording: seen, transcript } = await town.call(call.id);
      expect(seen).toMatchObject({ state: 'READY', durationSeconds: null });
      expect(transcript).toMatchObject({ state: 'FAILED', failure: reason, segments: [] });
      const stored = await platform.storage.size(recordingKey(recording));
      expect(stored).toBeGreaterThan(0);
    },
    // the speech engine loads its model first
    60_000,
  );
});

describe('a transcription that is given up', () => {
  it.each([
    ['by a fault of ours', new TypeError('undefined is no function'), 'INTERNAL_ERROR'],
    ['by a killed process', null, 'INTERNAL_ERROR'],
    [
      'by an engine that crashed each time',
      new SpeechError('ENGINE_CRASHED', '.'),
      'ENGINE_CRASHED',
    ],
    ['when the time of the job was up', new SpeechError('ABORTED', '.'), 'TIMEOUT'],
  ])('%s has failed, and the event tells why', async (_how, error, reason) => {
    const { call, recording } = await withheldRecording();
    sandbox.faults([]);
    // stored without the reaction that would transcribe it: the plan is changed after the call
    await platform.db.prisma.call.updateMany({
      where: { accountId: recording.accountId, id: recording.callId },
      data: { machine: await quiet(recording) },
    });
    // by this try, or by the job's own that came before it
    expect(await tryToFetch(recording)).toMatch(/^(stored|already-there)$/);
    const speech = {
      ...{ id: 'none', model: 'none', host: null, detectsLanguage: false },
      ...{ transcribe: () => Promise.reject(error), stop: async () => {} },
    };
    const handler = transcribeHandler({ ...platform, expectedWords, speech, remoteSpeech: null });
    const job = { accountId: recording.accountId, recordingId: recording.id };
    if (error) {
      const { signal } = new AbortController();
      await expect(handler.run(job, { id: 'try', attempt: 3, signal })).rejects.toBe(error);
      expect((await town.call(call.id)).transcript.state).toBe('TRANSCRIBING');
    }
    expect(await handler.giveUp?.(job, error)).toBe('failed');
    // and late once more, by the job that is put away
    await handler.giveUp?.(job, null);
    const told = await town.sees('TRANSCRIPT_FAILED', (e) => e.call.id === call.id);
    expect(told.reason).toBe(reason);
    expect((await town.call(call.id)).transcript).toMatchObject({
      state: 'FAILED',
      failure: reason,
    });
  });
});
