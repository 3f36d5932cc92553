// Query.events and Subscription.events: the spine of the API.
import { builder } from '#graphql/builder.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { Event } from './event.ts';
import { EventFilter, readFilter } from './event-filter.ts';
import { EventConnection, readEventPage } from './event-page.ts';
import { followEvents } from './follow-events.ts';

builder.subscriptionType({ description: 'Everything that can be followed live.' });

builder.queryField('events', (t) =>
  t.field({
    type: EventConnection,
    description:
      'What happened, oldest first, from the beginning of what is kept or behind `after`. A page of a filter that leaves little may hold few rows or none: read on behind `endCursor` while `hasNextPage`. Every cursor also resumes the subscription. A cursor that cannot be resumed answers the error CURSOR_EXPIRED, with a `reason` in its extensions: TOO_OLD (beyond what is kept), HISTORY_LOST (a restore lost what it saw) or AHEAD (not of this log). Then fetch the current state and begin without a cursor.',
    args: {
      filter: t.arg({ type: EventFilter, description: 'Which events are wanted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, { filter, ...page }, context) =>
      readEventPage(context, readFilter(context.viewer, filter), page),
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
