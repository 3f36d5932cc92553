// Lays spoken turns on the two channels of a telephone line, with sox and lame (both from Debian).
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** kb/s of both channels together */
const BIT_RATE = '40';

const PAUSE_SECONDS = 0.45;
const BEFORE_SECONDS = 0.5;

const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A turn as a voice spoke it, with times in its file in seconds; `startOf` its n-th word. */
interface Said {
  begin: number;
  end: number;
  startOf(word: number): number;
}

/** Speaks a text with a voice into a WAV file. */
export type Say = (voice: string, text: string, file: string) => Said;

/** A spoken turn: its file, its length, and when its n-th word begins, in seconds. */
interface Spoken {
  file: string;
  seconds: number;
  startOf(word: number): number;
}

function speak(say: Say, folder: string, id: string, { voice, text }: Line): Spoken {
  const raw = join(folder, `${id}-raw.wav`);
  const file = join(folder, `${id}.wav`);
  const { begin, end, startOf } = say(voice, text, raw);
  const cutOut = ['trim', String(begin), `=${end}`];
  run('sox', raw, '-r', '8000', '-c', '1', file, ...cutOut, 'gain', '-n', '-6');
  return { file, seconds: end - begin, startOf: (word) => startOf(word) - begin };
}

/** What a line does to a channel: files in and out, both 8 kHz. */
const LINES: Record<string, (folder: string, from: string, to: string) => void> = {
  clear: (_folder, from, to) => run('sox', from, to),
  'mu-law': (folder, from, to) => through(folder, from, to, 'wav', '-e', 'mu-law', '-b', '8'),
  'a-law': (folder, from, to) => through(folder, from, to, 'wav', '-e', 'a-law', '-b', '8'),
  gsm: (folder, from, to) => through(folder, from, to, 'gsm'),
  mp3: (folder, from, to) => {
    run('lame', '--quiet', '-b', '16', '--resample', '8', from, join(folder, 'line.mp3'));
    run('lame', '--quiet', '--decode', join(folder, 'line.mp3'), to);
  },
  noise: (_folder, from, to) => {
    const noise = to.replace('.wav', '-noise.wav');
    const seconds = run('soxi', '-D', from).trim();
    run('sox', '-R', '-n', '-r', '8000', noise, 'synth', seconds, 'pinknoise', 'vol', '0.012');
    run('sox', '-R', '-m', '-v', '1', from, '-v', '1', noise, to);
  },
};

function through(folder: string, from: string, to: string, type: string, ...how: string[]) {
  const middle = join(folder, `line.${type}`);
  run('sox', from, '-r', '8000', ...how, middle, 'sinc', '300-3400');
  run('sox', middle, '-e', 'signed-integer', '-b', '16', to);
}

/** A turn to be said. */
export interface Line {
  channel: 0 | 1;
  voice: string;
  text: string;
}

/** A turn with its place in the recording, in ms; `startOf` its n-th word. */
export interface Placed {
  startMs: number;
  endMs: number;
  startOf(word: number): number;
}

/**
 * Speaks a call and writes it as an MP3 of two channels (8 kHz) to `to`. `folder` is for what lies between; it may be thrown away.
 * @param say speaks a turn
 */
export function speakCall(
  say: Say,
  { folder, lines, line, to }: { folder: string; lines: readonly Line[]; line: string; to: string },
): Placed[] {
  let clock = BEFORE_SECONDS;
  const placed = lines.map((one, n) => {
    const spoken = speak(say, folder, `turn-${n}`, one);
    const start = clock;
    clock += spoken.seconds + PAUSE_SECONDS;
    return { spoken, start };
  });
  const channels = [0, 1].map((channel) => {
    const dry = join(folder, `dry-${channel}.wav`);
    const wet = join(folder, `wet-${channel}.wav`);
    const own = placed.flatMap(({ spoken, start }, n) => {
      if (lines[n]?.channel !== channel) return [];
      const padded = join(folder, `padded-${n}.wav`);
      run('sox', spoken.file, padded, 'pad', String(start));
      return [padded];
    });
    const silence = join(folder, 'silence.wav');
    run('sox', '-n', '-r', '8000', '-c', '1', silence, 'trim', '0', String(clock));
    // sox mixes two files or more
    run('sox', '-m', ...[silence, silence, ...own].flatMap((file) => ['-v', '1', file]), dry);
    LINES[line]?.(folder, dry, wet);
    return wet;
  });
  const both = join(folder, 'both.wav');
  run('sox', '-M', ...channels, both);
  run('lame', '--quiet', '-m', 's', '-b', BIT_RATE, '--resample', '8', both, to);
  return placed.map(({ spoken, start }) => ({
    startMs: Math.round(start * 1_000),
    endMs: Math.round((start + spoken.seconds) * 1_000),
    startOf: (word) => Math.round((start + spoken.startOf(word)) * 1_000),
  }));
}
