// Reads a whole short WAV (speech fixtures, playback files) into 8 kHz mono PCM16. PCM 16 bit and G.711 mu-law are
// understood; other rates are resampled by the nearest sample, which is enough for prompts on a telephone line.
import { SAMPLE_RATE } from './frames.ts';

/**
 * Decodes a WAV file.
 * @returns 8 kHz mono samples; several channels are averaged
 * @throws Error naming what is wrong when the bytes are no WAV or of an encoding that is not read
 */
export function readWav(bytes: Buffer): Int16Array {
  if (
    bytes.length < 12 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    throw new Error('Not a WAV file: it must begin with RIFF and WAVE.');
  }
  let format = { encoding: 0, channels: 0, rate: 0, bits: 0 };
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, Math.min(at + 8 + size, bytes.length));
    if (name === 'fmt ') {
      if (body.length < 16)
        throw new Error('The WAV file\'s "fmt " chunk is shorter than 16 bytes.');
      format = {
        encoding: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        rate: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      };
    }
    if (name === 'data') return toLine(decode(body, format), format.channels, format.rate);
    at += 8 + size + (size % 2);
  }
  throw new Error('The WAV file holds no "data" chunk.');
}

function decode(
  body: Buffer,
  format: { encoding: number; channels: number; rate: number; bits: number },
): Int16Array {
  if (format.channels < 1 || format.rate < 1)
    throw new Error('The WAV file has no "fmt " chunk before its data.');
  if (format.encoding === 1 && format.bits === 16) {
    const samples = new Int16Array(body.length >> 1);
    for (let index = 0; index < samples.length; index++)
      samples[index] = body.readInt16LE(index * 2);
    return samples;
  }
  if (format.encoding === 7 && format.bits === 8) return Int16Array.from(body, fromMuLaw);
  throw new Error(
    `WAV encoding ${format.encoding} with ${format.bits} bits is not read here: use PCM 16 bit or mu-law.`,
  );
}

/** Expands one mu-law byte to PCM16 (ITU-T G.711). */
function fromMuLaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84;
  return value & 0x80 ? -magnitude : magnitude;
}

function toLine(samples: Int16Array, channels: number, rate: number): Int16Array {
  const frames = Math.floor(samples.length / channels);
  const line = new Int16Array(Math.floor((frames * SAMPLE_RATE) / rate));
  for (let index = 0; index < line.length; index++) {
    const from = Math.floor((index * rate) / SAMPLE_RATE) * channels;
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[from + channel] as number;
    line[index] = Math.round(sum / channels);
  }
  return line;
}
