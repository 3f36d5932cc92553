// What the engine heard, kept in node_modules/.cache: hearing takes minutes, and a rule that reads the words is measured in
// seconds. What is kept is used only for the same sound, engine, and source of the engine.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  estimateWordTimes,
  type Transcription,
  type TranscriptionProvider,
} from '#platform/speech/index.ts';

const FOLDER = new URL('../node_modules/.cache/eval/', import.meta.url);
const SPEECH = new URL('../src/platform/speech/', import.meta.url);
const PACKAGES = [
  'sherpa-onnx-node',
  'onnxruntime-node',
  '@usefulsensors/moonshine-js',
  '@ricky0123/vad-web',
];
/** times of words are estimated from the text alone, so they are made anew and may be worked on */
const MADE_ANEW = 'word-times.ts';

/** A recording that was heard, now or before, and how long that took. */
export interface Hearing {
  heard: Transcription;
  tookSeconds: number;
}

/** Hears a recording, with words to expect in it, or remembers it. */
export type Hear = (file: string, vocabulary: readonly string[]) => Promise<Hearing>;

function engineDigest(model: string): string {
  const hash = createHash('sha256').update(model);
  for (const name of readdirSync(SPEECH).toSorted()) {
    if (name.endsWith('.ts') && name !== MADE_ANEW)
      hash.update(readFileSync(new URL(name, SPEECH)));
  }
  for (const name of PACKAGES) {
    hash.update(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url)));
  }
  return hash.digest('hex');
}

function recall(file: URL): Hearing | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function withWordTimes({ heard, tookSeconds }: Hearing): Hearing {
  const segments = heard.segments.map((one) => ({
    ...one,
    words: estimateWordTimes(one.text, one.startMs, one.endMs),
  }));
  return { heard: { ...heard, segments }, tookSeconds };
}

/**
 * Makes an ear that hears each recording once.
 * @param isFresh whether it hears anew what is kept
 */
export function openEar(engine: TranscriptionProvider, { isFresh }: { isFresh: boolean }): Hear {
  const digest = engineDigest(engine.model);
  mkdirSync(FOLDER, { recursive: true });
  return async (file, vocabulary) => {
    const hash = createHash('sha256').update(digest).update(JSON.stringify(vocabulary));
    const sound = hash.update(readFileSync(file)).digest('hex');
    const place = new URL(`${sound}.json`, FOLDER);
    const known = isFresh ? null : recall(place);
    if (known) return withWordTimes(known);
    const from = performance.now();
    const heard = await engine.transcribe(file, { language: 'en', vocabulary });
    const hearing = { heard, tookSeconds: (performance.now() - from) / 1_000 };
    // whole or not at all: a run may be ended at any time
    const draft = new URL(`${sound}.${process.pid}`, FOLDER);
    writeFileSync(draft, JSON.stringify(hearing));
    renameSync(fileURLToPath(draft), fileURLToPath(place));
    return hearing;
  };
}
