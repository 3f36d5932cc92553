// Lead.insights, and the wish to have them drawn.
import { may } from '#domains/accounts/index.ts';
import { Call } from '#domains/calls/index.ts';
import { FormSubmission } from '#domains/forms/index.ts';
import { Lead } from '#domains/leads/index.ts';
import { segmentId } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { RULES_ENGINE } from '#platform/ai/index.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import {
  insightsOfLeads,
  type LeadClaimRow,
  type LeadInsightRow,
} from '../lead-insights/read-lead-insights.ts';
import { requestLeadInsights } from '../lead-insights/request-lead-insights.ts';
import { ConversionSignal, InsightKind, LeadScore, NOTICES, TaskOwner } from './insight-item.ts';

const detailOf = ({ detail }: LeadClaimRow) => detail as Partial<StoredItem>;

const LeadInsightItem = builder.objectRef<LeadClaimRow>('LeadInsightItem').implement({
  description: 'One thing that the history of a lead tells, with the words that show it.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What it is.' }),
    quote: t.exposeString('quote', {
      description: 'The words that show it, as they were said or written.',
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description:
        'When the call, conversation or chat began in which they stand, or the form was sent.',
      resolve: ({ interaction }) => interaction.occurredAt,
    }),
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call on which they were said; null when they were written, or without the scope CALLS_READ.',
      resolve: ({ interaction, interactionId }) =>
        interaction.kind === 'CALL' ? interactionId : null,
    }),
    formSubmission: t.field({
      type: FormSubmission,
      nullable: true,
      description: 'The form in which they were written, else null.',
      resolve: ({ interaction, interactionId }) =>
        interaction.kind === 'FORM' ? interactionId : null,
    }),
    segmentId: t.id({
      nullable: true,
      description: 'The id of the TranscriptSegment in which they stand; null when written.',
      resolve: ({ transcriptId, n }) =>
        transcriptId === null || n === null ? null : segmentId({ transcriptId, n }),
    }),
    score: t.exposeFloat('score', {
      nullable: true,
      description: 'For a mood: -1 (bad) to 1 (good); else null.',
    }),
    signal: t.field({
      type: ConversionSignal,
      nullable: true,
      description: 'Of SIGNALS: which; else null.',
      resolve: (row) => detailOf(row).signal ?? null,
    }),
    owner: t.field({
      type: TaskOwner,
      nullable: true,
      description: 'Of ACTION_PLAN: who is to do it; else null.',
      resolve: (row) => detailOf(row).owner ?? null,
    }),
    due: t.string({
      nullable: true,
      description: 'Of ACTION_PLAN: until when, in the words that were used; else null.',
      resolve: (row) => detailOf(row).due ?? null,
    }),
  }),
});

const LeadInsight = builder.objectRef<LeadInsightRow>('LeadInsight').implement({
  description: 'Something drawn by a machine from all that a lead and the company told each other.',
  fields: (t) => ({
    kind: t.expose('kind', { type: InsightKind, description: 'What it tells.' }),
    text: t.exposeString('text', { description: 'The whole in words, made of its items.' }),
    leadScore: t.field({
      type: LeadScore,
      nullable: true,
      description: 'Of a LEAD_SCORE: how promising they are; else null.',
      resolve: ({ kind, reading }) => (kind === 'LEAD_SCORE' ? reading.leadScore : null),
    }),
    items: t.field({
      type: [LeadInsightItem],
      description:
        'What it stands on; what was erased since is not among them, nor what you may not read: of forms it takes the scope PERSONAL_READ, too.',
      resolve: ({ claims }) => claims,
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
    notice: t.string({
      description: 'What to tell whoever reads it.',
      resolve: ({ reading }) => NOTICES[reading.engine === RULES_ENGINE ? 'rules' : 'model'],
    }),
  }),
});

builder.objectField(Lead, 'insights', (t) =>
  t.loadableList({
    type: LeadInsight,
    nullable: true,
    description:
      'What `drawLeadInsights` last drew from their calls, texts, chats and forms; null without the scope TRANSCRIPTS_READ.',
    extensions: { listSize: 6 },
    load: async (leadIds: string[], { platform, viewer }: Context) => {
      // who sees a lead sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return leadIds.map(() => null);
      const rows = await insightsOfLeads(platform, viewer, leadIds);
      return leadIds.map((id) => rows.get(id) ?? []);
    },
    resolve: (lead) => lead.id,
  }),
);

defineMutation('drawLeadInsights', {
  description:
    'Has all that a lead and the company told each other read: the newest 50 calls, conversations by text, chats and forms. LEAD_UPDATED with `insights` tells when something new was drawn; a history that did not change is not read again.',
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
  }),
  run: async ({ leadId }, { platform, viewer }) => ({
    id: await requestLeadInsights(platform, viewer, readId(leadId, 'Lead', 'leadId')),
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
