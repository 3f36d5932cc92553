// The node of this domain and the words of the lead status, which interactions share.
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { findLeads } from '../read-leads.ts';

export const Lead = defineNode('Lead', (ids, { platform, viewer }) =>
  findLeads(platform, viewer, ids),
);

export const LeadStatus = builder.enumType('LeadStatus', {
  description: 'How an interaction, or the lead behind it, was scored.',
  values: {
    GOOD_LEAD: { description: 'A good lead.' },
    NOT_A_LEAD: { description: 'Not a lead: a wrong number, a supplier, spam.' },
    PREVIOUSLY_MARKED_GOOD_LEAD: {
      description:
        'A later interaction of a lead whose good one came before. Leads themselves never read so.',
    },
    NOT_SCORED: { description: 'Not scored yet.' },
  } as const,
});
