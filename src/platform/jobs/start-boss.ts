// Starts pg-boss with a queue for each kind of job, and one for what is to be given up.
import { PgBoss, type QueueOptions } from 'pg-boss';
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { AnyJobDefinition } from './definitions.ts';
import { deadLettersOf } from './work-queue.ts';

// a worker that is silent for so long is dead, and its job is tried again by another
const HEARTBEAT_SECONDS = 20;

/** What waits longer is dropped: nothing is, where a worker did not run for months. */
const KEEP_WAITING_SECONDS = 10 * 365 * 86_400;

/** To give up is one short transaction: it is tried for about a day. */
const DEAD_LETTERS = {
  retryLimit: 30,
  retryDelay: 15,
  retryBackoff: true,
  retryDelayMax: 3_600,
  expireInSeconds: 60,
  retentionSeconds: KEEP_WAITING_SECONDS,
};

/**
 * Starts pg-boss, making its tables where they are missing, and the queues of `definitions` as these want them.
 * @throws what the database or pg-boss threw; nothing runs then
 */
export async function startBoss(
  db: Db,
  log: Log,
  definitions: readonly AnyJobDefinition[],
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: db.url,
    application_name: 'switchboard jobs',
    schema: 'pgboss',
    max: 4,
    useListenNotify: true,
    // how soon the jobs of a killed process are found: see HEARTBEAT_SECONDS
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    // the event tail waits for the oldest writing transaction
    options: '-c idle_in_transaction_session_timeout=5000',
  });
  let failing = false;
  boss.on('error', (err) => {
    if (!failing) log.warn({ err }, 'the job queue met an error; it goes on trying');
    failing = true;
    setTimeout(() => {
      failing = false;
    }, 10_000).unref();
  });
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  try {
    await boss.start();
    const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    const provide = async (name: string, policy: QueueOptions, kind: 'exclusive' | 'standard') => {
      const kept = present.get(name);
      if (!kept) await boss.createQueue(name, { ...policy, policy: kind });
      else if (differs(policy, kept)) await boss.updateQueue(name, policy);
    };
    for (const one of definitions) {
      const deadLetter = deadLettersOf(one);
      await provide(deadLetter, DEAD_LETTERS, 'standard');
      const policy = {
        deadLetter,
        retryLimit: one.retryLimit,
        retryDelay: one.retryDelaySeconds,
        retryBackoff: one.retryBackoff ?? false,
        ...(one.retryDelayMaxSeconds && { retryDelayMax: one.retryDelayMaxSeconds }),
        expireInSeconds: one.expireInSeconds,
        retentionSeconds: KEEP_WAITING_SECONDS,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        notify: true,
      };
      await provide(one.name, policy, 'exclusive');
    }
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}

/** Whether a queue is kept by other figures than these: most starts change nothing of a hundred queues. */
function differs(policy: QueueOptions, kept: QueueOptions): boolean {
  const names = Object.keys(policy) as (keyof QueueOptions)[];
  return names.some((name) => policy[name] !== kept[name]);
}
