// The leads' part of the schema, imported for its effect on the builder.
import { implementEvent } from '#domains/activity/index.ts';
import './schema/lead.ts';
import { Lead } from './schema/refs.ts';

export { Lead, LeadStatus } from './schema/refs.ts';

implementEvent({
  typename: 'LeadEvent',
  types: ['lead.created', 'lead.updated', 'lead.qualified'],
  description: 'A lead came to be, changed, or became a good one.',
  fields: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead as it is now; null when this viewer may not see it.',
      resolve: ({ payload }) => payload.leadId as string,
    }),
    changes: t.stringList({
      description:
        'What LEAD_UPDATED changed: name, phoneNumbers, emails, status, value, qualifiedBy; empty for other types.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? [],
    }),
  }),
});
