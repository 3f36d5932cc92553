// One try of one job: check the payload, run the handler, log the named outcome or the failure once.
import type { Log } from '#platform/log/index.ts';
import { type AnyJobHandler, NotYet } from './definitions.ts';

/** What the queue hands over. */
export interface TakenJob {
  id: string;
  data: unknown;
  retryCount: number;
  retryLimit: number;
  signal: AbortSignal;
}

/**
 * Runs one try.
 * @returns what the queue keeps as the job's output
 * @throws what the handler threw, so that the queue tries again
 */
export async function tryJob(
  handler: AnyJobHandler,
  job: TakenJob,
  log: Log,
): Promise<{ outcome: string }> {
  const { name, payload } = handler.definition;
  const attempt = job.retryCount + 1;
  const lastAttempt = job.retryCount >= job.retryLimit;
  const about = { job: name, jobId: job.id, attempt };
  try {
    const outcome = await handler.run(payload.parse(job.data), {
      id: job.id,
      attempt,
      lastAttempt,
      signal: job.signal,
    });
    log.info({ ...about, outcome }, 'job done');
    return { outcome };
  } catch (err) {
    if (err instanceof NotYet) log.debug({ ...about, err }, 'job waits; it will be tried again');
    else if (lastAttempt) log.error({ ...about, err }, 'job failed for good');
    else log.warn({ ...about, err }, 'job failed; it will be tried again');
    throw err;
  }
}
