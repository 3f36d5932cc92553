// The workers of one kind of job in this process: woken by NOTIFY, by the job before, when a try comes due again, and by the
// look for all queues (wake-due.ts).
// A stop spends no try: what is not done in time is given back as a job that nobody has taken yet.
import { fromPrisma, type JobWithMetadata, type PgBoss } from 'pg-boss';
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { AnyJobHandler, JobDefinition } from './definitions.ts';
import { tryJob } from './try-job.ts';

/** The workers of one queue. */
export interface QueueWorkers {
  /** Lets every worker look for a job now. */
  wake(): void;
  /** Lets those look that put away what is to be given up. */
  wakeDead(): void;
  /** Lets every worker look for a job after this time. */
  wakeIn(ms: number): void;
  /** Takes no other job, waits so long for those in hand, then interrupts them and gives them back. */
  stop(graceMs: number): Promise<void>;
}

// pg-boss's own poll: only for the day when nothing wakes a worker
const POLL_SECONDS = 60;
const LONGEST_TIMER_MS = 10 * 60_000;

/** When pg-boss may try again after the n-th retry failed, in ms: the backoff is drawn between half and whole. */
function dueTimes(definition: JobDefinition<unknown>, retryCount: number): number[] {
  const delayMs = definition.retryDelaySeconds * 1000;
  if (!definition.retryBackoff) return [delayMs];
  const whole = Math.max(delayMs, 1000) * 2 ** Math.min(retryCount, 16);
  const mostMs = (definition.retryDelayMaxSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return [whole / 2, whole, whole * 2].map((ms) => Math.min(ms, mostMs));
}

/** Where pg-boss puts the payload of a job whose last try has failed, also when its process was killed. */
export const deadLettersOf = (definition: JobDefinition<unknown>) => `${definition.name}.dead`;

/** What has pg-boss count the jobs of an account together; nothing for a job of none. */
export const groupOf = (accountId: string | null | undefined) =>
  accountId ? { group: { id: accountId } } : {};

/** Starts `handler.concurrency` workers, each with one job at a time. */
export async function workQueue(
  boss: PgBoss,
  db: Db,
  handler: AnyJobHandler,
  log: Log,
): Promise<QueueWorkers> {
  const { definition, concurrency = 1, onePerAccount, mostPerAccount } = handler;
  const workers: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const stopping = new AbortController();
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
      const signal = AbortSignal.any([job.signal, stopping.signal]);
      const taken = { ...job, signal, stopping: stopping.signal };
      try {
        return await unlessStopped(tryJob(handler, taken, log), stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return giveBack(boss, db, job);
        for (const ms of dueTimes(definition, job.retryCount)) wakeIn(ms);
        throw withoutWords(error);
      } finally {
        // a backlog is worked off at once; when this look finds nothing the worker goes back to sleep
        boss.notifyWorker(workers[n] ?? '');
      }
    };
    const options = {
      includeMetadata: true,
      ...(onePerAccount && { localGroupConcurrency: 1 }),
      ...(mostPerAccount && { groupConcurrency: mostPerAccount }),
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
    } as const;
    workers.push(await boss.work(definition.name, options, takeOne));
  }
  const letters = deadLettersOf(definition);
  const putAway = async ([job]: { data: object }[]) => {
    if (!job) return;
    const outcome = await Promise.try(() =>
      handler.giveUp?.(definition.payload.parse(job.data), null),
    ).catch((error) => {
      log.error({ job: definition.name, err: error }, 'a job could not be put away');
      throw withoutWords(error);
    });
    log.error({ job: definition.name, outcome }, 'a job whose tries are spent was put away');
  };
  const undertaker = await boss.work(letters, { pollingIntervalSeconds: POLL_SECONDS }, putAway);
  return {
    wake,
    wakeDead: () => boss.notifyWorker(undertaker),
    wakeIn,
    async stop(graceMs) {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      const late = setTimeout(() => stopping.abort(), graceMs);
      await Promise.all([boss.offWork(definition.name), boss.offWork(letters)]);
      clearTimeout(late);
    },
  };
}

/**
 * What pg-boss keeps of a failure: it stores every property of what is thrown, and a statement's or a carrier's error quotes
 * people. The log, which hides them, has told it already.
 */
function withoutWords(error: unknown): Error {
  const kept = new Error('see the log');
  kept.name = error instanceof Error ? error.name : 'Error';
  kept.stack = '';
  return kept;
}

/** Waits for `work` no longer than until the worker stops; a handler that does not heed its signal must not hold it. */
function unlessStopped<T>(work: Promise<T>, stopping: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopping.reason);
    if (stopping.aborted) stop();
    stopping.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => stopping.removeEventListener('abort', stop));
  });
}

/** Puts a job that was interrupted back, with all its tries. */
async function giveBack(
  boss: PgBoss,
  db: Db,
  { name, id, data, priority, singletonKey, groupId }: JobWithMetadata<object>,
): Promise<{ outcome: string }> {
  const outcome = { outcome: 'given back' };
  await db.transaction(async (tx) => {
    const within = { db: fromPrisma(tx) };
    await boss.complete(name, id, outcome, within);
    const row = { data, priority, singletonKey: singletonKey ?? id, ...groupOf(groupId) };
    await boss.insert(name, [row], within);
  });
  return outcome;
}
