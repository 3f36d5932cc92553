// node eval/make-audio.ts: makes the audio of the set and its truth anew, from the scripts of eval/calls and the grammar of
// eval/redaction. Needs Debian's flite, sox, libsox-fmt-mp3 and lame; what they made is committed, so that nobody else does.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seeded } from '#tests/support/seeded.ts';
import { chooseClips } from './audio/choose-clips.ts';
import { CALLS, readScripts } from './audio/read-script.ts';
import { speakCall } from './audio/speak.ts';
import type { CallTruth, ClipTruth } from './truth.ts';

const CLIPS = new URL('clips/', import.meta.url);
const CLIP_VOICES = [
  ['rms', 'slt'],
  ['slt', 'rms'],
  ['slt-calm', 'rms'],
  ['rms-calm', 'slt'],
] as const;
const CLIP_LINES = ['mu-law', 'clear', 'gsm', 'a-law', 'mp3', 'noise'];

function makeCalls(folder: string): CallTruth[] {
  return readScripts().map(({ name, business, voices, line, signals, turns }) => {
    const lines = turns.map(({ speaker, text }) => {
      const channel: 0 | 1 = speaker === 'CALLER' ? 0 : 1;
      return { channel, text, voice: voices[channel] };
    });
    const placed = speakCall(folder, lines, line, fileURLToPath(new URL(`${name}.mp3`, CALLS)));
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
    const placed = speakCall(folder, lines, line, fileURLToPath(new URL(`${name}.mp3`, CLIPS)));
    const told = turns.map((turn, at) => ({
      ...turn,
      startMs: placed[at]?.startMs ?? 0,
      endMs: placed[at]?.endMs ?? 0,
    }));
    return { name, half, line, turns: told };
  });
}

const folder = mkdtempSync(join(tmpdir(), 'eval-audio-'));
const write = (file: URL, truth: object) =>
  writeFileSync(file, `${JSON.stringify(truth, null, 2)}\n`);
write(new URL('truth.json', CALLS), makeCalls(folder));
write(new URL('truth.json', CLIPS), makeClips(folder));
rmSync(folder, { recursive: true });
