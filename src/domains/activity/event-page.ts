// A page of the event log as a connection.

import { defineConnection, type Page, pageSize } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import type { EventFilter, StoredEvent } from '#platform/events/index.ts';
import { decodePosition, encodePosition } from '#values/cursor.ts';
import { Event } from './event.ts';

export const EventConnection = defineConnection(Event, 'Event', { total: false });

/**
 * Reads the viewer's events, oldest first.
 * @param filter from readFilter: it holds what the viewer may read
 * @throws MalformedCursor, CursorExpired
 */
export async function readEventPage(
  { platform, viewer }: Context,
  filter: EventFilter,
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<StoredEvent>> {
  const page = await platform.events.page({
    accountId: viewer.accountId,
    after: after ? decodePosition(after) : null,
    limit: pageSize(first),
    filter,
  });
  return {
    edges: page.events.map((event) => ({ cursor: encodePosition(event.position), node: event })),
    hasNextPage: page.hasMore,
    hasPreviousPage: Boolean(after),
    count: null,
    endCursor: page.reached && encodePosition(page.reached),
  };
}
