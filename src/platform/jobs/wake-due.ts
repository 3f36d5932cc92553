// One look for all queues: what NOTIFY does not tell, a job that another process added for later or whose tries it lost, is
// found here. Each worker by itself would ask again and again, all of them in the same moments: a hundred questions at once.
import type { Db } from '#platform/db/index.ts';

const EVERY_MS = 1_000;

const DUE = `
  select queue.name from unnest($1::text[]) as queue(name)
   where exists (select from pgboss.job
                  where job.name = queue.name and job.state in ('created', 'retry') and not job.blocked
                    and job.start_after <= pgboss.job_now())`;

/**
 * Wakes the workers of each queue in which a job is due, once a second.
 * @param wakes how to wake the workers of a queue, by its name
 * @returns how to end it
 */
export function wakeDue(
  { pool }: Pick<Db, 'pool'>,
  wakes: ReadonlyMap<string, () => void>,
): { stop(): Promise<void> } {
  const statement = { name: 'jobs-due', text: DUE, values: [[...wakes.keys()]] };
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    const { rows } = await pool.query<{ name: string }>(statement);
    for (const { name } of rows) wakes.get(name)?.();
  }
  function lookLater(): void {
    timer = setTimeout(() => {
      // while the database is away nothing is due; the next look tells
      looking = look()
        .catch(() => {})
        .finally(() => stopped || lookLater());
    }, EVERY_MS).unref();
  }

  lookLater();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
