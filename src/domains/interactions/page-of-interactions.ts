// The place and the order of a page in a list of interactions i, by the time at which they began: for SQL of the channels.
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, readDate } from '#values/keyset.ts';

/**
 * What `where` and `order by` say of a page.
 * @param page.after the place of the last row seen, or null
 * @throws MalformedCursor
 */
export function pageOfInteractions({
  after,
  direction,
}: {
  after: RowKey | null;
  direction: Direction;
}): { beyond: SqlPart; order: SqlPart } {
  const at = after && readDate(after.value);
  if (direction === 'desc') {
    return {
      beyond: after
        ? sqlPart`(i.occurred_at, i.id) < (${at}::timestamptz, ${after.id}::uuid)`
        : sqlPart`true`,
      order: sqlPart`i.occurred_at desc, i.id desc`,
    };
  }
  return {
    beyond: after
      ? sqlPart`(i.occurred_at, i.id) > (${at}::timestamptz, ${after.id}::uuid)`
      : sqlPart`true`,
    order: sqlPart`i.occurred_at asc, i.id asc`,
  };
}
