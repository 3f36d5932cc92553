// Query.events and Subscription.events: the spine of the API.
import { builder } from '#graphql/builder.ts';
import { defineConnection, type Page, pageArgs, pageSize } from '#graphql/connection.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { decodePosition, encodePosition } from '#values/cursor.ts';
import { Event } from './event.ts';
import { EventFilter, readFilter } from './event-filter.ts';
import { followEvents } from './follow-events.ts';

builder.subscriptionType({ description: 'Everything that can be followed live.' });

const EventConnection = defineConnection(Event, 'Event', { total: false });

builder.queryField('events', (t) =>
  t.field({
    type: EventConnection,
    description:
      'What happened, oldest first, from the beginning of what is kept or behind `after`. A page of a filter that leaves little may hold few rows or none: read on behind `endCursor` while `hasNextPage`. Every cursor also resumes the subscription. A cursor that cannot be resumed answers the error CURSOR_EXPIRED, with a `reason` in its extensions: TOO_OLD (beyond what is kept), HISTORY_LOST (a restore lost what it saw) or AHEAD (not of this log). Then fetch the current state and begin without a cursor.',
    args: {
      filter: t.arg({ type: EventFilter, description: 'Which events are wanted.' }),
      ...pageArgs(t),
    },
    resolve: async (_root, { filter, first, after }, { platform, viewer }) => {
      const page = await platform.events.page({
        accountId: viewer.accountId,
        after: after ? decodePosition(after) : null,
        limit: pageSize(first),
        filter: readFilter(viewer, filter),
      });
      return {
        edges: page.events.map((event) => ({
          cursor: encodePosition(event.position),
          node: event,
        })),
        hasNextPage: page.hasMore,
        hasPreviousPage: Boolean(after),
        count: null,
        endCursor: page.reached && encodePosition(page.reached),
      } satisfies Page<StoredEvent>;
    },
  }),
);

builder.subscriptionField('events', (t) =>
  t.field({
    type: Event,
    description:
      'Follows what happens, in order, with no gap and no repeat: with `after` it replays the log behind the cursor and goes on live, without it, it starts now. Over SSE a Last-Event-ID header takes the place of `after`. A cursor that cannot be resumed answers the error CURSOR_EXPIRED, with a `reason` in its extensions: TOO_OLD (beyond what is kept), HISTORY_LOST (a restore lost what it saw) or AHEAD (not of this log). Then fetch the current state and subscribe without a cursor.',
    args: {
      filter: t.arg({ type: EventFilter, description: 'Which events are wanted.' }),
      after: t.arg({ type: 'Cursor', description: 'Resume behind this cursor.' }),
    },
    subscribe: (_root, args, context) =>
      followEvents(context, readFilter(context.viewer, args.filter), args.after),
    resolve: (event) => event as StoredEvent,
  }),
);
