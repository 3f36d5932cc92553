// Reading WAV and MP3: every encoding gives the same sound, and every kind of broken file its own clear error.

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withAudio } from '#platform/speech/audio.ts';
import { computePeaks, readAudioInfo, SpeechError } from '#platform/speech/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { buildWav, type WavShape, writeWav } from './wav-file.ts';

const folder = temporaryFolder();
let files = 0;
const newFile = () => path.join(folder, String(files++));
const SHARED_MP3 = path.resolve('../shared/audio/plumbing-call-dual.mp3');

/** A sine on the left and silence on the right, 0.5 s at 8 kHz, encoded sample by sample. */
function encode(
  bytesPerSample: number,
  write: (sample: number, buffer: Buffer, at: number) => void,
): Buffer {
  const data = Buffer.alloc(4_000 * 2 * bytesPerSample);
  for (let i = 0; i < 4_000; i++) {
    write(0.5 * Math.sin(i / 10), data, i * 2 * bytesPerSample);
    write(0, data, (i * 2 + 1) * bytesPerSample);
  }
  return data;
}

const STEREO = { channels: 2, rate: 8_000 };
const ENCODINGS: [name: string, shape: WavShape][] = [
  [
    'PCM 8',
    {
      ...STEREO,
      code: 1,
      bits: 8,
      data: encode(1, (s, b, at) => b.writeUInt8(Math.round(s * 127) + 128, at)),
    },
  ],
  [
    'PCM 16',
    {
      ...STEREO,
      code: 1,
      bits: 16,
      data: encode(2, (s, b, at) => b.writeInt16LE(Math.round(s * 32_767), at)),
    },
  ],
  [
    'PCM 24',
    {
      ...STEREO,
      code: 1,
      bits: 24,
      data: encode(3, (s, b, at) => b.writeIntLE(Math.round(s * 8_388_607), at, 3)),
    },
  ],
  [
    'PCM 32',
    {
      ...STEREO,
      code: 1,
      bits: 32,
      data: encode(4, (s, b, at) => b.writeInt32LE(Math.round(s * 2_147_483_647), at)),
    },
  ],
  [
    'float 32',
    { ...STEREO, code: 3, bits: 32, data: encode(4, (s, b, at) => b.writeFloatLE(s, at)) },
  ],
  [
    'float 64',
    { ...STEREO, code: 3, bits: 64, data: encode(8, (s, b, at) => b.writeDoubleLE(s, at)) },
  ],
  [
    'extensible PCM 16',
    {
      ...STEREO,
      extensible: true,
      code: 1,
      bits: 16,
      data: encode(2, (s, b, at) => b.writeInt16LE(Math.round(s * 32_767), at)),
    },
  ],
];
const PCM_16 = ENCODINGS[1]?.[1] as WavShape;

async function readChannels(file: string): Promise<number[][]> {
  return withAudio(file, async (source) => {
    const channels = Array.from({ length: source.channels }, (): number[] => []);
    for await (const { samples } of source.blocks()) {
      for (const [channel, block] of samples.entries()) {
        channels[channel]?.push(...block);
      }
    }
    return channels;
  });
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof SpeechError ? error.reason : error;
}

describe('WAV files', () => {
  it.each(ENCODINGS)('are read as %s', async (_name, shape) => {
    const file = await writeWav(newFile(), shape);
    const [left = [], right = []] = await readChannels(file);
    expect(left).toHaveLength(4_000);
    expect(
      Math.max(...left.map((sample, i) => Math.abs(sample - 0.5 * Math.sin(i / 10)))),
    ).toBeLessThan(0.01);
    expect(Math.max(...right.map(Math.abs))).toBeLessThan(0.005);
    expect(await readAudioInfo(file)).toEqual({ durationSeconds: 0.5, channels: 2, rate: 8_000 });
  });

  // Values of ITU-T G.711: the quietest and the two loudest.
  it.each([
    ['mu-law', 7, [0xff, 0x80, 0x00], [0, 32_124, -32_124]],
    ['A-law', 6, [0xd5, 0xaa, 0x2a], [8, 32_256, -32_256]],
  ])('expand %s as the standard says', async (_name, code, bytes, expected) => {
    const shape = { code, bits: 8, channels: 1, rate: 8_000, data: Buffer.from(bytes) };
    const [samples = []] = await readChannels(await writeWav(newFile(), shape));
    expect(samples.map((sample) => sample * 32_768)).toEqual(expected);
  });

  it.each([0, 0xffffffff, 0x7fffffff])(
    'are read to their end when the header claims %d bytes',
    async (declaredBytes) => {
      const file = await writeWav(newFile(), { ...PCM_16, declaredBytes });
      expect((await readAudioInfo(file)).durationSeconds).toBe(0.5);
    },
  );

  it('are read as far as they go when cut in the middle of a sample', async () => {
    const file = newFile();
    await writeFile(file, buildWav(PCM_16).subarray(0, -8_001));
    expect((await readChannels(file))[0]).toHaveLength(1_999);
  });
});

describe('broken files', () => {
  const wav = buildWav(PCM_16);
  const noFormat = Buffer.from(wav);
  noFormat.write('xxxx', wav.indexOf('fmt '));
  it.each([
    ['an empty file', 'AUDIO_EMPTY', Buffer.alloc(0)],
    ['a WAV file without a sample', 'AUDIO_EMPTY', buildWav({ ...PCM_16, data: Buffer.alloc(0) })],
    ['a WAV file cut inside its header', 'AUDIO_CORRUPT', wav.subarray(0, 30)],
    ['a WAV file without a format part', 'AUDIO_CORRUPT', noFormat],
    ['a WAV file of 0 channels', 'AUDIO_CORRUPT', buildWav({ ...PCM_16, channels: 0 })],
    ['a WAV file of 0 Hz', 'AUDIO_CORRUPT', buildWav({ ...PCM_16, rate: 0 })],
    ['a web page', 'AUDIO_CORRUPT', Buffer.from('<html><body>404 Not Found</body></html>')],
    ['one byte', 'AUDIO_CORRUPT', Buffer.from([0xff])],
    [
      'noise',
      'AUDIO_CORRUPT',
      Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 251)),
    ],
    ['GSM inside WAV', 'AUDIO_UNSUPPORTED', buildWav({ ...PCM_16, code: 0x31 })],
    ['Ogg', 'AUDIO_UNSUPPORTED', Buffer.from('OggS and so on and on')],
    ['MP4', 'AUDIO_UNSUPPORTED', Buffer.from('\0\0\0 ftypM4A and so on')],
  ])('%s gives %s', async (_name, reason, bytes) => {
    const file = newFile();
    await writeFile(file, bytes);
    expect(await failureOf(readAudioInfo(file))).toBe(reason);
    expect(await failureOf(computePeaks(file))).toBe(reason);
  });

  it('a file that is not there gives AUDIO_CORRUPT', async () => {
    expect(await failureOf(readAudioInfo('no-such-file.wav'))).toBe('AUDIO_CORRUPT');
  });
});

describe('waveform peaks', () => {
  it('are the lowest and highest sample of every twentieth of a second', async () => {
    const file = await writeWav(newFile(), PCM_16);
    const { samplesPerSecond, channels } = await computePeaks(file);
    expect(samplesPerSecond).toBe(20);
    expect(channels.map((pairs) => pairs.length)).toEqual([20, 20]);
    expect(channels[0]?.slice(0, 2)).toEqual([-63, 63]);
    expect(channels[1]).toEqual(Array(20).fill(0));
  });

  it('do not drift where 20 does not divide the sample rate', async () => {
    const shape = { code: 1, bits: 8, channels: 1, rate: 11_025, data: Buffer.alloc(110_250, 128) };
    const { channels } = await computePeaks(await writeWav(newFile(), shape));
    expect(channels[0]).toHaveLength(10 * 20 * 2);
  });
});

describe.skipIf(!existsSync(SHARED_MP3))('MP3 files (needs ../shared/audio)', () => {
  it('tell length, channels and rate', async () => {
    const info = await readAudioInfo(SHARED_MP3);
    expect(info).toEqual({ durationSeconds: expect.closeTo(83.385, 1), channels: 2, rate: 8_000 });
  });

  it('give peaks for both channels over their whole length', async () => {
    const { channels } = await computePeaks(SHARED_MP3);
    expect(channels.map((pairs) => pairs.length)).toEqual([3_336, 3_336]);
    expect(Math.max(...(channels[1]?.slice(40, 200) ?? []))).toBeGreaterThan(30);
  });
});
