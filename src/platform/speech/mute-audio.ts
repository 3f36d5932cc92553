// A copy of a recording in which some stretches are silent. WAV files are copied byte by byte with silence written over
// the stretches, so everything else stays as it was; MP3 files are decoded and become 16-bit WAV.

import type { FileHandle } from 'node:fs/promises';
import { measureAudio, openFile, openSource } from './audio.ts';
import type { AudioSource, RawSamples } from './audio-source.ts';
import { PCM_BYTES, pcmHeader, pcmOf } from './pcm.ts';

/** A span of a recording in milliseconds from its first sample; the end is not part of it. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

const BLOCK_BYTES = 65_536;

/** First frame in a stretch, and the first one behind it. */
type Range = [from: number, to: number];

/** Cut outwards to whole frames: a stretch never begins late or ends early. */
function rangesOf(stretches: readonly Stretch[], rate: number): Range[] {
  return stretches.map(({ startMs, endMs }) => [
    Math.max(0, Math.floor((startMs * rate) / 1_000)),
    Math.ceil((endMs * rate) / 1_000),
  ]);
}

/** Writes silence over the parts of a block (bytes from `at` in the sample data) that lie in a range. */
function silenceBytes(block: Buffer, at: number, ranges: readonly Range[], silence: Buffer): void {
  const frameBytes = silence.length;
  for (const [from, to] of ranges) {
    const first = Math.max(at, from * frameBytes);
    const last = Math.min(at + block.length, to * frameBytes);
    // a block may begin inside a frame
    for (let byte = first; byte < last; byte++) {
      block[byte - at] = silence[byte % frameBytes] ?? 0;
    }
  }
}

async function* copyRaw(
  handle: FileHandle,
  { start, silence }: RawSamples,
  frames: number,
  ranges: readonly Range[],
): AsyncGenerator<Buffer> {
  const { size } = await handle.stat();
  const inData = ranges.map(([from, to]): Range => [from, Math.min(to, frames)]);
  for (let position = 0; position < size; ) {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(BLOCK_BYTES),
      0,
      BLOCK_BYTES,
      position,
    );
    if (bytesRead === 0) return;
    const block = buffer.subarray(0, bytesRead);
    silenceBytes(block, position - start, inData, silence);
    yield block;
    position += bytesRead;
  }
}

async function* decodeToPcm(source: AudioSource, ranges: readonly Range[]): AsyncGenerator<Buffer> {
  const { channels, rate } = source;
  const { durationSeconds } = await measureAudio(source);
  const frames = Math.round(durationSeconds * rate);
  const silence = Buffer.alloc(channels * PCM_BYTES);
  yield pcmHeader(rate, channels, frames * silence.length);
  let at = 0;
  for await (const { samples } of source.blocks()) {
    const block = pcmOf(samples);
    silenceBytes(block, at, ranges, silence);
    yield block;
    at += block.length;
  }
}

/**
 * Reads a recording as the bytes of a WAV file in which all channels of some stretches are silent.
 * @param file path of a WAV or MP3 file; not changed
 * @param stretches in any order; may overlap, and reach beyond the end
 * @returns the bytes in blocks. Throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED.
 */
export async function* muteAudio(
  file: string,
  stretches: readonly Stretch[],
): AsyncGenerator<Uint8Array> {
  const handle = await openFile(file);
  try {
    const source = await openSource(handle);
    const ranges = rangesOf(stretches, source.rate);
    if (source.raw) yield* copyRaw(handle, source.raw, source.frames ?? 0, ranges);
    else yield* decodeToPcm(source, ranges);
  } finally {
    await handle.close();
  }
}
