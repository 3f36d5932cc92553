// Rows of any number, read a page at a time.
import type { RowKey } from '#values/cursor.ts';
import { orderByKey, readDate, whereAfter } from '#values/keyset.ts';

const PAGE = 100;

/** What a query of one page takes. */
interface Page {
  after: ReturnType<typeof whereAfter>;
  orderBy: ReturnType<typeof orderByKey>;
  take: number;
}

/**
 * All rows in the order of a column of times, then of their ids.
 * @param signal throws before the next page once it has aborted
 * @param read one page
 */
export async function* inOrder<
  Column extends string,
  Row extends { id: string } & Record<Column, Date>,
>(
  column: Column,
  signal: AbortSignal,
  read: (page: Page) => PromiseLike<Row[]>,
): AsyncGenerator<Row, void> {
  for (let after: RowKey | null = null, last: Row | undefined; ; ) {
    signal.throwIfAborted();
    const beyond = whereAfter(column, 'asc', after, readDate);
    const rows: Row[] = await read({
      ...{ after: beyond, orderBy: orderByKey(column, 'asc'), take: PAGE },
    });
    yield* rows;
    last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { value: last[column].toISOString(), id: last.id };
  }
}
