// Words and sound are redacted as one: whatever is killed, late or done twice, nobody reads the words of a recording
// whose numbers can still be heard, and no file with a number in it stays behind.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectedWords } from '#domains/intelligence/index.ts';
import { transcribeHandler } from '#domains/transcripts/transcription/transcribe.ts';
import { SpeechError, type TranscriptionProvider } from '#platform/speech/index.ts';
import { copyCall, makeCall } from '#tests/support/copied-call.ts';
import { openTown } from '#tests/support/town.ts';
import { openApi } from '../../../../demo/api.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma } = platform.db;
// transcription is asked for by hand below, so that the worker's own engine stays out of it
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const BYTES_PER_MS = 32;
const HEADER_BYTES = 44;
/** where something is said in the recording at hand, in ms; what is silenced for it reaches 0.3 s further */
let spoken = { startMs: 0, endMs: 0 };

/** An engine that hears these words where something is said. */
function hears(text: string): TranscriptionProvider {
  return {
    ...{ id: 'scripted', model: 'none', host: null, detectsLanguage: true },
    stop: async () => {},
    transcribe: async () => ({
      segments: [{ channel: 0, ...spoken, text, uncertain: false, words: [] }],
      engine: 'scripted',
      model: 'none',
      language: 'en',
      wordTimes: 'estimated',
      audioSeconds: 8,
      channels: 2,
    }),
  };
}
const CARD = hears('my card is 4242 4242 4242 4242');

type Slice = Parameters<typeof transcribeHandler>[0];
const handler = (changes: Partial<Slice> = {}) =>
  transcribeHandler({ ...platform, expectedWords, speech: CARD, remoteSpeech: null, ...changes });
const payloadOf = ({ accountId, id: recordingId }: { accountId: string; id: string }) => ({
  accountId,
  recordingId,
});
const run = (about: { accountId: string; id: string }, changes: Partial<Slice> = {}) =>
  handler(changes).run(payloadOf(about), {
    id: 'try',
    attempt: 1,
    signal: new AbortController().signal,
  });

const stored = (id: string) =>
  prisma.recording.findUniqueOrThrow({
    where: { accountId_id: { accountId: town.accountId, id } },
  });
const filesOf = async (id: string) => {
  const folder = join(platform.config.DATA_DIR, 'storage/recordings', town.accountId, id);
  return (await readdir(folder)).sort();
};
const hear = async (callId: string, key?: string) => {
  const { data } = await town.answer(
    'query($id: ID!) { node(id: $id) { ... on Call { recording { url redaction sha256 } transcript { state segments { text } } } } }',
    { id: callId },
    key,
  );
  return data.node;
};
const heardAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** the one call that is made; each test has one like it */
let made: string;
let analyst: string;
let call: { id: string };
let recording: Awaited<ReturnType<typeof stored>>;
beforeAll(async () => {
  analyst = await town.keyWith(['calls:read', 'transcripts:read']);
  made = await makeCall(town, tracker);
});
beforeEach(async () => {
  const copy = await copyCall(town, made);
  ({ call } = copy);
  await prisma.recording.update({
    where: { accountId_id: { accountId: town.accountId, id: copy.recordingId } },
    data: { redaction: 'PENDING' },
  });
  recording = await stored(copy.recordingId);
  const { path } = await platform.storage.localFile(recording.storageKey ?? '');
  const sound = (await readFile(path)).subarray(HEADER_BYTES);
  const startMs = Math.ceil(sound.findIndex((byte) => byte !== 0) / BYTES_PER_MS);
  spoken = { startMs, endMs: startMs + 2_000 };
});

/** The bytes (8 kHz, 16 bit, 2 channels) that must be silent. */
const hiddenPart = (wav: Buffer) =>
  wav.subarray(
    HEADER_BYTES + (spoken.startMs - 300) * BYTES_PER_MS,
    HEADER_BYTES + (spoken.endMs + 300) * BYTES_PER_MS,
  );

describe('a number in a recording', () => {
  it('is heard by nobody but holders of transcripts:raw before, by nobody at all after', async () => {
    const before = await hear(call.id);
    const raw = await heardAt(before.recording.url);
    expect(hiddenPart(raw).some((byte) => byte !== 0)).toBe(true);
    expect(await hear(call.id, analyst)).toMatchObject({
      recording: { url: null, redaction: 'PENDING' },
      transcript: null,
    });

    expect(await run(recording)).toBe('transcribed');
    const { recording: after, transcript } = await hear(call.id, analyst);
    expect(transcript.segments).toEqual([{ text: 'my card is [CARD_NUMBER]' }]);
    expect(after.redaction).toBe('MUTED');
    const muted = await heardAt(after.url);
    expect(sha256(muted)).toBe(after.sha256);
    expect(hiddenPart(muted).every((byte) => byte === 0)).toBe(true);
    hiddenPart(raw).copy(hiddenPart(muted));
    expect(muted.equals(raw)).toBe(true);
    // a link from before leads to the same silence
    expect(sha256(await heardAt(before.recording.url))).toBe(after.sha256);

    await town.until(
      'the file with the number is gone',
      async () => (await filesOf(recording.id)).length === 1,
    );
    const row = await stored(recording.id);
    expect(row.storageKey).toContain((await filesOf(recording.id))[0]);
    expect(Number(row.sizeBytes)).toBe(muted.length);
    // that it began was told with the steps of the call; that its sound changed is told alone
    await town.sees(
      'CALL_UPDATED',
      (e) => e.call.id === call.id && e.changes.join() === 'recording',
    );
  });

  it('that nobody said leaves the recording as it is', async () => {
    expect(await run(recording, { speech: hears('thank you so much') })).toBe('transcribed');
    const { recording: after } = await hear(call.id, analyst);
    expect(after).toMatchObject({ redaction: 'CLEAR', url: expect.any(String) });
    expect(await stored(recording.id)).toMatchObject({ storageKey: recording.storageKey });
  });

  it('stays closed when the recording cannot be transcribed', async () => {
    const speech: TranscriptionProvider = {
      ...CARD,
      transcribe: () => Promise.reject(new SpeechError('ENGINE_UNAVAILABLE', 'It is not there.')),
    };
    expect(await run(recording, { speech })).toBe('failed');
    expect((await hear(call.id, analyst)).recording).toMatchObject({
      redaction: 'FAILED',
      url: null,
    });
    expect((await hear(call.id)).recording.url).toEqual(expect.any(String));
  });
});

it('how far it has come is told to whoever may read it, and looks on', async () => {
  const api = openApi(town.server.url, analyst);
  const told: unknown[] = [];
  const looking = (async () => {
    const query = `subscription($callId: ID!) { transcriptProgress(callId: $callId) { kind percent } }`;
    for await (const { transcriptProgress } of api.follow(query, { callId: call.id })) {
      told.push(transcriptProgress);
      if (told.length === 2) break;
    }
  })();
  const speech: TranscriptionProvider = {
    ...CARD,
    async transcribe(path, options) {
      // heard from the moment on at which the subscription stands
      await town.until('somebody has heard of it', () => {
        options.onProgress?.(0.504);
        return told.length > 0;
      });
      return CARD.transcribe(path, options);
    },
  };
  expect(await run(recording, { speech })).toBe('transcribed');
  await looking;
  expect(told).toEqual(Array(2).fill({ kind: 'CALL', percent: 50 }));

  const { key } = await town.stranger();
  for (const stranger of [key, await town.keyWith(['calls:read'])]) {
    const stream = openApi(town.server.url, stranger).follow(
      'subscription($callId: ID!) { transcriptProgress(callId: $callId) { percent } }',
      { callId: call.id },
    );
    await expect(stream.next()).rejects.toThrow(/NOT_FOUND|FORBIDDEN|transcripts:read|no Call/i);
  }
  api.close();
});

describe('a job', () => {
  it('that dies before it commits is done by the next try, which leaves one file', async () => {
    let writes = 0;
    const db = Object.assign(Object.create(platform.db), {
      // the first one only enqueues; the second one settles
      transaction: (work: Parameters<typeof platform.db.transaction>[0]) =>
        ++writes === 2
          ? platform.db.transaction(async (tx) => {
              await work(tx);
              throw new Error('killed before the commit');
            })
          : platform.db.transaction(work),
    });
    await expect(run(recording, { db })).rejects.toThrow('killed before the commit');
    expect(await hear(call.id, analyst)).toMatchObject({
      recording: { url: null, redaction: 'PENDING' },
      transcript: { state: 'TRANSCRIBING', segments: [] },
    });
    expect(await filesOf(recording.id)).toHaveLength(2);
    expect(await run(recording)).toBe('transcribed');
    expect(await run(recording)).toBe('already-done');
    await town.until('one file is left', async () => (await filesOf(recording.id)).length === 1);
    const { recording: after } = await hear(call.id, analyst);
    expect(sha256(await heardAt(after.url))).toBe(after.sha256);
  });

  it('that comes late, when another try has done it, changes nothing and leaves one file', async () => {
    const speech: TranscriptionProvider = {
      ...CARD,
      transcribe: async (...given) => {
        expect(await run(recording, { speech: hears('4242 4242 4242 4242') })).toBe('transcribed');
        const heard = await CARD.transcribe(...given);
        return {
          ...heard,
          segments: heard.segments.map((one) => ({ ...one, endMs: one.endMs + 500 })),
        };
      },
    };
    await run(recording, { speech });
    await town.until('one file is left', async () => (await filesOf(recording.id)).length === 1);
    const { recording: after, transcript } = await hear(call.id, analyst);
    expect(transcript.segments).toEqual([{ text: '[CARD_NUMBER]' }]);
    expect(sha256(await heardAt(after.url))).toBe(after.sha256);
    await town.sees('TRANSCRIPT_READY', (e) => e.call.id === call.id);
    const told = town.seen((e) => e.type === 'TRANSCRIPT_READY' && e.call.id === call.id);
    expect(told).toHaveLength(1);
  });

  it('whose storage is full says so in the end, and the sound stays closed', async () => {
    const storage = { ...platform.storage, put: () => Promise.reject(new Error('ENOSPC')) };
    await expect(run(recording, { storage })).rejects.toThrow('ENOSPC');
    const { giveUp } = handler({ storage });
    expect(await giveUp?.(payloadOf(recording), new Error('ENOSPC'))).toBe('failed');
    expect(await hear(call.id, analyst)).toMatchObject({
      recording: { redaction: 'FAILED', url: null },
      transcript: { state: 'FAILED', segments: [] },
    });
  });

  it('of a recording that is erased meanwhile leaves no copy', async () => {
    const speech: TranscriptionProvider = {
      ...CARD,
      transcribe: async (...given) => {
        await prisma.recording.delete({
          where: { accountId_id: { accountId: town.accountId, id: recording.id } },
        });
        return CARD.transcribe(...given);
      },
    };
    await run(recording, { speech });
    await town.until('the copy is gone', async () => (await filesOf(recording.id)).length === 1);
    expect(await filesOf(recording.id)).toEqual(['heard.wav']);
  });
});
