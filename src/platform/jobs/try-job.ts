// One try of one job: check the payload, run the handler, log the named outcome or the failure once. When the last try
// has failed, the handler gives up; a stop of the worker is no failure.
import type { Log } from '#platform/log/index.ts';
import { type AnyJobHandler, NotYet } from './definitions.ts';

/** What the queue hands over. */
export interface TakenJob {
  id: string;
  data: unknown;
  retryCount: number;
  retryLimit: number;
  signal: AbortSignal;
  /** aborts when the worker stops: what fails from then on says nothing of the job */
  stopping: AbortSignal;
}

/**
 * Runs one try.
 * @returns what the queue keeps as the job's output
 * @throws what the handler threw, so that the queue tries again; or what giving up threw
 */
export async function tryJob(
  handler: AnyJobHandler,
  job: TakenJob,
  log: Log,
): Promise<{ outcome: string }> {
  const { name, payload } = handler.definition;
  const attempt = job.retryCount + 1;
  const about = { job: name, jobId: job.id, attempt };
  let data: unknown;
  let outcome: string;
  try {
    data = payload.parse(job.data);
    outcome = await handler.run(data, { id: job.id, attempt, signal: job.signal });
  } catch (err) {
    if (job.stopping.aborted) throw err;
    if (job.retryCount < job.retryLimit) {
      if (err instanceof NotYet) log.debug({ ...about, err }, 'job waits; it will be tried again');
      else log.warn({ ...about, err }, 'job failed; it will be tried again');
      throw err;
    }
    log.error({ ...about, err }, 'job failed for good');
    if (!handler.giveUp || data === undefined) throw err;
    outcome = await handler.giveUp(data, err);
  }
  log.info({ ...about, outcome }, 'job done');
  return { outcome };
}
