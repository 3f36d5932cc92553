// The tasks of the stand-in for a search server: done later, one after the other, each whole or not at all.
import { setImmediate as soon } from 'node:timers/promises';

/** What the server answers with in place of a result. */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;
  readonly type: string;

  constructor(status: number, code: string, message = code, type = 'invalid_request') {
    super(message);
    this.status = status;
    this.code = code;
    this.type = type;
  }

  /** As it is told. */
  told() {
    const { message, code, type } = this;
    return { message, code, type, link: 'https://docs.meilisearch.com/errors' };
  }
}

/** Opens the tasks. */
export function openTasks() {
  let tasks: Record<string, unknown>[] = [];
  let queue: (() => void)[] = [];
  let held: Promise<void> | undefined;
  let isWorking = false;

  async function workOff(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (;;) {
      await soon();
      await held;
      const next = queue.shift();
      if (!next) break;
      next();
    }
    isWorking = false;
  }

  return {
    isWorking: () => isWorking,
    /** Adds a task. Returns what the server says at once. */
    add(type: string, indexUid: string, details: object, work: () => void) {
      const task: Record<string, unknown> = {
        uid: tasks.length,
        batchUid: null,
        indexUid,
        status: 'enqueued',
        type,
        canceledBy: null,
        details,
        error: null,
        duration: null,
        enqueuedAt: new Date().toISOString(),
        finishedAt: null,
      };
      tasks.push(task);
      queue.push(() => {
        task.startedAt = new Date().toISOString();
        try {
          work();
          task.status = 'succeeded';
        } catch (error) {
          task.status = 'failed';
          task.error = (error as Fault).told();
        }
        task.finishedAt = new Date().toISOString();
      });
      void workOff();
      const { uid, status, enqueuedAt } = task;
      return { taskUid: uid, indexUid, status, type, enqueuedAt };
    },
    find(uid: number): object {
      const task = tasks[uid];
      if (!task) throw new Fault(404, 'task_not_found');
      return task;
    },
    /** Does nothing until the returned function is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = undefined;
        resolve();
      };
    },
    lose() {
      [tasks, queue] = [[], []];
    },
  };
}
