// What the speech child and its parent say to each other (both sides of one `fork`).

import type { SpeechErrorReason } from './speech-error.ts';
import type { Transcription } from './transcription.ts';

/** Handed to the child as JSON in its first argument. `modelsDir` holds `base/` and `tiny/` and replaces the packaged weights. */
export interface ChildSettings {
  model: 'base' | 'tiny';
  modelsDir: string | undefined;
}

/** Parent to child: one recording to transcribe; sent only while no other job runs. */
export interface ChildJob {
  jobId: number;
  file: string;
  /** words to expect */
  vocabulary: readonly string[];
}

export type ChildMessage =
  | { kind: 'unavailable'; sentence: string }
  | { kind: 'started'; jobId: number; audioSeconds: number }
  | { kind: 'progress'; jobId: number; fraction: number }
  | { kind: 'done'; jobId: number; transcription: Transcription }
  | { kind: 'failed'; jobId: number; reason: SpeechErrorReason; sentence: string };
