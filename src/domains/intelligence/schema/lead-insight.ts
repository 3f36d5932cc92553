// LeadInsight, Lead.insights, and the wish to have them drawn.
import { Actor, may } from '#domains/accounts/index.ts';
import { Lead } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { RULES_ENGINE } from '#platform/ai/index.ts';
import {
  failuresOfLeads,
  findLeadInsights,
  insightsOfLeads,
  type LeadInsightRow,
} from '../lead-insights/read-lead-insights.ts';
import { requestLeadInsights } from '../lead-insights/request-lead-insights.ts';
import {
  ConversionSignal,
  InsightKind,
  InsightRating,
  LeadScore,
  NOTICES,
} from './insight-item.ts';
import { detailOf, LeadInsightItem } from './lead-insight-item.ts';

export const LeadInsight = defineNode<LeadInsightRow>('LeadInsight', (ids, { platform, viewer }) =>
  findLeadInsights(platform.db.prisma, viewer, ids),
);
LeadInsight.implement({
  description:
    'Something drawn by a machine from all that a lead and the company told each other. It keeps its id when it is drawn anew.',
  fields: (t) => ({
    kind: t.expose('kind', { type: InsightKind, description: 'What it tells.' }),
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead; null without the scope LEADS_READ.',
      resolve: ({ leadId }) => leadId,
    }),
    text: t.exposeString('text', {
      description:
        'The whole in words: made of its items, or as a person worded it better, which takes the right to read all that it rests on.',
    }),
    leadScore: t.expose('leadScore', {
      type: LeadScore,
      nullable: true,
      description:
        'Of a LEAD_SCORE: how promising they are, as a person says who has corrected it; else null.',
    }),
    drawnLeadScore: t.expose('drawnLeadScore', {
      type: LeadScore,
      nullable: true,
      description: 'Of a LEAD_SCORE that a person has corrected: what was drawn last; else null.',
    }),
    removedSignals: t.expose('removedSignals', {
      type: [ConversionSignal],
      description:
        'Of SIGNALS: those that a person has found wrong. They are left out of `items`, until another conversation shows one.',
    }),
    correctedBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who last corrected the score or the signals; null = they are as drawn.',
      resolve: (row) => row.correctedBy,
    }),
    items: t.field({
      type: [LeadInsightItem],
      description:
        'What it stands on; what was erased since is not among them, nor what you may not read: of forms it takes the scope PERSONAL_READ, too.',
      resolve: ({ claims, removedSignals }) =>
        claims.filter((one) => {
          const { signal } = detailOf(one);
          return signal === undefined || !removedSignals.includes(signal);
        }),
    }),
    engine: t.string({
      description: 'What drew it, as of an Insight.',
      resolve: ({ reading }) => reading.engine,
    }),
    model: t.string({
      description: 'The method or model, with its version.',
      resolve: ({ reading }) => reading.model,
    }),
    promptVersion: t.string({
      description: 'Which wording of the question, or of the rules, it was drawn by.',
      resolve: ({ reading }) => reading.promptVersion,
    }),
    dropped: t.int({
      description: 'How many items of the whole reading were left out, since nothing showed them.',
      resolve: ({ reading }) => reading.dropped,
    }),
    generatedAt: t.field({
      type: 'DateTime',
      description: 'When it was drawn.',
      resolve: ({ reading }) => reading.at,
    }),
    reviewedBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who last rated, edited or hid it; null until somebody did.',
      resolve: (row) => row.reviewedBy,
    }),
    reviewedAt: t.expose('reviewedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they last did; null also where that was before it was noted.',
    }),
    rating: t.expose('rating', {
      type: InsightRating,
      nullable: true,
      description: 'What they thought of it.',
    }),
    edited: t.exposeBoolean('edited', { description: 'Whether `text` are words of a person.' }),
    hidden: t.exposeBoolean('hidden', {
      description: 'Hidden ones are left out of Lead.insights; `node` still reads them.',
    }),
    notice: t.string({
      description: 'What to tell whoever reads it.',
      resolve: ({ reading }) => NOTICES[reading.engine === RULES_ENGINE ? 'rules' : 'model'],
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change, and when it is drawn anew.',
    }),
  }),
});

builder.objectField(Lead, 'insights', (t) =>
  t.loadableList({
    type: LeadInsight,
    nullable: true,
    description:
      'What `drawLeadInsights` last drew from their calls, texts, chats and forms, without what is hidden; null without the scope TRANSCRIPTS_READ.',
    extensions: { listSize: 6 },
    load: async (leadIds: string[], { platform, viewer }: Context) => {
      // who sees a lead sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return leadIds.map(() => null);
      const rows = await insightsOfLeads(platform.db.prisma, viewer, leadIds);
      return leadIds.map((id) => rows.get(id) ?? []);
    },
    resolve: (lead) => lead.id,
  }),
);

builder.objectField(Lead, 'insightsFailure', (t) =>
  t.loadable({
    type: 'String',
    nullable: true,
    description:
      'Why the last reading of their history came to nothing, as the `reason` of INSIGHT_FAILED: `insights` are what stood there, or what the rules of this server drew where the language model drew nothing. Histories in which a call’s `numberWordsKnown` is false are read by those rules alone, which read what of them is in English (LANGUAGE_UNSUPPORTED: too little is). Null where that reading drew something, and without the scope TRANSCRIPTS_READ.',
    load: async (leadIds: string[], { platform, viewer }: Context) => {
      if (!may(viewer, 'transcripts.read')) return leadIds.map(() => null);
      const failures = await failuresOfLeads(platform.db.prisma, viewer, leadIds);
      return leadIds.map((id) => failures.get(id) ?? null);
    },
    resolve: (lead) => lead.id,
  }),
);

defineMutation('drawLeadInsights', {
  description:
    'Has all that a lead and the company told each other read: the newest 50 calls, conversations by text, chats and forms. What their plan leaves to do becomes `tasks`. LEAD_UPDATED with `insights` tells when something new was drawn, or that nothing was and why (`insightsFailure`). Histories in which a call’s `numberWordsKnown` is false are read by the rules of this server alone. A history that did not change is not read again, unless the language model gave no answer when it was. LIMIT_REACHED: it may take more tokens than the month has left. What people said of its insights holds as far as `updateInsight` says; where they typed better words, that is refused with WRONG_STATE unless `replaceReviewed` is true; where they do so while it is read, those stand, and `insightsFailure` is REVIEWED_MEANWHILE.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    replaceReviewed: t.boolean({
      description:
        'true = also where people typed better words for one of its insights (`updateInsight`): those go; false when left out.',
    }),
  }),
  run: async ({ leadId, replaceReviewed }, { platform, viewer }) => ({
    id: await requestLeadInsights(platform, viewer, {
      ...{ leadId: readId(leadId, 'Lead', 'leadId'), replaceReviewed },
    }),
  }),
  payload: (t) => ({
    lead: t.field({
      type: Lead,
      nullable: true,
      description: 'The lead, as it is before anything is drawn.',
      resolve: ({ id }) => id,
    }),
  }),
});
