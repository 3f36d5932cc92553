// MP3 files as a stream of float blocks, decoded by mpg123 (WebAssembly) a few frames at a time.

import type { FileHandle } from 'node:fs/promises';
import { MPEGDecoder } from 'mpg123-decoder';
import type { AudioBlock, AudioSource } from './audio-source.ts';
import { SpeechError } from './speech-error.ts';

// Small reads keep one decode under a few milliseconds, so the event loop stays free.
const READ_BYTES = 8_192;
const SEARCH_BYTES = 65_536;
const MONO_MODE = 3;

const BITRATES_MPEG1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_MPEG2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_MPEG1 = [44_100, 48_000, 32_000];

interface FrameHeader {
  rate: number;
  channels: number;
  bytes: number;
}

// ISO/IEC 11172-3 section 2.4.2.3, layer III only; MPEG 2 and 2.5 halve and quarter the sample rates.
function parseFrameHeader(bytes: Buffer, at: number): FrameHeader | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) {
    return undefined;
  }
  const [b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at + 1, at + 4);
  const version = (b1 >> 3) & 3;
  const isLayer3 = (b1 & 0xe6) === 0xe2;
  const base = RATES_MPEG1[(b2 >> 2) & 3];
  const kbps = (version === 3 ? BITRATES_MPEG1 : BITRATES_MPEG2)[b2 >> 4];
  if (!isLayer3 || version === 1 || !base || !kbps) {
    return undefined;
  }
  const rate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  const slots = version === 3 ? 144 : 72;
  return {
    rate,
    channels: b3 >> 6 === MONO_MODE ? 1 : 2,
    bytes: Math.floor((slots * kbps * 1_000) / rate) + ((b2 >> 1) & 1),
  };
}

function findFirstFrame(bytes: Buffer, reachesEnd: boolean): FrameHeader | undefined {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const header = parseFrameHeader(bytes, at);
    if (!header) {
      continue;
    }
    const next = at + header.bytes;
    const isLast = reachesEnd && next >= bytes.length - 4;
    if (isLast || parseFrameHeader(bytes, next)?.rate === header.rate) {
      return header;
    }
  }
  return undefined;
}

async function skipId3(handle: FileHandle): Promise<number> {
  const { buffer } = await handle.read(Buffer.alloc(10), 0, 10, 0);
  if (buffer.toString('latin1', 0, 3) !== 'ID3') {
    return 0;
  }
  // Four "synchsafe" bytes of seven bits each.
  const [a = 0, b = 0, c = 0, d = 0] = buffer.subarray(6, 10);
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
}

/**
 * Opens a file as MP3 if it holds MPEG layer III frames.
 * @param handle open file; stays owned by the caller
 * @param fileBytes size of the file in bytes
 * @throws SpeechError AUDIO_CORRUPT when no two frames in a row are found
 */
export async function openMp3(handle: FileHandle, fileBytes: number): Promise<AudioSource> {
  const start = await skipId3(handle);
  const { buffer, bytesRead } = await handle.read(
    Buffer.alloc(SEARCH_BYTES),
    0,
    SEARCH_BYTES,
    start,
  );
  const first = findFirstFrame(buffer.subarray(0, bytesRead), start + bytesRead >= fileBytes);
  if (!first) {
    throw new SpeechError(
      'AUDIO_CORRUPT',
      'The recording is neither a WAV file nor an MP3 file, or it is damaged.',
    );
  }
  const { rate, channels } = first;

  async function* blocks(): AsyncGenerator<AudioBlock> {
    const decoder = new MPEGDecoder();
    await decoder.ready;
    try {
      for (let position = start; position < fileBytes; position += READ_BYTES) {
        const read = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, position);
        const { channelData, samplesDecoded } = decoder.decode(
          read.buffer.subarray(0, read.bytesRead),
        );
        if (samplesDecoded > 0) {
          // mpg123 gives a mono file as two equal channels.
          const samples = channelData.slice(0, channels);
          yield { samples, fileFraction: Math.min(1, (position + READ_BYTES) / fileBytes) };
        }
      }
    } finally {
      decoder.free();
    }
  }
  return { rate, channels, frames: undefined, raw: undefined, blocks };
}
