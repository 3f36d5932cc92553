// Rows that arrive at the same time are written in one statement: those of one turn of the event loop, and while a write is
// under way the next ones gather. A row that comes alone waits for nobody; in a storm a commit is shared by many.
import { isPassing } from './transaction.ts';

/** rows of one write at most */
const MOST_ROWS = 200;
/** writes under way at once: one is written while the other's answers are handed out */
const WRITES_AT_ONCE = 2;

/** Writes single rows, those that come together in one write. */
export interface Together<Row, Result> {
  /** Settles after the commit that held the row. Throws TooMuchWaits, or what refused this row. */
  write(row: Row): Promise<Result>;
  /** Takes nothing any more; resolves once all that was taken is written. */
  stop(): Promise<void>;
}

/** More rows wait than are soon written, or no more are taken: try again later. */
export class TooMuchWaits extends Error {
  override name = 'TooMuchWaits';
  constructor() {
    super('Too much waits to be written.');
  }
}

interface Waiting<Row, Result> {
  row: Row;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes a writer of single rows out of one of many.
 * @param writeAll writes all rows in one transaction; answers one result for each, in their order. May be called again
 *   with each row alone: when PostgreSQL refuses a statement, the rows beside the bad one are written after all.
 * @param mostWaiting when so many rows wait for their turn, the next ones are refused
 */
export function writeTogether<Row, Result>(
  writeAll: (rows: readonly Row[]) => Promise<readonly Result[]>,
  { mostWaiting = Number.POSITIVE_INFINITY }: { mostWaiting?: number } = {},
): Together<Row, Result> {
  const waiting: Waiting<Row, Result>[] = [];
  const ends: (() => void)[] = [];
  let writing = 0;
  let isDue = false;
  let isStopped = false;

  const isIdle = () => writing === 0 && waiting.length === 0;
  const writeSoon = (): void => {
    if (isDue || writing === WRITES_AT_ONCE || waiting.length === 0) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      void writeNext();
    });
  };
  const writeNext = async (): Promise<void> => {
    const group = waiting.splice(0, MOST_ROWS);
    writing += 1;
    writeSoon();
    await writeGroup(writeAll, group);
    writing -= 1;
    writeSoon();
    if (isIdle()) for (const end of ends.splice(0)) end();
  };

  return {
    write(row) {
      if (isStopped || waiting.length >= mostWaiting) return Promise.reject(new TooMuchWaits());
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ row, resolve, reject });
        writeSoon();
      });
    },
    stop() {
      isStopped = true;
      return isIdle() ? Promise.resolve() : new Promise((end) => ends.push(end));
    },
  };
}

async function writeGroup<Row, Result>(
  writeAll: (rows: readonly Row[]) => Promise<readonly Result[]>,
  group: readonly Waiting<Row, Result>[],
): Promise<void> {
  try {
    const results = await writeAll(group.map(({ row }) => row));
    group.forEach(({ resolve }, n) => {
      resolve(results[n] as Result);
    });
  } catch (error) {
    // a database that is away refuses all of them alike; anything else may be the fault of one
    if (group.length === 1 || isPassing(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const one of group) await writeGroup(writeAll, [one]);
  }
}
