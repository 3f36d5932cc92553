// Writes many small rows as few transactions: what comes within a few milliseconds is written together, and each giver is
// answered once its row has committed. A commit costs a disk's flush whatever it holds, so this is what makes a burst of a
// thousand rows a second cheap. While one write is under way the next ones gather.
import { isDatabaseUnavailable } from '#platform/db/index.ts';

export interface GroupCommit<Row, Answer> {
  /** Resolves with the row's answer after the commit. Throws Full, or what the write threw. */
  add(row: Row): Promise<Answer>;
  /** Writes what has gathered, then resolves; nothing is taken any more. */
  stop(): Promise<void>;
}

/** More rows wait than are written in a reasonable time; try again later. */
export class Full extends Error {
  constructor() {
    super('Too much waits to be written.');
    this.name = 'Full';
  }
}

interface Waiting<Row, Answer> {
  row: Row;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Opens one.
 * @param options.write writes rows in one transaction and answers for each, in their order
 * @param options.everyMs how long the first row of a group waits for others
 * @param options.atOnce rows of one write at most
 * @param options.mostWaiting beyond so many, rows are refused
 */
export function openGroupCommit<Row, Answer>(options: {
  write(rows: readonly Row[]): Promise<readonly Answer[]>;
  everyMs: number;
  atOnce: number;
  mostWaiting: number;
}): GroupCommit<Row, Answer> {
  const { write, everyMs, atOnce, mostWaiting } = options;
  const waiting: Waiting<Row, Answer>[] = [];
  let running: Promise<void> | null = null;
  let isStopped = false;

  const settle = async (group: readonly Waiting<Row, Answer>[]): Promise<void> => {
    try {
      const answers = await write(group.map(({ row }) => row));
      group.forEach(({ resolve }, n) => {
        resolve(answers[n] as Answer);
      });
    } catch (error) {
      // one row that cannot be written must not take the others with it
      if (group.length > 1 && !isDatabaseUnavailable(error)) {
        for (const one of group) await settle([one]);
        return;
      }
      for (const { reject } of group) reject(error);
    }
  };
  const drain = async (): Promise<void> => {
    if (!isStopped) await new Promise((done) => setTimeout(done, everyMs));
    while (waiting.length > 0) await settle(waiting.splice(0, atOnce));
    running = null;
  };
  return {
    add(row) {
      if (isStopped || waiting.length >= mostWaiting) return Promise.reject(new Full());
      return new Promise((resolve, reject) => {
        waiting.push({ row, resolve, reject });
        running ??= drain();
      });
    },
    async stop() {
      isStopped = true;
      while (running) await running;
    },
  };
}
