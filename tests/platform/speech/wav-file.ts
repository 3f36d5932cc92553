// Writes small WAV files for the audio tests, correct or damaged.

import { writeFile } from 'node:fs/promises';

export interface WavShape {
  /** Format code: 1 PCM, 3 float, 6 A-law, 7 mu-law. */
  code: number;
  bits: number;
  channels: number;
  rate: number;
  data: Buffer;
  /** What the header claims where it lies about the data's length. */
  declaredBytes?: number;
  extensible?: boolean;
}

/** The bytes of a WAV file. */
export function buildWav({
  code,
  bits,
  channels,
  rate,
  data,
  declaredBytes,
  extensible,
}: WavShape): Buffer {
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(code, 24);
  }
  const chunk = (id: string, length: number, body: Buffer) => {
    const header = Buffer.alloc(8, id, 'latin1');
    header.writeUInt32LE(length, 4);
    return Buffer.concat([header, body]);
  };
  // An odd chunk in front proves that unknown parts and their padding are skipped.
  const parts = [
    chunk('LIST', 3, Buffer.from('abc\0')),
    chunk('fmt ', format.length, format),
    chunk('data', declaredBytes ?? data.length, data),
  ];
  const body = Buffer.concat([Buffer.from('WAVE'), ...parts]);
  return chunk('RIFF', body.length, body);
}

/** Writes a WAV file and returns its path. */
export async function writeWav(file: string, shape: WavShape): Promise<string> {
  await writeFile(file, buildWav(shape));
  return file;
}
