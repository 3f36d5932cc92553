// A muted copy: silent where it must be, on every channel, and the same file everywhere else.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAudio } from '#platform/speech/audio.ts';
import { muteAudio, readAudioInfo, type Stretch } from '#platform/speech/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { buildWav, type WavShape } from './wav-file.ts';

const folder = temporaryFolder();
const SHARED_MP3 = path.resolve('../shared/audio/plumbing-call-dual.mp3');

async function bytesOf(file: string, stretches: Stretch[]): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  for await (const block of muteAudio(file, stretches)) blocks.push(block);
  return Buffer.concat(blocks);
}

function samplesOf(file: string): Promise<number[][]> {
  return withAudio(file, async (source) => {
    const channels = Array.from({ length: source.channels }, (): number[] => []);
    for await (const { samples } of source.blocks()) {
      for (const [channel, block] of samples.entries()) {
        for (const sample of block) channels[channel]?.push(sample);
      }
    }
    return channels;
  });
}

/** format code, bits, and the loudest sample of its silence */
const FORMATS: [code: number, bits: number, silence: number][] = [
  [1, 8, 0],
  [1, 16, 0],
  [1, 24, 0],
  [1, 32, 0],
  [3, 32, 0],
  [3, 64, 0],
  [7, 8, 0],
  [6, 8, 8 / 32_768],
];
const stretch = fc
  .tuple(fc.integer({ min: -50, max: 400 }), fc.integer({ min: 0, max: 200 }))
  .map(([startMs, lengthMs]) => ({ startMs, endMs: startMs + lengthMs }));

describe('WAV', () => {
  it('in every encoding: no sound in the stretches, every other byte as it was', async () => {
    const recording = fc.record({
      format: fc.constantFrom(...FORMATS),
      channels: fc.integer({ min: 1, max: 3 }),
      rate: fc.constantFrom(8_000, 11_025),
      // 0.35 s at 8 kHz: whatever was recorded, it was no silence
      loud: fc.integer({ min: 0x21, max: 0x7e }),
      frames: fc.integer({ min: 1, max: 2_800 }),
      stretches: fc.array(stretch, { maxLength: 4 }),
      extensible: fc.boolean(),
    });
    const file = path.join(folder, 'property.wav');
    await fc.assert(
      fc.asyncProperty(recording, async (r) => {
        const [code, bits, silence] = r.format;
        const frameBytes = (bits / 8) * r.channels;
        const data = Buffer.alloc(r.frames * frameBytes, r.loud);
        const { channels, rate, extensible } = r;
        const before = buildWav({ code, bits, channels, rate, data, extensible });
        await writeFile(file, before);
        const after = await bytesOf(file, r.stretches);

        const isMuted = (frame: number) =>
          r.stretches.some(
            ({ startMs, endMs }) =>
              frame >= Math.floor((startMs * rate) / 1_000) &&
              frame < Math.ceil((endMs * rate) / 1_000),
          );
        const start = before.length - data.length;
        const kept = Buffer.from(before);
        for (let frame = 0; frame < r.frames; frame++) {
          const at = start + frame * frameBytes;
          if (isMuted(frame)) after.copy(kept, at, at, at + frameBytes);
        }
        expect(after.equals(kept)).toBe(true);

        await writeFile(file, after);
        for (const heard of await samplesOf(file)) {
          expect(heard).toHaveLength(r.frames);
          const loudest = Math.max(0, ...heard.filter((_, i) => isMuted(i)).map(Math.abs));
          expect(loudest).toBeLessThanOrEqual(silence);
        }
      }),
      { seed: 20_261_125, numRuns: 150 },
    );
  });

  it('of many blocks: a stretch over their borders has no hole', async () => {
    const shape: WavShape = { code: 1, bits: 24, channels: 2, rate: 8_000, data: Buffer.alloc(0) };
    const file = path.join(folder, 'long.wav');
    await writeFile(file, buildWav({ ...shape, data: Buffer.alloc(60 * 8_000 * 6, 0x55) }));
    await writeFile(file, await bytesOf(file, [{ startMs: 1_000, endMs: 59_000 }]));
    for (const heard of await samplesOf(file)) {
      expect(heard.slice(8_000, 59 * 8_000).every((sample) => sample === 0)).toBe(true);
      expect(heard[7_999]).not.toBe(0);
      expect(heard[59 * 8_000]).not.toBe(0);
    }
  });

  it('that is no audio gives none', async () => {
    const file = path.join(folder, 'page.html');
    await writeFile(file, '<html>404 Not Found</html>');
    await expect(bytesOf(file, [])).rejects.toMatchObject({ reason: 'AUDIO_CORRUPT' });
  });
});

describe.skipIf(!existsSync(SHARED_MP3))('MP3 (needs ../shared/audio)', () => {
  it('becomes a WAV file of the same sound and length, with the stretch silent', async () => {
    const file = path.join(folder, 'from-mp3.wav');
    await writeFile(file, await bytesOf(SHARED_MP3, [{ startMs: 20_000, endMs: 30_000 }]));
    expect(await readAudioInfo(file)).toEqual(await readAudioInfo(SHARED_MP3));
    const [before, after] = [await samplesOf(SHARED_MP3), await samplesOf(file)];
    for (const [channel, heard] of after.entries()) {
      const isMuted = (i: number) => i >= 160_000 && i < 240_000;
      expect(heard.every((sample, i) => !isMuted(i) || sample === 0)).toBe(true);
      const apart = heard.map((sample, i) =>
        isMuted(i) ? 0 : Math.abs(sample - (before[channel]?.[i] ?? 9)),
      );
      expect(apart.reduce((most, one) => Math.max(most, one), 0)).toBeLessThan(1 / 16_384);
    }
  });
});
