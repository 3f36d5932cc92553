// The embedded engine itself, on a real recording: what it hears, and how it fails, recovers and ends.

import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAudio } from '#platform/speech/audio.ts';
import { createMoonshine, type SpeechError, type Transcription } from '#platform/speech/index.ts';
import { MODEL_RATE } from '#platform/speech/model-rate.ts';
import { findVoiceTools } from '#platform/speech/moonshine-model.ts';
import { type SpeechStretch, SpeechStretches } from '#platform/speech/speech-stretches.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { writeWav } from './wav-file.ts';
import { measureWordErrors } from './word-errors.ts';

interface Truth {
  turns: { channel: number; startMs: number; endMs: number; text: string }[];
}

const CALL = path.resolve('tests/platform/speech/fixtures/short-call.wav');
const SPEECH_MODULE = path.resolve('src/platform/speech');
const dataDir = temporaryFolder();
// The call's first four seconds, cut off like a broken stream: enough for the tests of the process.
const START_OF_CALL = path.join(dataDir, 'start-of-call.wav');
await writeFile(START_OF_CALL, (await readFile(CALL)).subarray(0, 4 * 16_000));
const { turns }: Truth = JSON.parse(await readFile(CALL.replace('.wav', '.truth.json'), 'utf8'));

function textOf({ segments }: Transcription, channel: number): string {
  const own = segments.filter((segment) => segment.channel === channel);
  return own.map((segment) => segment.text).join(' ');
}

async function failureOf(work: Promise<unknown>): Promise<SpeechError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof Error && 'reason' in error)) {
    throw new Error(`expected a SpeechError, got ${error}`);
  }
  return error as SpeechError;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function findStretches(file: string): Promise<(SpeechStretch & { channel: number })[]> {
  return withAudio(file, async (source) => {
    const tools = findVoiceTools();
    const lanes = Array.from(
      { length: source.channels },
      () => new SpeechStretches(tools, source.rate),
    );
    for await (const { samples } of source.blocks()) {
      for (const [channel, block] of samples.entries()) lanes[channel]?.accept(block);
    }
    return lanes.flatMap((lane, channel) => {
      lane.finish();
      return lane.take(true).map((stretch) => ({ ...stretch, channel }));
    });
  });
}

describe('a transcription of the short call', () => {
  const engine = createMoonshine();
  const progress: number[] = [];
  let heard: Transcription;
  beforeAll(async () => {
    heard = await engine.transcribe(CALL, {
      // two are said, and heard as "league" and as nothing where they are not expected
      vocabulary: ['leak', 'quote', 'furnace', 'roof'],
      onProgress: (fraction) => progress.push(fraction),
    });
  });
  afterAll(() => engine.stop());

  it.each([0, 1])('has under 15 %% word errors on channel %d', (channel) => {
    const said = turns.filter((turn) => turn.channel === channel).map((turn) => turn.text);
    expect(measureWordErrors(said.join(' '), textOf(heard, channel))).toBeLessThan(0.15);
  });

  it('hears the words that matter, each on its speaker’s channel', () => {
    expect(textOf(heard, 0)).toMatch(/leak.*kitchen.*quote/i);
    expect(textOf(heard, 1)).toMatch(/plumbing.*appointment/i);
    expect(textOf(heard, 0)).not.toMatch(/appointment|furnace|roof/i);
    expect(textOf(heard, 1)).not.toMatch(/furnace|roof/i);
  });

  it('places every turn within half a second', () => {
    for (const turn of turns) {
      const segment = heard.segments.find(
        ({ channel, startMs, endMs }) =>
          channel === turn.channel && startMs < turn.endMs && endMs > turn.startMs,
      );
      expect(Math.abs((segment?.startMs ?? 0) - turn.startMs)).toBeLessThan(500);
      expect(Math.abs((segment?.endMs ?? 0) - turn.endMs)).toBeLessThan(500);
    }
  });

  it('covers every stretch over a second in which there is speech', async () => {
    const stretches = await findStretches(CALL);
    const long = stretches.filter(({ start, end }) => end - start > MODEL_RATE);
    expect(long.length).toBeGreaterThanOrEqual(turns.length);
    for (const { channel, start } of long) {
      const startMs = Math.round((start / MODEL_RATE) * 1_000);
      expect(
        heard.segments.filter((s) => s.channel === channel && s.startMs === startMs),
      ).toHaveLength(1);
    }
  });

  it('gives words that make up the text, inside the segment and in order', () => {
    for (const { text, words, startMs, endMs } of heard.segments) {
      expect(words.map((word) => word.text).join(' ')).toBe(text);
      const times = [startMs, ...words.flatMap((word) => [word.startMs, word.endMs]), endMs];
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('tells what it is and how far it got', () => {
    expect(heard).toMatchObject({
      engine: 'moonshine',
      model: 'base',
      // it cannot tell
      language: null,
      wordTimes: 'estimated',
      audioSeconds: 15,
      channels: 2,
    });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('cuts a speaker who never pauses into segments that the recogniser can hold', async () => {
    // The caller's first turn, six times without the silence around it.
    const call = (await readFile(CALL)).subarray(-15 * 16_000);
    const turn = call.subarray(3.45 * 16_000, 7.35 * 16_000).filter((_, i) => i % 2 === 0);
    const data = Buffer.concat(Array(6).fill(turn));
    const shape = { code: 7, bits: 8, channels: 1, rate: 8_000, data };
    const monologue = await writeWav(path.join(dataDir, 'monologue.wav'), shape);
    const { segments } = await engine.transcribe(monologue, {});
    const lengths = segments.map(({ startMs, endMs }) => endMs - startMs);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(18_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(22_000);
    const text = segments.map((segment) => segment.text).join(' ');
    expect(text.match(/kitchen/gi)?.length).toBeGreaterThanOrEqual(5);
  });

  it('of silence has no segments', async () => {
    const data = Buffer.alloc(8_000 * 2 * 4, 0xff);
    const shape = { code: 7, bits: 8, channels: 2, rate: 8_000, data };
    const silence = await writeWav(path.join(dataDir, 'silence.wav'), shape);
    const { segments, audioSeconds } = await engine.transcribe(silence, {});
    expect({ segments, audioSeconds }).toEqual({ segments: [], audioSeconds: 4 });
  });

  it('fails with a typed error for a corrupt or empty file, and the engine goes on', async () => {
    const corrupt = path.join(dataDir, 'corrupt.wav');
    const empty = path.join(dataDir, 'empty.wav');
    await writeFile(corrupt, 'RIFF1234WAVEgarbage');
    await writeFile(empty, '');
    const pid = engine.childPid;
    expect((await failureOf(engine.transcribe(corrupt, {}))).reason).toBe('AUDIO_CORRUPT');
    expect((await failureOf(engine.transcribe(empty, {}))).reason).toBe('AUDIO_EMPTY');
    expect(engine.childPid).toBe(pid);
  });

  it('is made in a process that has nothing of this one’s environment, and gives its memory back', async () => {
    const environment = await readFile(`/proc/${engine.childPid}/environ`, 'utf8');
    expect(environment).not.toContain('PATH=');
    expect(environment).toContain('MALLOC_ARENA_MAX=1');
    expect(environment).toContain('MALLOC_MMAP_THRESHOLD_=131072');
  });

  it('in another language is refused with advice', async () => {
    const error = await failureOf(engine.transcribe(CALL, { language: 'es' }));
    expect(error.reason).toBe('LANGUAGE_UNSUPPORTED');
    expect(error.message).toMatch(/English only.*another transcription provider/);
  });
});

describe('the child process', () => {
  it('killed in mid-job is started again and the job succeeds', async () => {
    const warnings: string[] = [];
    const log = { warn: (_fields: object, message: string) => void warnings.push(message) };
    const engine = createMoonshine({ model: 'tiny', log });
    const pids = new Set<number>();
    const heard = await engine.transcribe(START_OF_CALL, {
      onProgress: () => {
        const pid = engine.childPid ?? 0;
        if (pids.size === 0) process.kill(pid, 'SIGKILL');
        pids.add(pid);
      },
    });
    expect(textOf(heard, 1)).toMatch(/plumbing/i);
    expect(pids.size).toBe(2);
    expect(warnings).toEqual(['the speech child process ended unexpectedly']);
    await engine.stop();
    expect([...pids].filter(isRunning)).toEqual([]);
  });

  it('killed twice gives ENGINE_CRASHED, and the next job works', async () => {
    const engine = createMoonshine({ model: 'tiny' });
    const job = engine.transcribe(START_OF_CALL, {});
    const killed = new Set<number>();
    await expect
      .poll(() => {
        const pid = engine.childPid;
        if (pid && !killed.has(pid)) {
          killed.add(pid);
          process.kill(pid, 'SIGKILL');
        }
        return killed.size;
      })
      .toBe(2);
    const error = await failureOf(job);
    expect(error.reason).toBe('ENGINE_CRASHED');
    expect(error.message).toContain('SIGKILL');
    expect((await engine.transcribe(START_OF_CALL, {})).segments.length).toBeGreaterThan(0);
    await engine.stop();
  });

  it('that takes too long is ended with TIMEOUT', async () => {
    const engine = createMoonshine({ minimumTimeoutSeconds: 0.05 });
    expect((await failureOf(engine.transcribe(START_OF_CALL, {}))).reason).toBe('TIMEOUT');
    await expect.poll(() => engine.childPid).toBeUndefined();
    await engine.stop();
  });

  it('is ended when idle, and started again by the next job', async () => {
    const engine = createMoonshine({ model: 'tiny', idleMinutes: 0.001 });
    expect(engine.childPid).toBeUndefined();
    await engine.transcribe(START_OF_CALL, {});
    const first = engine.childPid;
    expect(first).toBeTypeOf('number');
    await expect.poll(() => engine.childPid).toBeUndefined();
    await engine.transcribe(START_OF_CALL, {});
    expect(engine.childPid).not.toBe(first);
    await engine.stop();
  });
});

describe('cancelling', () => {
  it('ends a running job and a waiting one, and nothing else', async () => {
    const engine = createMoonshine({ model: 'tiny' });
    const running = new AbortController();
    const waiting = new AbortController();
    const first = failureOf(
      engine.transcribe(START_OF_CALL, {
        signal: running.signal,
        onProgress: () => running.abort(),
      }),
    );
    const second = failureOf(engine.transcribe(START_OF_CALL, { signal: waiting.signal }));
    const third = engine.transcribe(START_OF_CALL, {});
    waiting.abort();
    expect((await second).reason).toBe('ABORTED');
    expect((await first).reason).toBe('ABORTED');
    expect((await third).segments.length).toBeGreaterThan(0);
    await engine.stop();
  });

  it('by stop ends everything, for good', async () => {
    const engine = createMoonshine({ model: 'tiny' });
    const jobs = [
      failureOf(engine.transcribe(START_OF_CALL, {})),
      failureOf(engine.transcribe(START_OF_CALL, {})),
    ];
    await expect.poll(() => engine.childPid).toBeTypeOf('number');
    const pid = engine.childPid ?? 0;
    await engine.stop();
    expect((await Promise.all(jobs)).map((error) => error.reason)).toEqual(['ABORTED', 'ABORTED']);
    expect(isRunning(pid)).toBe(false);
    expect((await failureOf(engine.transcribe(START_OF_CALL, {}))).reason).toBe('ABORTED');
  });
});

describe('an engine that cannot start', () => {
  it('says which weights are missing', async () => {
    const engine = createMoonshine({ modelsDir: path.join(dataDir, 'nothing-here') });
    const error = await failureOf(engine.transcribe(START_OF_CALL, {}));
    expect(error.reason).toBe('ENGINE_UNAVAILABLE');
    expect(error.message).toContain('encoder_model.onnx');
    await engine.stop();
  });

  it('says that the native add-on is missing', async () => {
    // A copy outside the project finds no packages, as on a platform without the add-on.
    const folder = path.join(dataDir, 'elsewhere');
    await cp(SPEECH_MODULE, folder, { recursive: true });
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
    const copy: { createMoonshine: typeof createMoonshine } = await import(
      pathToFileURL(path.join(folder, 'moonshine.ts')).href
    );
    const engine = copy.createMoonshine();
    const error = await failureOf(engine.transcribe(START_OF_CALL, {}));
    expect(error.reason).toBe('ENGINE_UNAVAILABLE');
    expect(error.message).toMatch(
      /cannot start.*(sherpa-onnx-node|onnxruntime-node|llama-tokenizer-js)/,
    );
    await engine.stop();
  });
});
