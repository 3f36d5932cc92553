// The review of an insight, of a call or of a lead.
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { updateInsight } from '../insights/update-insight.ts';
import { updateLeadInsight } from '../lead-insights/update-lead-insight.ts';
import { Insight } from './insight.ts';
import { ConversionSignal, InsightRating, LeadScore } from './insight-item.ts';
import { LeadInsight } from './lead-insight.ts';

defineMutation('updateInsight', {
  description:
    'Reviews an insight of a call or of a lead: rates it, corrects it, hides it or shows it again. Automation rules that are judged later go by those of calls as corrected. When words of the call are corrected, or more of them is hidden, insights are drawn anew: a corrected score and removed signals stand whatever is drawn, one that still says the same stays hidden and rated, and better words go, since they may hold what is to be hidden. So it is when `drawLeadInsights` draws those of a lead, but that one that tells nothing new stays hidden and rated, that a removed signal comes back with another conversation that shows it, and that better words also go with anything that they rest on. An insight of a call that another one was drawn in place of is refused with WRONG_STATE.',
  input: (t) => ({
    insightId: t.id({ required: true, description: 'The Insight, or the LeadInsight.' }),
    text: t.string({ description: 'Better words, 1 to 5,000 characters; its quotes stay.' }),
    subject: t.string({ description: 'Of a FOLLOW_UP_EMAIL: a better one, 1 to 200 characters.' }),
    leadScore: t.field({
      type: LeadScore,
      description: 'Of a LEAD_SCORE: how promising they are; what was drawn stays known.',
    }),
    removedSignals: t.field({
      type: [ConversionSignal],
      description:
        'Of SIGNALS: all those that are wrong, in place of what was removed before; [] takes all back. Its text stays: correct it, too.',
    }),
    hidden: t.boolean({ description: 'true leaves it out of Call.insights or Lead.insights.' }),
    rating: t.field({ type: InsightRating, description: 'What you think of it; null = nothing.' }),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const isOfLead = decodeGlobalId(input.insightId)?.typename === 'LeadInsight';
    const patch = {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Parameters<typeof updateInsight>[2]),
      insightId: readId(input.insightId, isOfLead ? 'LeadInsight' : 'Insight', 'insightId'),
    };
    const id = await (isOfLead ? updateLeadInsight : updateInsight)(platform, viewer, patch);
    return { id, isOfLead };
  },
  payload: (t) => ({
    insight: t.field({
      type: Insight,
      nullable: true,
      description: 'That of a call as it is now; null for one of a lead.',
      resolve: ({ id, isOfLead }) => (isOfLead ? null : id),
    }),
    leadInsight: t.field({
      type: LeadInsight,
      nullable: true,
      description: 'That of a lead as it is now; null for one of a call.',
      resolve: ({ id, isOfLead }) => (isOfLead ? id : null),
    }),
  }),
});
