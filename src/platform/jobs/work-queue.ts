// The workers of one kind of job in this process: woken by NOTIFY, by the job before, and when a try comes due again.
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Log } from '#platform/log/index.ts';
import type { AnyJobHandler, JobDefinition } from './definitions.ts';
import { tryJob } from './try-job.ts';

/** The workers of one queue. */
export interface QueueWorkers {
  /** Lets every worker look for a job after this time. */
  wakeIn(ms: number): void;
  /** Forgets the wakes to come. */
  stop(): void;
}

// What NOTIFY does not tell (a due time that another process set) is found by this poll.
const POLL_SECONDS = 5;
const LONGEST_TIMER_MS = 10 * 60_000;

/** When pg-boss may try again after the n-th retry failed, in ms: the backoff is drawn between half and whole. */
function dueTimes(definition: JobDefinition<unknown>, retryCount: number): number[] {
  const delayMs = definition.retryDelaySeconds * 1000;
  if (!definition.retryBackoff) return [delayMs];
  const whole = Math.max(delayMs, 1000) * 2 ** Math.min(retryCount, 16);
  return [whole / 2, whole, whole * 2];
}

/** Starts `handler.concurrency` workers, each with one job at a time. */
export async function workQueue(
  boss: PgBoss,
  handler: AnyJobHandler,
  log: Log,
): Promise<QueueWorkers> {
  const { definition, concurrency = 1 } = handler;
  const workers: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const wake = () => {
    for (const worker of workers) boss.notifyWorker(worker);
  };
  const wakeIn = (ms: number) => {
    if (ms > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake();
    }, ms + 20);
    timers.add(timer.unref());
  };

  for (let n = 0; n < concurrency; n += 1) {
    const takeOne = async ([job]: JobWithMetadata<object>[]) => {
      if (!job) return undefined;
      try {
        return await tryJob(handler, job, log);
      } catch (error) {
        for (const ms of dueTimes(definition, job.retryCount)) wakeIn(ms);
        throw error;
      } finally {
        // a backlog is worked off at once; when this look finds nothing the worker goes back to sleep
        boss.notifyWorker(workers[n] ?? '');
      }
    };
    const options = {
      includeMetadata: true,
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    } as const;
    workers.push(await boss.work(definition.name, options, takeOne));
  }
  return {
    wakeIn,
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
