// What the tests of the jobs share: a database, jobs of their own, handlers that keep what they were given, and the log.
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  type AnyJobHandler,
  defineJob,
  type JobDefinition,
  type JobTry,
  openJobs,
} from '#platform/jobs/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

/** Opens a database and the makers over it. Call it at the top of a test file. */
export async function openWorkshop() {
  const { db } = await freshDatabase();

  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );

  let made = 0;
  const newJob = (more: Partial<JobDefinition<{ id: string }>> = {}) => {
    made += 1;
    return defineJob({
      name: `tests.job-${made}`,
      payload: z.object({ id: z.string() }),
      retryLimit: 0,
      retryDelaySeconds: 0,
      expireInSeconds: 30,
      ...more,
    });
  };

  async function open(...definitions: JobDefinition<{ id: string }>[]) {
    const jobs = await openJobs({ db, log, definitions });
    onTestFinished(() => jobs.stop());
    return jobs;
  }

  /** A handler that keeps what it was given and a promise for the n-th try. */
  function recorder(
    definition: JobDefinition<{ id: string }>,
    run: (payload: { id: string }, job: JobTry) => Promise<string> = async () => 'seen',
  ) {
    const tries: { payload: { id: string }; job: JobTry }[] = [];
    const waiting: (() => void)[] = [];
    const handler: AnyJobHandler = {
      definition,
      async run(payload, job) {
        tries.push({ payload, job });
        for (const look of waiting) look();
        return run(payload, job);
      },
    };
    const tried = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => tries.length >= count && resolve();
        waiting.push(look);
        look();
      });
    return { handler, tries, tried };
  }

  const linesOf = (definition: JobDefinition<unknown>) =>
    lines.filter((line) => line.job === definition.name);

  async function logged(definition: JobDefinition<unknown>, count: number) {
    await expect.poll(() => linesOf(definition).length, { timeout: 10_000 }).toBe(count);
    return linesOf(definition);
  }

  return { db, log, linesOf, logged, newJob, open, recorder };
}
