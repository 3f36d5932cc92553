// Jobs over pg-boss: enqueued in the transaction that wants them, woken at once, tried again as their definition says.
import { afterCommit, type Db, runSql, type SqlTx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { AnyJobDefinition, AnyJobHandler, JobDefinition } from './definitions.ts';
import { openLine } from './open-line.ts';
import { startBoss } from './start-boss.ts';
import { wakeDue } from './wake-due.ts';
import { deadLettersOf, groupOf, type QueueWorkers, workQueue } from './work-queue.ts';

/** When and how often a job may wait. */
export interface EnqueueOptions {
  startAfter?: Date;
  /** while a job of this kind and key waits or runs, another is not added */
  singletonKey?: string;
}

/** The jobs of one process. */
export interface Jobs {
  definitions: ReadonlyMap<string, AnyJobDefinition>;
  /** Adds a job when `tx` commits. Throws when the payload does not have the definition's shape. */
  enqueue<T>(
    tx: SqlTx,
    definition: JobDefinition<T>,
    payload: T,
    options?: EnqueueOptions,
  ): Promise<void>;
  /**
   * Adds many jobs of one kind by one statement.
   * @param keyOf the singletonKey of each
   */
  enqueueAll<T>(
    tx: SqlTx,
    definition: JobDefinition<T>,
    payloads: readonly T[],
    keyOf?: (payload: T) => string,
  ): Promise<void>;
  /**
   * Adds a job that waits for 1 to 4 minutes, and is one for all that are added with this key meanwhile: it reads what they
   * made of it. What comes later is another job, also while that one runs.
   */
  gather<T>(tx: SqlTx, definition: JobDefinition<T>, payload: T, key: string): Promise<void>;
  /**
   * Begins to work.
   * @param elsewhere the handlers of other processes
   * @throws unless every definition has exactly one handler, here or elsewhere
   */
  work(handlers: readonly AnyJobHandler[], elsewhere?: readonly AnyJobHandler[]): Promise<void>;
  /**
   * Enqueues a job again and again; the last call for a name and definition holds.
   * @param cron five fields, in UTC; of times that were missed, as on a server that is off at night, one is made up for
   */
  schedule<T>(name: string, cron: string, definition: JobDefinition<T>, payload: T): Promise<void>;
  /** Ends the work alone: jobs can still be enqueued. Waits 5 s for running jobs, then gives them back untried. */
  rest(): Promise<void>;
  /** Rests, then closes. */
  stop(): Promise<void>;
}

// what is interrupted loses its work but no try; a container is killed 10 s after it was asked to stop
const GRACE_MS = 5_000;

// jobs of one span are one, which begins when nobody who was in the span can still be at its transaction
const GATHER_MS = 3 * 60_000;
const GATHERED_AFTER_MS = 60_000;

/**
 * Opens the jobs, making pg-boss's tables and the queues of `definitions` where they are missing.
 * @throws when two definitions share a name.
 */
export async function openJobs(options: {
  db: Db;
  log: Log;
  definitions: readonly AnyJobDefinition[];
  /** how long a stop waits for the jobs in hand; 5 s when absent */
  graceMs?: number;
}): Promise<Jobs> {
  const { db, log, graceMs = GRACE_MS } = options;
  const definitions = new Map<string, AnyJobDefinition>();
  for (const definition of options.definitions) {
    if (definitions.has(definition.name)) {
      throw new Error(`Two jobs are named ${definition.name}; give each its own name.`);
    }
    definitions.set(definition.name, definition);
  }
  const boss = await startBoss(db, log, [...definitions.values()]);
  const workers = new Map<string, QueueWorkers>();
  const looks: { stop(): Promise<void> }[] = [];
  let resting: Promise<unknown> | undefined;
  let stopping: Promise<void> | undefined;

  function known(name: string): void {
    if (!definitions.has(name)) {
      throw new Error(`The job ${name} is unknown here: add its definition to openJobs.`);
    }
  }

  function check<T>(definition: JobDefinition<T>, payload: T) {
    const result = definition.payload.safeParse(payload);
    if (!result.success) {
      const faults = result.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
      throw new Error(`A job ${definition.name} has a wrong payload. ${faults.join('; ')}`);
    }
    const { accountId = null } = result.data as { accountId?: string };
    return { data: result.data, accountId };
  }

  async function toRows<T>(
    tx: SqlTx,
    definition: JobDefinition<T>,
    jobs: readonly (EnqueueOptions & { payload: T })[],
  ) {
    const checked = jobs.map((job) => ({ ...job, ...check(definition, job.payload) }));
    const place = await openLine(
      tx,
      definition,
      checked.map(({ accountId }) => accountId),
    );
    return checked.map(({ data, accountId, ...extra }) => ({
      data: data as object,
      ...groupOf(accountId),
      priority: place(data, accountId),
      // these queues hold one waiting or running job for each key, so a job that needs none gets its own
      singletonKey: extra.singletonKey ?? newId(),
      ...(extra.startAfter && { startAfter: extra.startAfter.toISOString() }),
    }));
  }

  async function enqueue<T>(
    tx: SqlTx,
    definition: JobDefinition<T>,
    payload: T,
    extra?: EnqueueOptions,
  ): Promise<void> {
    known(definition.name);
    const rows = await toRows(tx, definition, [{ ...extra, payload }]);
    await boss.insert(definition.name, rows, { db: speaking(tx) });
    const at = extra?.startAfter;
    const queue = workers.get(definition.name);
    if (at && queue) afterCommit(tx, () => queue.wakeIn(Math.max(0, at.getTime() - Date.now())));
  }

  async function rest(): Promise<void> {
    resting ??= Promise.all([
      ...looks.map((look) => look.stop()),
      ...[...workers.values()].map((queue) => queue.stop(graceMs)),
    ]);
    await resting;
  }

  return {
    definitions,
    enqueue,
    gather(tx, definition, payload, key) {
      const endsAt = (Math.floor(Date.now() / GATHER_MS) + 1) * GATHER_MS;
      const startAfter = new Date(endsAt + GATHERED_AFTER_MS);
      return enqueue(tx, definition, payload, { startAfter, singletonKey: `${key} ${endsAt}` });
    },
    async enqueueAll(tx, definition, payloads, keyOf = newId) {
      known(definition.name);
      if (payloads.length === 0) return;
      const rows = await toRows(
        tx,
        definition,
        payloads.map((payload) => ({ payload, singletonKey: keyOf(payload) })),
      );
      await boss.insert(definition.name, rows, { db: speaking(tx) });
    },
    async work(handlers, elsewhere = []) {
      checkHandlers(definitions, [...handlers, ...elsewhere]);
      const wakes = new Map<string, () => void>();
      for (const handler of handlers) {
        const { definition } = handler;
        const queue = await workQueue(boss, db, handler, log);
        workers.set(definition.name, queue);
        wakes.set(definition.name, queue.wake).set(deadLettersOf(definition), queue.wakeDead);
      }
      looks.push(wakeDue(db, wakes));
    },
    async schedule(name, cron, definition, payload) {
      known(definition.name);
      const { data } = check(definition, payload);
      await boss.schedule(definition.name, cron, data as object, {
        key: name,
        tz: 'UTC',
        missed: 'once',
      });
    },
    rest,
    stop() {
      stopping ??= rest().then(() => boss.stop({ graceful: true, timeout: GRACE_MS }));
      return stopping;
    },
  };
}

/** A transaction as pg-boss asks for it. */
const speaking = (tx: SqlTx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({
    rows: await runSql(tx, text, values),
  }),
});

/** Every definition has one handler, and nobody handles what is not defined. */
function checkHandlers(
  definitions: ReadonlyMap<string, AnyJobDefinition>,
  handlers: readonly AnyJobHandler[],
): void {
  const seen = new Set<string>();
  for (const { definition } of handlers) {
    const { name } = definition;
    if (!definitions.has(name)) throw new Error(`A handler works the unknown job ${name}.`);
    if (seen.has(name)) throw new Error(`Two handlers work the job ${name}; keep one.`);
    seen.add(name);
  }
  const missing = [...definitions.keys()].filter((name) => !seen.has(name));
  if (missing.length > 0) {
    throw new Error(`No handler works ${missing.join(', ')}: hand each to jobs.work.`);
  }
}
