// A long stereo recording out of the sandbox's short ones: the dialogue over and over, the caller left, the agent right.
import { readdirSync, readFileSync } from 'node:fs';
import { readWav } from '#sandbox/audio/read-wav.ts';
import { openWavFile } from '#sandbox/audio/wav-file.ts';

const SPEECH = new URL('../../src/sandbox/speech/', import.meta.url);

/**
 * Writes it.
 * @param path where the WAV file goes
 * @param times how often the dialogue is repeated; it lasts about half a minute
 * @returns its length in seconds
 */
export function writeLongRecording(path: string, times: number): number {
  const lines = readdirSync(SPEECH)
    .filter((name) => name.startsWith('garage-door-'))
    .sort()
    .map((name) => ({
      isCaller: name.includes('caller'),
      samples: readWav(readFileSync(new URL(name, SPEECH))),
    }));
  const file = openWavFile(path, 2);
  for (let n = 0; n < times; n += 1) {
    for (const { isCaller, samples } of lines) {
      const silence = new Int16Array(samples.length);
      file.write(isCaller ? [samples, silence] : [silence, samples]);
    }
  }
  return file.close() / 1000;
}
