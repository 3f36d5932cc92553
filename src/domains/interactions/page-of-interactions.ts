// The place and the order of a page in a list of interactions i, by the time at which they began: for SQL of the channels.
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, readDate } from '#values/keyset.ts';

/**
 * What `where` and `order by` say of a page.
 * @param page.after the place of the last row seen, or null
 * @param by the columns of the list's time and of its ids, where it goes by another time
 * @throws MalformedCursor
 */
export function pageOfInteractions(
  { after, direction }: { after: RowKey | null; direction: Direction },
  by: { at: SqlPart; id: SqlPart } = { at: sqlPart`i.occurred_at`, id: sqlPart`i.id` },
): { beyond: SqlPart; order: SqlPart } {
  const { at, id } = by;
  const order =
    direction === 'desc' ? sqlPart`${at} desc, ${id} desc` : sqlPart`${at} asc, ${id} asc`;
  if (!after) return { beyond: sqlPart`true`, order };
  const place = sqlPart`(${readDate(after.value)}::timestamptz, ${after.id}::uuid)`;
  const beyond =
    direction === 'desc' ? sqlPart`(${at}, ${id}) < ${place}` : sqlPart`(${at}, ${id}) > ${place}`;
  return { beyond, order };
}
