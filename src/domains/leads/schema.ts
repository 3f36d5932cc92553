// The leads' part of the schema, imported for its effect on the builder.
import { implementEvent } from '#domains/activity/index.ts';
import './schema/lead.ts';
import './schema/merged.ts';
import './schema/note.ts';
import './schema/field.ts';
import { Lead } from './schema/refs.ts';

export { LeadNote } from './schema/note.ts';
export { Lead, LeadStatus } from './schema/refs.ts';

implementEvent({
  typename: 'LeadEvent',
  types: ['lead.created', 'lead.updated', 'lead.qualified', 'lead.merged'],
  description: 'A lead came to be, changed, became a good one, or took in another.',
  fields: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead as it is now; null when this viewer may not see it.',
      resolve: ({ payload }) => payload.leadId as string,
    }),
    mergedLead: t.field({
      type: Lead,
      nullable: true,
      description: 'Of LEAD_MERGED: the lead that was merged into this one.',
      resolve: ({ payload }) => (payload.mergedLeadId as string | undefined) ?? null,
    }),
    changes: t.stringList({
      description:
        'What LEAD_UPDATED changed: name, phoneNumbers, emails, status, value, qualifiedBy, assignee, tags, notes, customFields; mergedFrom when a lead was split off, mergedInto when it was merged into another or split off again (read it anew then: all of it may have changed). Empty for other types.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? [],
    }),
  }),
});
