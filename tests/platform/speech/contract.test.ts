// What every transcription provider owes: the embedded engine on the real sound, the others over real HTTP.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createMoonshine,
  SpeechError,
  type Transcription,
  type TranscriptionProvider,
} from '#platform/speech/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { CALL, openProviderServer, turns } from './provider-server.ts';
import { writeWav } from './wav-file.ts';

const dataDir = temporaryFolder();
const server = await openProviderServer();
const silence = await writeWav(path.join(dataDir, 'silence.wav'), {
  ...{ code: 7, bits: 8, channels: 2, rate: 8_000, data: Buffer.alloc(8_000 * 2 * 4, 0xff) },
});
const corrupt = path.join(dataDir, 'corrupt.wav');
const empty = path.join(dataDir, 'empty.wav');
await writeFile(corrupt, 'RIFF1234WAVEgarbage');
await writeFile(empty, '');

beforeEach(() => server.answers());

/** Who hears, what it calls itself, and whether it tells languages apart. */
const PROVIDERS = [
  {
    open: () => createMoonshine({ model: 'tiny' }),
    told: { engine: 'moonshine', model: 'tiny', language: null, wordTimes: 'estimated' },
    way: { host: null, detectsLanguage: false },
  },
  {
    open: () => server.provider('openai'),
    told: { engine: 'openai', model: 'whisper-1', language: 'en', wordTimes: 'native' },
    way: { host: new URL(server.url).host, detectsLanguage: true },
  },
  {
    open: () => server.provider('telnyx'),
    told: {
      ...{ engine: 'telnyx', model: 'distil-whisper/distil-large-v2' },
      ...{ language: 'en', wordTimes: 'estimated' },
    },
    way: { host: new URL(server.url).host, detectsLanguage: false },
  },
  {
    open: () => server.provider('deepgram'),
    told: { engine: 'deepgram', model: 'nova-3', language: 'en', wordTimes: 'native' },
    way: { host: new URL(server.url).host, detectsLanguage: true },
  },
];

const reasonOf = async (work: Promise<unknown>) => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(SpeechError);
  return (thrown as SpeechError).reason;
};

describe.each(PROVIDERS)('$told.engine', ({ open, told, way }) => {
  let provider: TranscriptionProvider;
  let heard: Transcription;
  const progress: number[] = [];
  beforeAll(async () => {
    server.answers();
    provider = open();
    heard = await provider.transcribe(CALL, { onProgress: (done) => progress.push(done) });
  });
  afterAll(() => provider.stop());

  it('hears both sides, each on its channel, in the order of speech', () => {
    const sides = heard.segments.map(({ channel }) => channel);
    expect(sides).toEqual(turns.map(({ channel }) => channel));
    const said = (channel: number) =>
      heard.segments
        .filter((one) => one.channel === channel)
        .map(({ text }) => text)
        .join(' ');
    expect(said(0)).toMatch(/kitchen.*quote.*thank you/i);
    expect(said(1)).toMatch(/plumbing.*appointment/i);
    for (const [at, { startMs, endMs }] of turns.entries()) {
      expect(Math.abs((heard.segments[at]?.startMs ?? 0) - startMs)).toBeLessThan(500);
      expect(Math.abs((heard.segments[at]?.endMs ?? 0) - endMs)).toBeLessThan(500);
    }
    expect(heard.segments.map(({ uncertain }) => uncertain)).not.toContain(true);
  });

  it('gives words that make up the text, inside the segment and in order', () => {
    for (const { text, words, startMs, endMs } of heard.segments) {
      expect(words.map((word) => word.text).join(' ')).toBe(text);
      const times = [startMs, ...words.flatMap((word) => [word.startMs, word.endMs]), endMs];
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('tells who it is, what it knows of the language, and how far it got', () => {
    expect(heard).toMatchObject({ ...told, audioSeconds: 15, channels: 2 });
    expect(provider).toMatchObject({ ...way, model: told.model });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...new Set(progress)].toSorted((a, b) => a - b));
    expect(progress.every((one) => one > 0 && one <= 1)).toBe(true);
  });

  it('hears nothing in silence', async () => {
    const { segments, audioSeconds } = await provider.transcribe(silence, {});
    expect({ segments, audioSeconds }).toEqual({ segments: [], audioSeconds: 4 });
  });

  it('refuses what is no sound, and goes on', async () => {
    expect(await reasonOf(provider.transcribe(corrupt, {}))).toBe('AUDIO_CORRUPT');
    expect(await reasonOf(provider.transcribe(empty, {}))).toBe('AUDIO_EMPTY');
    expect((await provider.transcribe(silence, {})).segments).toEqual([]);
  });

  it('can be cancelled, and stopped for good', async () => {
    server.answers('silence');
    const leaving = new AbortController();
    const cancelled = reasonOf(provider.transcribe(CALL, { signal: leaving.signal }));
    leaving.abort();
    expect(await cancelled).toBe('ABORTED');
    const one = open();
    const running = reasonOf(one.transcribe(CALL, {}));
    await one.stop();
    expect(await running).toBe('ABORTED');
    expect(await reasonOf(one.transcribe(CALL, {}))).toBe('ABORTED');
  });
});

describe('a language that somebody has declared', () => {
  it.each([
    ['the embedded engine', () => createMoonshine(), /not supported by the embedded engine/],
    ['a model that knows English only', () => server.provider('telnyx'), /not supported by distil/],
  ])('is refused by %s', async (_who, open, sentence) => {
    server.answers();
    const provider = open();
    const job = provider.transcribe(CALL, { language: 'es-MX' });
    await expect(job).rejects.toMatchObject({ reason: 'LANGUAGE_UNSUPPORTED' });
    await expect(job).rejects.toThrow(sentence);
    expect(server.heard).toEqual([]);
    await provider.stop();
  });

  it('is told to those that know it, and nothing is detected', async () => {
    server.answers();
    await server.provider('openai').transcribe(CALL, { language: 'es-MX' });
    expect(server.heard[0]?.fields).toContainEqual(['language', 'es']);
    server.answers();
    await server.provider('deepgram').transcribe(CALL, { language: 'es-MX' });
    expect(server.heard[0]?.url.searchParams.get('language')).toBe('es-MX');
    expect(server.heard[0]?.url.searchParams.has('detect_language')).toBe(false);
  });
});
