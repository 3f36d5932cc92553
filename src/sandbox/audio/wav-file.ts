// Writes a recording to disk as it happens: header first, frames appended in small blocks, sizes put in at the end.
// A call is never held in memory, and a file that was cut off is repaired from its length.
import { closeSync, existsSync, fstatSync, openSync, writeSync } from 'node:fs';
import { SAMPLE_RATE } from './frames.ts';

const HEADER_BYTES = 44;
const BLOCK_BYTES = 16_384;

export interface WavFile {
  /** Appends one frame: as many arrays as channels, of equal length. */
  write(channels: Int16Array[]): void;
  /** Sample frames written so far. */
  frames(): number;
  /** Flushes, completes the header and closes; returns the length in milliseconds. */
  close(): number;
}

/** The 44 bytes in front of PCM16 data at 8 kHz (RIFF WAVE, format 1). */
export function wavHeader(channels: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/**
 * Opens a new WAV file of PCM16 at 8 kHz.
 * @param path where it goes; an existing file is replaced
 * @param channelCount 1 or 2
 */
export function openWavFile(path: string, channelCount: 1 | 2): WavFile {
  const file = openSync(path, 'w');
  writeSync(file, wavHeader(channelCount, 0));
  const block = Buffer.alloc(BLOCK_BYTES);
  let filled = 0;
  let frames = 0;

  function flush(): void {
    if (filled > 0) writeSync(file, block, 0, filled);
    filled = 0;
  }

  return {
    write(channels) {
      const length = (channels[0] as Int16Array).length;
      for (let index = 0; index < length; index++) {
        if (filled + channelCount * 2 > BLOCK_BYTES) flush();
        for (let channel = 0; channel < channelCount; channel++) {
          block.writeInt16LE((channels[channel] as Int16Array)[index] as number, filled);
          filled += 2;
        }
      }
      frames += length;
    },
    frames: () => frames,
    close() {
      flush();
      writeSync(file, wavHeader(channelCount, frames * channelCount * 2), 0, HEADER_BYTES, 0);
      closeSync(file);
      return (frames * 1000) / SAMPLE_RATE;
    },
  };
}

/**
 * Completes the header of a file whose writer was killed.
 * @returns the length in milliseconds, or null when no file is there
 */
export function repairWavFile(path: string, channelCount: 1 | 2): number | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r+');
  try {
    const unit = channelCount * 2;
    const dataBytes = Math.floor(Math.max(0, fstatSync(file).size - HEADER_BYTES) / unit) * unit;
    writeSync(file, wavHeader(channelCount, dataBytes), 0, HEADER_BYTES, 0);
    return ((dataBytes / unit) * 1000) / SAMPLE_RATE;
  } finally {
    closeSync(file);
  }
}
