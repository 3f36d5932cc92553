// How long the embedded engine may take. The clock of its time limit is turned by hand, the engine itself is real.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { transcribeJob } from '#domains/transcripts/jobs.ts';
import { createMoonshine } from '#platform/speech/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const AUDIO_SECONDS = 4;
const dataDir = temporaryFolder();
const call = await readFile('tests/platform/speech/fixtures/short-call.wav');
const file = path.join(dataDir, 'start-of-call.wav');
await writeFile(file, call.subarray(0, AUDIO_SECONDS * 16_000));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Transcribes while the clock goes on by some seconds as soon as the work has begun. */
async function transcribeFor(seconds: number): Promise<string> {
  const engine = createMoonshine({ model: 'tiny', minimumTimeoutSeconds: 1 });
  let gone = 0;
  const onProgress = () => {
    if (gone === 0) vi.advanceTimersByTime(seconds * 1_000);
    gone = seconds;
  };
  const work = engine.transcribe(file, { onProgress });
  const outcome = await work.then(
    () => 'transcribed',
    (error) => error.reason,
  );
  await engine.stop();
  return outcome;
}

it('may take more than twice as long as the sound lasts: every stretch is heard twice', async () => {
  expect(await transcribeFor(2.2 * AUDIO_SECONDS)).toBe('transcribed');
});

it('is ended when it takes much longer', async () => {
  expect(await transcribeFor(3 * AUDIO_SECONDS)).toBe('TIMEOUT');
});

it('of the longest call, four hours, is over before the whole job is', () => {
  expect(transcribeJob.expireInSeconds).toBeGreaterThan(2.5 * 4 * 60 * 60);
});
