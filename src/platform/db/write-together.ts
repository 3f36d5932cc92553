// Rows that arrive at the same time are written in one statement: while a write is under way the next ones gather. A row
// that comes alone is written at once, so calm hours pay nothing; in a storm a commit is shared by many.
import { isPassing } from './transaction.ts';

/** rows of one statement at most */
const MOST_ROWS = 200;
/** statements under way at once: one is written while the other's answers are handed out */
const WRITES_AT_ONCE = 2;

interface Waiting<Row, Result> {
  row: Row;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes a writer of single rows out of one of many.
 * @param write writes all rows in one statement; answers one result for each, in their order. May be called again with
 *   each row alone: when PostgreSQL refuses a statement, the rows beside the bad one are written after all.
 * @returns writes one row; settles after the commit of the statement that held it, and throws what refused this row
 */
export function writeTogether<Row, Result>(
  write: (rows: readonly Row[]) => Promise<readonly Result[]>,
): (row: Row) => Promise<Result> {
  const waiting: Waiting<Row, Result>[] = [];
  let writing = 0;

  const writeNext = async (): Promise<void> => {
    if (writing === WRITES_AT_ONCE || waiting.length === 0) return;
    const group = waiting.splice(0, MOST_ROWS);
    writing += 1;
    try {
      await writeGroup(write, group);
    } finally {
      writing -= 1;
      void writeNext();
    }
  };

  return (row) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      void writeNext();
    });
}

async function writeGroup<Row, Result>(
  write: (rows: readonly Row[]) => Promise<readonly Result[]>,
  group: readonly Waiting<Row, Result>[],
): Promise<void> {
  try {
    const results = await write(group.map(({ row }) => row));
    group.forEach(({ resolve }, n) => {
      resolve(results[n] as Result);
    });
  } catch (error) {
    // a database that is away refuses all of them alike; anything else may be the fault of one
    if (group.length === 1 || isPassing(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const one of group) await writeGroup(write, [one]);
  }
}
