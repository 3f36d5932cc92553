// node eval/make-audio.ts first: makes the audio of the first calls and of the redaction set and its truth anew, from the
// scripts and the grammar; second: that of the second calls. eval/README.md tells what it needs; what was made is committed,
// so that nobody else needs it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '#platform/config/index.ts';
import { seeded } from '#tests/support/seeded.ts';
import { chooseClips } from './audio/choose-clips.ts';
import { FESTIVAL_VOICES, sayWithFestival } from './audio/festival.ts';
import { sayWithFlite } from './audio/flite.ts';
import { readScripts } from './audio/read-script.ts';
import { type Say, speakCall } from './audio/speak.ts';
import type { CallTruth, ClipTruth } from './truth.ts';

const USAGE = `Use:
  node eval/make-audio.ts first
  node eval/make-audio.ts second`;
const CALLS = new URL('calls/', import.meta.url);
const SECOND = new URL('second-calls/', import.meta.url);
const CLIPS = new URL('clips/', import.meta.url);
const CLIP_VOICES = [
  ['rms', 'slt'],
  ['slt', 'rms'],
  ['slt-calm', 'rms'],
  ['rms-calm', 'slt'],
] as const;
const CLIP_LINES = ['mu-law', 'clear', 'gsm', 'a-law', 'mp3', 'noise'];

function makeCalls(say: Say, folder: string, place: URL): CallTruth[] {
  return readScripts(place).map(({ name, business, voices, line, signals, turns }) => {
    const lines = turns.map(({ speaker, text }) => {
      const channel: 0 | 1 = speaker === 'CALLER' ? 0 : 1;
      return { channel, text, voice: voices[channel] };
    });
    const to = fileURLToPath(new URL(`${name}.mp3`, place));
    const placed = speakCall(say, { folder, lines, line, to });
    const told = turns.map(({ speaker, text, marked }, n) => {
      const { startMs, endMs, startOf } = placed[n] ?? { startMs: 0, endMs: 0, startOf: () => 0 };
      const last = text.split(/\s+/).length;
      return {
        ...{ speaker, text, startMs, endMs },
        keywords: marked.flatMap(({ keyword, first }) =>
          keyword ? [{ keyword, startMs: startOf(first) }] : [],
        ),
        secrets: marked.flatMap(({ keyword, first, end }) =>
          keyword ? [] : [{ startMs: startOf(first), endMs: end < last ? startOf(end) : endMs }],
        ),
      };
    });
    return { name, business, voices, line, signals, turns: told };
  });
}

function makeClips(folder: string): ClipTruth[] {
  rmSync(CLIPS, { recursive: true, force: true });
  mkdirSync(CLIPS, { recursive: true });
  return chooseClips(seeded).map(({ name, half, turns }, n) => {
    const voices = CLIP_VOICES[n % CLIP_VOICES.length] ?? CLIP_VOICES[0];
    const line = CLIP_LINES[n % CLIP_LINES.length] ?? 'clear';
    const lines = turns.map(({ channel, text }) => ({ channel, text, voice: voices[channel] }));
    const to = fileURLToPath(new URL(`${name}.mp3`, CLIPS));
    const placed = speakCall(sayWithFlite, { folder, lines, line, to });
    const told = turns.map((turn, at) => ({
      ...turn,
      startMs: placed[at]?.startMs ?? 0,
      endMs: placed[at]?.endMs ?? 0,
    }));
    return { name, half, line, turns: told };
  });
}

/** Speaks with whatever has the voice. */
const sayWithEither: Say = (voice, text, file) =>
  (FESTIVAL_VOICES.includes(voice) ? sayWithFestival : sayWithFlite)(voice, text, file);

const [set] = readArguments(USAGE, { words: 1 });
const folder = mkdtempSync(join(tmpdir(), 'eval-audio-'));
const write = (file: URL, truth: object) =>
  writeFileSync(file, `${JSON.stringify(truth, null, 2)}\n`);
if (set === 'second') {
  write(new URL('truth.json', SECOND), makeCalls(sayWithEither, folder, SECOND));
} else {
  write(new URL('truth.json', CALLS), makeCalls(sayWithFlite, folder, CALLS));
  write(new URL('truth.json', CLIPS), makeClips(folder));
}
rmSync(folder, { recursive: true });
