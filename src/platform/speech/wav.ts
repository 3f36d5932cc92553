// WAV files as a stream of float blocks: PCM 8/16/24/32, float 32/64, mu-law, A-law, also inside "extensible" headers.
// A cut or streamed file often declares a wrong data length, so what the file really holds wins.

import type { FileHandle } from 'node:fs/promises';
import type { AudioBlock, AudioSource } from './audio-source.ts';
import { aLawSamples, muLawSamples } from './companding.ts';
import { SpeechError } from './speech-error.ts';

const BLOCK_FRAMES = 16_384;
const LONGEST_HEADER_CHUNK = 4_096;
const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_A_LAW = 6;
const FORMAT_MU_LAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;

interface WavFormat {
  code: number;
  channels: number;
  rate: number;
  bytesPerSample: number;
}

type ReadSample = (bytes: Buffer, offset: number) => number;

function sampleReader({ code, bytesPerSample }: WavFormat): ReadSample {
  switch (`${code}/${bytesPerSample}`) {
    case `${FORMAT_PCM}/1`:
      return (bytes, at) => (bytes.readUInt8(at) - 128) / 128;
    case `${FORMAT_PCM}/2`:
      return (bytes, at) => bytes.readInt16LE(at) / 2 ** 15;
    case `${FORMAT_PCM}/3`:
      return (bytes, at) => bytes.readIntLE(at, 3) / 2 ** 23;
    case `${FORMAT_PCM}/4`:
      return (bytes, at) => bytes.readInt32LE(at) / 2 ** 31;
    case `${FORMAT_FLOAT}/4`:
      return (bytes, at) => finite(bytes.readFloatLE(at));
    case `${FORMAT_FLOAT}/8`:
      return (bytes, at) => finite(bytes.readDoubleLE(at));
    case `${FORMAT_A_LAW}/1`:
      return (bytes, at) => aLawSamples[bytes.readUInt8(at)] ?? 0;
    case `${FORMAT_MU_LAW}/1`:
      return (bytes, at) => muLawSamples[bytes.readUInt8(at)] ?? 0;
    default:
      throw new SpeechError(
        'AUDIO_UNSUPPORTED',
        `The WAV encoding ${code} with ${bytesPerSample * 8} bits is not supported; send PCM, float, mu-law, A-law or MP3.`,
      );
  }
}

/** What a sample holds when there is no sound; A-law has no zero, its quietest sample is 1/4096 of full scale. */
function silentSample({ code, bytesPerSample }: WavFormat): Buffer {
  const bytes = Buffer.alloc(bytesPerSample);
  if (code === FORMAT_MU_LAW) return bytes.fill(0xff);
  if (code === FORMAT_A_LAW) return bytes.fill(0xd5);
  return code === FORMAT_PCM && bytesPerSample === 1 ? bytes.fill(0x80) : bytes;
}

function finite(value: number): number {
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}

function parseFormat(chunk: Buffer): WavFormat {
  if (chunk.length < 16) {
    throw new SpeechError('AUDIO_CORRUPT', 'The WAV header is cut off.');
  }
  const declared = chunk.readUInt16LE(0);
  // The extensible header keeps the real format code in the first two bytes of its sub-format GUID.
  const code =
    declared === FORMAT_EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : declared;
  const format = {
    code,
    channels: chunk.readUInt16LE(2),
    rate: chunk.readUInt32LE(4),
    bytesPerSample: chunk.readUInt16LE(14) >> 3,
  };
  if (format.channels < 1 || format.channels > 16 || format.rate < 1_000 || format.rate > 384_000) {
    throw new SpeechError(
      'AUDIO_CORRUPT',
      `The WAV header is broken: ${format.channels} channels at ${format.rate} Hz.`,
    );
  }
  return format;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function findData(handle: FileHandle, fileBytes: number) {
  let format: WavFormat | undefined;
  for (let position = 12; position + 8 <= fileBytes; ) {
    const header = await readAt(handle, position, 8);
    const id = header.toString('latin1', 0, 4);
    const length = header.readUInt32LE(4);
    const start = position + 8;
    if (id === 'fmt ') {
      format = parseFormat(await readAt(handle, start, Math.min(length, LONGEST_HEADER_CHUNK)));
    }
    if (id === 'data') {
      if (!format) {
        break;
      }
      // Writers that never came back to fill in the length leave 0 there.
      const bytes = length === 0 ? fileBytes - start : Math.min(length, fileBytes - start);
      return { format, start, bytes };
    }
    position = start + length + (length & 1);
  }
  throw new SpeechError('AUDIO_CORRUPT', 'The WAV file has no readable format and data parts.');
}

/**
 * Opens an already recognised WAV file.
 * @param handle open file; stays owned by the caller
 * @param fileBytes size of the file in bytes
 * @throws SpeechError AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export async function openWav(handle: FileHandle, fileBytes: number): Promise<AudioSource> {
  const { format, start, bytes } = await findData(handle, fileBytes);
  const read = sampleReader(format);
  const frameBytes = format.bytesPerSample * format.channels;
  const frames = Math.floor(bytes / frameBytes);

  async function* blocks(): AsyncGenerator<AudioBlock> {
    for (let first = 0; first < frames; first += BLOCK_FRAMES) {
      const wanted = Math.min(BLOCK_FRAMES, frames - first) * frameBytes;
      const data = await readAt(handle, start + first * frameBytes, wanted);
      const count = Math.floor(data.length / frameBytes);
      if (count === 0) {
        return;
      }
      yield {
        samples: Array.from({ length: format.channels }, (_, channel) => {
          const samples = new Float32Array(count);
          let at = channel * format.bytesPerSample;
          for (let i = 0; i < count; i++, at += frameBytes) {
            samples[i] = read(data, at);
          }
          return samples;
        }),
        fileFraction: (first + count) / frames,
      };
    }
  }
  const silence = Buffer.alloc(frameBytes, silentSample(format));
  const { rate, channels } = format;
  return { rate, channels, frames, raw: { start, silence }, blocks };
}
