// Lead.timeline: all that happened with a person, as one list.
import { Interaction, readAsChannel } from '#domains/interactions/index.ts';
import { Lead, LeadNote } from '#domains/leads/index.ts';
import { Source } from '#domains/numbers/index.ts';
import { VisitorSession } from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readTimeline, type TimelineEntry } from '../read-timeline.ts';
import { SESSION_SCOPE } from './touchpoint.ts';

const LeadTimelineKind = builder.enumType('LeadTimelineKind', {
  description: 'What happened.',
  values: {
    VISIT: { description: 'A visit to the website that brought the lead closer.' },
    LEAD_CREATED: { description: 'They first got in touch.' },
    NOTE: { description: 'Somebody wrote a note.' },
    INTERACTION: { description: 'A call, form or other interaction.' },
    QUALIFIED: { description: 'They became a good lead.' },
  } as const,
});

export const LeadTimelineEntry = builder.objectRef<TimelineEntry>('LeadTimelineEntry').implement({
  description: 'One thing that happened with a lead.',
  fields: (t) => ({
    kind: t.expose('what', { type: LeadTimelineKind, description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was.' }),
    interaction: t.field({
      type: Interaction,
      nullable: true,
      description:
        'Of INTERACTION: itself; of QUALIFIED: the one that made it a good lead, null without the scope of its channel (a call: CALLS_READ). Else null.',
      resolve: ({ thingId, kind }, _args, context) =>
        kind === null ? null : readAsChannel({ id: thingId, kind }, context),
    }),
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description: `Of VISIT: the visit; ${SESSION_SCOPE}`,
      resolve: ({ thingId, what }) => (what === 'VISIT' ? thingId : null),
    }),
    source: t.field({
      type: Source,
      nullable: true,
      description: 'Of VISIT: where they came from then.',
      resolve: ({ sourceId }) => sourceId,
    }),
    note: t.field({
      type: LeadNote,
      nullable: true,
      description: 'Of NOTE: the note.',
      resolve: ({ thingId, what }) => (what === 'NOTE' ? thingId : null),
    }),
  }),
});

const LeadTimelineConnection = defineConnection(LeadTimelineEntry, 'LeadTimelineEntry', {
  total: false,
});

builder.objectField(Lead, 'timeline', (t) =>
  t.field({
    type: LeadTimelineConnection,
    description:
      'All that happened with this person, newest first: visits, interactions of channels that the viewer may read, notes, and when they became a lead and a good one.',
    args: pageArgs(t),
    resolve: ({ id }, page, { platform, viewer }) =>
      readPage(page, {
        rows: (want) => readTimeline(platform, viewer, id, want),
        count: async () => 0,
        sortValue: ({ at }) => at.toISOString(),
      }),
  }),
);
