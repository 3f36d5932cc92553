// What is known of the committed audio: who said what and when, which keywords and secrets, and what came of the call. Times
// are milliseconds from the recording's begin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Signal } from '#platform/ai/index.ts';
import type { Slot } from './redaction/grammar.ts';

export interface CallTruth {
  name: string;
  business: string;
  voices: [string, string];
  line: string;
  signals: Signal[];
  turns: {
    speaker: 'AGENT' | 'CALLER';
    text: string;
    startMs: number;
    endMs: number;
    keywords: { keyword: string; startMs: number }[];
    secrets: { startMs: number; endMs: number }[];
  }[];
}

export interface ClipTruth {
  name: string;
  half: 'frozen' | 'development';
  line: string;
  turns: { channel: 0 | 1; text: string; slots: Slot[]; startMs: number; endMs: number }[];
}

type Named<Truth> = Truth & { file: string };

function readTruth<Truth extends { name: string }>(folder: string): Named<Truth>[] {
  const file = (name: string) => fileURLToPath(new URL(`${folder}/${name}`, import.meta.url));
  const all: Truth[] = JSON.parse(readFileSync(file('truth.json'), 'utf8'));
  return all.map((truth) => ({ ...truth, file: file(`${truth.name}.mp3`) }));
}

/** The labelled calls of the first set and of the second, each with its file. */
export const readCalls = () => ({
  first: readTruth<CallTruth>('calls'),
  second: readTruth<CallTruth>('second-calls'),
});

/** The spoken calls of the redaction grammar, each with its file. */
export const readClips = () => readTruth<ClipTruth>('clips');
