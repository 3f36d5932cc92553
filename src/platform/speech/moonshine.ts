// The embedded transcription provider: Moonshine in a child process that starts with the first job, does one job at a time,
// is started again once after a crash, and is ended after some idle minutes. English only.

import { isEnglish } from '#values/is-english.ts';
import type { ChildJob } from './child-messages.ts';
import { type SpeechChild, startSpeechChild } from './speech-child.ts';
import { SpeechError } from './speech-error.ts';
import type { TranscribeOptions, Transcription, TranscriptionProvider } from './transcription.ts';

export interface MoonshineOptions {
  /** "base", or "tiny" (half as many words again misheard, for small machines). */
  model?: 'base' | 'tiny';
  /** Folder with `base/` and `tiny/` weights that replaces the packaged ones. */
  modelsDir?: string;
  /** Minutes without a job after which the child is ended. Default 5. */
  idleMinutes?: number;
  /** A job may take two and a half times as long as its audio lasts, but at least this many seconds. Default 60. */
  minimumTimeoutSeconds?: number;
  /** Told why a child ended unexpectedly; shaped like a pino logger. */
  log?: { warn(fields: object, message: string): void };
}

/** `childPid` is the running child's process id; undefined while none runs. */
export interface MoonshineProvider extends TranscriptionProvider {
  readonly childPid: number | undefined;
}

type Recording = Pick<ChildJob, 'file' | 'vocabulary'>;
type OnProgress = (done: number) => void;

function refuseOtherLanguages(language: string): void {
  if (!isEnglish(language)) {
    throw new SpeechError(
      'LANGUAGE_UNSUPPORTED',
      `"${language}" is not supported by the embedded engine, which knows English only; configure another transcription provider.`,
    );
  }
}

function cancelled(): SpeechError {
  return new SpeechError('ABORTED', 'The transcription was cancelled.');
}

/**
 * Creates the embedded provider. Nothing is started before the first `transcribe`.
 * Its `transcribe` rejects with a `SpeechError` of any reason; `stop` cancels all jobs and ends the child.
 */
export function createMoonshine(options: MoonshineOptions = {}): MoonshineProvider {
  const { model = 'base', modelsDir, idleMinutes = 5, minimumTimeoutSeconds = 60 } = options;
  const stopping = new AbortController();
  let child: SpeechChild | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();
  let jobCount = 0;

  async function runOnce(recording: Recording, signal: AbortSignal, onProgress: OnProgress) {
    if (!child?.isAlive()) {
      child = startSpeechChild({ model, modelsDir });
    }
    const running = child;
    try {
      const job = { jobId: ++jobCount, ...recording };
      return await running.run(job, { signal, minimumTimeoutSeconds, onProgress });
    } catch (error) {
      if (error instanceof SpeechError && error.reason === 'ENGINE_CRASHED') {
        const fields = { diagnosis: running.diagnosis() };
        options.log?.warn(fields, 'the speech child process ended unexpectedly');
      }
      throw error;
    }
  }

  async function takeTurn(recording: Recording, signal: AbortSignal, onProgress: OnProgress) {
    if (signal.aborted) {
      throw cancelled();
    }
    clearTimeout(idleTimer);
    try {
      return await runOnce(recording, signal, onProgress).catch((error) => {
        if (error instanceof SpeechError && error.reason === 'ENGINE_CRASHED' && !signal.aborted) {
          return runOnce(recording, signal, onProgress);
        }
        throw error;
      });
    } finally {
      idleTimer = setTimeout(() => void child?.kill(), idleMinutes * 60_000).unref();
    }
  }

  async function transcribe(file: string, job: TranscribeOptions): Promise<Transcription> {
    refuseOtherLanguages(job.language ?? 'en');
    const signal = AbortSignal.any([stopping.signal, ...(job.signal ? [job.signal] : [])]);
    if (signal.aborted) {
      throw cancelled();
    }
    const recording = { file, vocabulary: job.vocabulary ?? [] };
    let furthest = 0;
    // A second try starts over; what the caller sees must not go back.
    const onProgress = (fraction: number) => {
      if (fraction > furthest) {
        furthest = fraction;
        job.onProgress?.(fraction);
      }
    };
    const turn = lastTurn.then(() => takeTurn(recording, signal, onProgress));
    lastTurn = turn.catch(() => {});
    // A job that still waits for its turn is refused at once when it is cancelled.
    const abandoned = Promise.withResolvers<never>();
    const abandon = () => abandoned.reject(cancelled());
    signal.addEventListener('abort', abandon, { once: true });
    try {
      return await Promise.race([turn, abandoned.promise]);
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  return {
    id: 'embedded-moonshine',
    model,
    host: null,
    detectsLanguage: false,
    get childPid() {
      return child?.isAlive() ? child.pid : undefined;
    },
    transcribe,
    async stop() {
      stopping.abort();
      await lastTurn;
      clearTimeout(idleTimer);
      await child?.kill();
    },
  };
}
