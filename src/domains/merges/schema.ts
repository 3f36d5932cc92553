// The mutations that merge and split leads.
import { Lead } from '#domains/leads/index.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { mergeLeads } from './merge-leads.ts';
import { splitLead } from './split-lead.ts';

defineMutation('mergeLeads', {
  description:
    'Makes leads that turned out to be one person one: what they are known by, their interactions, touchpoints and scores, and what reaches them from now on. Its name is its own, or that of the first of them that has one. Repeated, it changes nothing; splitLead takes it back.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'The lead that stays.' }),
    mergedLeadIds: t.idList({
      required: true,
      description: 'The leads of the same company that become part of it; 1 to 20.',
    }),
    ...expectedVersion(t),
  }),
  run: ({ leadId, mergedLeadIds, ...input }, { platform, viewer }) =>
    mergeLeads(platform, viewer, {
      ...input,
      leadId: readId(leadId, 'Lead', 'leadId'),
      mergedLeadIds: readIds(mergedLeadIds, 'Lead', 'mergedLeadIds') ?? [],
    }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead that stays, as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('splitLead', {
  description:
    'Takes a merge back: the lead is one of its own again, with all that it had, what was merged into it before, and what came to it since.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'The lead that was merged into another.' }),
  }),
  run: ({ leadId }, { platform, viewer }) =>
    splitLead(platform, viewer, { leadId: readId(leadId, 'Lead', 'leadId') }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead that is one of its own again.',
      resolve: ({ id }) => id,
    }),
    splitFrom: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead that it was part of.',
      resolve: ({ fromId }) => fromId,
    }),
  }),
});
