// What a saved search finds, live: its events out of the log.

import { authorize } from '#domains/accounts/index.ts';
import { followEvents, readFilter } from '#domains/activity/index.ts';
import type { Context } from '#graphql/context.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { requireSearch } from './read-searches.ts';

/**
 * Follows what a saved search finds in the companies that the viewer sees. Starts and resumes as followEvents.
 * @throws Forbidden; Refused NOT_FOUND; MalformedCursor, CursorExpired
 */
export async function followSearch(
  context: Context,
  id: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<StoredEvent>> {
  const { viewer, platform } = context;
  authorize(viewer, 'transcripts.read');
  await requireSearch(platform, viewer, id);
  const filter = readFilter(viewer, { types: ['search.matched'] });
  return followEvents(context, filter, after, (events) => eventsOf(events, id));
}

async function* eventsOf(
  events: AsyncGenerator<StoredEvent, void>,
  id: string,
): AsyncGenerator<StoredEvent, void> {
  for await (const event of events) if (event.payload.savedSearchId === id) yield event;
}
