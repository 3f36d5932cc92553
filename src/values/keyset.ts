// Keyset paging for stores: the rows after a place in a list sorted by one column and then by id.
import { MalformedCursor, type RowKey } from './cursor.ts';

export type Direction = 'asc' | 'desc';

/**
 * The Prisma `where` for rows after a cursor; `{}` on the first page. Spread it into an AND with the other conditions. The
 * bound alone keeps PostgreSQL from reading all pages before this one: it takes none from the alternatives.
 * @param column the sort column as the model names it
 * @param direction the list's order; the id is sorted in the same direction
 * @param after the place of the last row seen, or null
 * @param read turns the cursor's text into the column's type: `readDate`, `Number`, `String`
 */
export function whereAfter(
  column: string,
  direction: Direction,
  after: RowKey | null,
  read: (text: string) => unknown,
): { AND?: Record<string, unknown>[] } {
  if (!after) return {};
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  const value = read(after.value);
  const next = [{ [column]: { [beyond]: value } }, { [column]: value, id: { [beyond]: after.id } }];
  return { AND: [{ [column]: { [`${beyond}e`]: value } }, { OR: next }] };
}

/** The `orderBy` that goes with `whereAfter`. */
export function orderByKey(column: string, direction: Direction): Record<string, Direction>[] {
  return [{ [column]: direction }, { id: direction }];
}

/** Reads a cursor's ISO time. Throws MalformedCursor. */
export function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new MalformedCursor();
  return date;
}
