// Subscription.leadUpdated: all that happens with a person, as it happens.
import { Event } from '#domains/activity/index.ts';
import { Lead, readTops } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { encodePosition } from '#values/cursor.ts';
import { entryOfEvent } from '../entry-of-event.ts';
import { followLead } from '../follow-lead.ts';
import { LeadTimelineEntry } from './timeline.ts';

interface LeadUpdateRow {
  event: StoredEvent;
  /** the lead that is followed */
  leadId: string;
}

const LeadUpdate = builder.objectRef<LeadUpdateRow>('LeadUpdate').implement({
  description: 'Something happened with a person.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in the log: subscribe with `after` to resume behind it.',
      resolve: ({ event }) => encodePosition(event.position),
    }),
    event: t.field({
      type: Event,
      description:
        'What happened: a MessageEvent and a ChatEvent hold the message, a LeadEvent what changed and which lead was merged, an ErasureEvent and a LeadErasureEvent what to drop.',
      resolve: ({ event }) => event,
    }),
    entry: t.field({
      type: LeadTimelineEntry,
      nullable: true,
      description:
        'The entry of the timeline that came or changed, as it is now; null when it is gone, and for what is none: a field of the lead, a merge; and without the scope LEADS_READ.',
      resolve: ({ event }, _args, { platform, viewer }) => entryOfEvent(platform, viewer, event),
    }),
    lead: t.field({
      type: Lead,
      nullable: true,
      description:
        'The lead as it is now; where it was merged into another, that one. Null when it was erased, or without the scope LEADS_READ.',
      resolve: async ({ leadId }, _args, { platform, viewer }) =>
        (await readTops(platform.db.pool, viewer.accountId, [leadId])).get(leadId) ?? null,
    }),
  }),
});

builder.subscriptionField('leadUpdated', (t) =>
  t.field({
    type: LeadUpdate,
    description:
      'Follows a person: each interaction of channels that the viewer may read, each message, note and milestone, merges and splits, and changes of the lead, whenever one comes or changes, and what is erased of them: an ErasureEvent for an interaction, LEAD_ERASED for all. With `after` it replays the log behind the cursor and goes on live, with no gap and no repeat; without it, it starts now. Over SSE a Last-Event-ID header takes the place of `after`. A lead that is merged is followed as the one it became part of; split off again, as its own. What a merge or split (a LeadEvent with `changes`, or LEAD_MERGED) brought or took is not told one by one: read the timeline anew then. Visits stand in the timeline once `changes` of an interaction names `attribution`. Once an interaction is erased nobody can say whose it was, so those of the company are told whoever is followed, by ids alone: drop what you have of them; a lead that is gone itself answers NOT_FOUND. Needs the scope LEADS_READ. A cursor that cannot be resumed answers CURSOR_EXPIRED, as `events` does.',
    args: {
      leadId: t.arg.id({ required: true, description: 'Which lead.' }),
      after: t.arg({ type: 'Cursor', description: 'Resume behind this cursor.' }),
    },
    subscribe: (_root, { leadId, after }, context) =>
      followLead(context, readId(leadId, 'Lead', 'leadId'), after),
    resolve: (event, { leadId }) => ({
      event: event as StoredEvent,
      leadId: readId(leadId, 'Lead', 'leadId'),
    }),
  }),
);
