// The live stream behind every subscription of the log: replay, then live, for as long as the viewer's rights stand.
import type { Context } from '#graphql/context.ts';
import type { EventFilter, StoredEvent } from '#platform/events/index.ts';
import { decodePosition } from '#values/cursor.ts';
import { underRights } from './under-rights.ts';

type Events = AsyncGenerator<StoredEvent, void>;

/**
 * Follows the log for a viewer.
 * @param context its `resumeAfter` (the Last-Event-ID of SSE) goes before `after`
 * @param after resume behind this cursor; null = from now on
 * @param pick what of it is given on; all of it when left out
 * @throws MalformedCursor, CursorExpired
 * @returns see underRights; its next() also throws CursorExpired
 */
export async function followEvents(
  context: Context,
  filter: EventFilter,
  after: string | null | undefined,
  pick: (events: Events, signal: AbortSignal) => Events = (events) => events,
): Promise<AsyncIterableIterator<StoredEvent>> {
  const { platform, viewer } = context;
  const cursor = context.resumeAfter ?? after;
  const from = cursor ? decodePosition(cursor) : undefined;
  if (from) await platform.events.checkCursor(from, viewer.accountId);
  const { accountId } = viewer;
  return underRights(context, (signal) =>
    pick(platform.events.follow({ accountId, after: from, filter, signal }), signal),
  );
}
