// Opens a recording (WAV or MP3) as a stream of float blocks, and tells its length, channels and sample rate.
// Nothing here holds more than one block, so an hour of audio costs no more memory than a second.

import { type FileHandle, open } from 'node:fs/promises';
import type { AudioSource } from './audio-source.ts';
import { openMp3 } from './mp3.ts';
import { SpeechError } from './speech-error.ts';
import { openWav } from './wav.ts';

/** `rate` in Hz. */
export interface AudioInfo {
  durationSeconds: number;
  channels: number;
  rate: number;
}

// Each signature is compared with the file's first bytes from the given offset.
const FOREIGN_FORMATS: [format: string, signature: string, offset: number][] = [
  ['Ogg', 'OggS', 0],
  ['FLAC', 'fLaC', 0],
  ['AIFF', 'FORM', 0],
  ['AMR', '#!AMR', 0],
  ['MP4', 'ftyp', 4],
  ['WebM', 'E\xdf\xa3', 1],
  ['big-endian WAV', 'RIFX', 0],
  ['Sun audio', '.snd', 0],
];

/**
 * Recognises an opened file and reads its header.
 * @param handle stays owned by the caller
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export async function openSource(handle: FileHandle): Promise<AudioSource> {
  const { size } = await handle.stat();
  if (size === 0) {
    throw new SpeechError('AUDIO_EMPTY', 'The recording is an empty file.');
  }
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0);
  const magic = buffer.toString('latin1', 0, bytesRead);
  if (/^(RIFF|RF64)/.test(magic) && magic.startsWith('WAVE', 8)) {
    return openWav(handle, size);
  }
  const foreign = FOREIGN_FORMATS.find(([, signature, at]) => magic.startsWith(signature, at));
  if (foreign) {
    throw new SpeechError(
      'AUDIO_UNSUPPORTED',
      `The recording is a ${foreign[0]} file; only WAV and MP3 can be read.`,
    );
  }
  return openMp3(handle, size);
}

/** Opens a file for reading. Throws SpeechError AUDIO_CORRUPT when it cannot be. */
export function openFile(file: string): Promise<FileHandle> {
  return open(file).catch((error: NodeJS.ErrnoException) => {
    throw new SpeechError('AUDIO_CORRUPT', `The recording cannot be opened (${error.code}).`);
  });
}

/**
 * Opens a recording, hands it to `use`, and closes it afterwards.
 * @param file path of a WAV or MP3 file
 * @returns what `use` returned
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export async function withAudio<Result>(
  file: string,
  use: (source: AudioSource) => Promise<Result>,
): Promise<Result> {
  const handle = await openFile(file);
  try {
    return await use(await openSource(handle));
  } finally {
    await handle.close();
  }
}

/**
 * Measures an opened recording: from its header where that tells the length, else by decoding it once.
 * @throws SpeechError AUDIO_EMPTY when it holds no samples, AUDIO_CORRUPT when nothing decodes
 */
export async function measureAudio(source: AudioSource): Promise<AudioInfo> {
  let frames = source.frames;
  if (frames === undefined) {
    frames = 0;
    for await (const block of source.blocks()) {
      frames += block.samples[0]?.length ?? 0;
    }
  }
  if (frames === 0) {
    throw new SpeechError('AUDIO_EMPTY', 'The recording holds no sound samples.');
  }
  return { durationSeconds: frames / source.rate, channels: source.channels, rate: source.rate };
}

/**
 * Reads length (seconds), channel count and sample rate (Hz) of a WAV or MP3 file.
 * @param file path of the recording
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export function readAudioInfo(file: string): Promise<AudioInfo> {
  return withAudio(file, measureAudio);
}
