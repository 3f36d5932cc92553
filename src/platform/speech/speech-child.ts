// One speech child process seen from its parent: start it, give it one job at a time, end it.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildJob, ChildMessage, ChildSettings } from './child-messages.ts';
import { SpeechError } from './speech-error.ts';
import type { Transcription } from './transcription.ts';

const LONGEST_DIAGNOSIS = 2_000;
// Of glibc: the threads that take turns at hearing reuse what the others have freed, and large pieces, of which the encoder
// needs many at once, go back to the system. Nothing else of the parent's environment, its secrets least of all, is of use to it.
const ENVIRONMENT = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' };

// What the networks return is freed with the young objects that hold it, so a small space for those keeps little of it.
const MEMORY = ['--max-semi-space-size=1'];

interface RunOptions {
  signal: AbortSignal;
  minimumTimeoutSeconds: number;
  onProgress(fraction: number): void;
}

/** `run` rejects with a `SpeechError` (ENGINE_CRASHED when the process ended without an answer); `kill` resolves once it is gone. */
export interface SpeechChild {
  readonly pid: number | undefined;
  isAlive(): boolean;
  /** The last lines that the process wrote to its error output: native messages and stack traces. */
  diagnosis(): string;
  run(job: ChildJob, options: RunOptions): Promise<Transcription>;
  kill(): Promise<void>;
}

// On a core of today it takes a seventh to a quarter of the sound's length (bench/README.md); one ten times slower is to be in
// time still.
const SECONDS_FOR_EACH = 2.5;

/** Starts a speech child. It loads its model at once and does not keep the parent alive while it is idle. */
export function startSpeechChild(settings: ChildSettings): SpeechChild {
  const child = fork(
    fileURLToPath(new URL('./moonshine-child.ts', import.meta.url)),
    [JSON.stringify(settings)],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: MEMORY, env: ENVIRONMENT },
  );
  let isAlive = true;
  let diagnosis = '';
  let ended = new SpeechError('ENGINE_CRASHED', 'The speech engine stopped unexpectedly.');
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      isAlive = false;
      ended = new SpeechError(
        'ENGINE_CRASHED',
        `The speech engine stopped unexpectedly (${signal ?? `exit code ${code}`}).`,
      );
      resolve();
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      isAlive = false;
      ended = new SpeechError(
        'ENGINE_UNAVAILABLE',
        `The speech engine's process cannot be started (${error.code}).`,
      );
      resolve();
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    diagnosis = (diagnosis + text).slice(-LONGEST_DIAGNOSIS);
  });
  const kill = () => {
    // From now on no job may be given to it, though its end is yet to come.
    isAlive = false;
    child.kill('SIGKILL');
    return gone;
  };
  const keepParentAlive = (whether: boolean) => {
    for (const handle of [child, child.channel]) {
      whether ? handle?.ref() : handle?.unref();
    }
  };
  const errorPipe = child.stderr as unknown as { unref?(): void } | null;
  errorPipe?.unref?.();
  keepParentAlive(false);

  async function run(job: ChildJob, { signal, minimumTimeoutSeconds, onProgress }: RunOptions) {
    keepParentAlive(true);
    const answer = Promise.withResolvers<Transcription>();
    let timer: NodeJS.Timeout | undefined;
    const allowSeconds = (seconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const sentence = `The recording was not transcribed within ${Math.ceil(seconds)} seconds.`;
        answer.reject(new SpeechError('TIMEOUT', sentence));
        void kill();
      }, seconds * 1_000);
    };
    const abort = () => {
      answer.reject(new SpeechError('ABORTED', 'The transcription was cancelled.'));
      void kill();
    };
    const end = () => answer.reject(ended);
    const hear = (raw: unknown) => {
      const message = raw as ChildMessage;
      if (message.kind === 'unavailable') {
        answer.reject(new SpeechError('ENGINE_UNAVAILABLE', message.sentence));
      } else if (message.jobId !== job.jobId) {
        return;
      } else if (message.kind === 'started') {
        allowSeconds(Math.max(minimumTimeoutSeconds, SECONDS_FOR_EACH * message.audioSeconds));
      } else if (message.kind === 'progress') {
        onProgress(message.fraction);
      } else if (message.kind === 'done') {
        answer.resolve(message.transcription);
      } else {
        answer.reject(new SpeechError(message.reason, message.sentence));
      }
    };
    allowSeconds(minimumTimeoutSeconds);
    signal.addEventListener('abort', abort, { once: true });
    child.on('message', hear);
    child.once('exit', end);
    child.once('error', end);
    // A child that has just died refuses the message; its end is told by the events above.
    child.send(job, () => {});
    try {
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      child.off('message', hear).off('exit', end).off('error', end);
      keepParentAlive(false);
    }
  }

  return { pid: child.pid, isAlive: () => isAlive, diagnosis: () => diagnosis.trim(), run, kill };
}
