// Insight, Call.insights, and the events that tell of them.
import { Actor, may } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { Call, tellCondition } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { RULES_ENGINE } from '#platform/ai/index.ts';
import { callsWithScores, callsWithSignals } from '../calls-that-came-to.ts';
import type { insightFailed, insightReady } from '../events.ts';
import { nextStepAfter } from '../insights/next-step.ts';
import {
  findInsights,
  type InsightRow,
  insightsOfCalls,
  insightsOfTranscript,
} from '../insights/read-insights.ts';
import {
  ConversionSignal,
  InsightItem,
  InsightKind,
  InsightRating,
  LeadScore,
  NOTICES,
  type Quoted,
} from './insight-item.ts';

export const Insight = defineNode<InsightRow>('Insight', (ids, { platform, viewer }) =>
  findInsights(platform, viewer, ids),
);
Insight.implement({
  description:
    'Something drawn from a transcript by a machine. Every item has its quote, so that it can be checked.',
  fields: (t) => ({
    kind: t.expose('kind', { type: InsightKind, description: 'What it tells.' }),
    text: t.exposeString('text', { description: 'The whole in words.' }),
    items: t.field({
      type: [InsightItem],
      description: 'What it stands on.',
      resolve: ({ items, segments, removedSignals }) =>
        items.flatMap((item): Quoted[] => {
          if (item.signal && removedSignals.includes(item.signal)) return [];
          const segment = segments.find(({ n }) => n === item.n);
          return segment ? [{ ...item, segment }] : [];
        }),
    }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'Of a FOLLOW_UP_EMAIL: what the draft is headed with; else null.',
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
      description: 'Of a LEAD_SCORE that a person has corrected: what was drawn; else null.',
    }),
    removedSignals: t.expose('removedSignals', {
      type: [ConversionSignal],
      description:
        'Of SIGNALS: those that a person has found wrong. They are left out of `items`, and neither automation rules nor the list of calls go by them.',
    }),
    correctedBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who last corrected the score or the signals; null = they are as drawn.',
      resolve: (row) => row.correctedBy,
    }),
    model: t.exposeString('model', { description: 'The method or model, with its version.' }),
    engine: t.exposeString('engine', {
      description:
        'What drew it: `extractive` chooses sentences and counts words, on this server; `openai`, `anthropic` and `ollama` are language models, see `assistModel`.',
    }),
    promptVersion: t.exposeString('promptVersion', {
      description: 'Which wording of the question, or of the rules, it was drawn by.',
    }),
    dropped: t.exposeInt('dropped', {
      description:
        'How many items of the whole reading were left out, since no words of the talk showed them.',
    }),
    generatedAt: t.expose('generatedAt', { type: 'DateTime', description: 'When it was drawn.' }),
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
    edited: t.exposeBoolean('edited', { description: 'Whether a person changed its words.' }),
    hidden: t.exposeBoolean('hidden', {
      description: 'Hidden ones are left out of Call.insights; `node` still reads them.',
    }),
    notice: t.string({
      description: 'What to tell whoever reads it.',
      resolve: ({ engine }) => (engine === RULES_ENGINE ? NOTICES.rules : NOTICES.model),
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

builder.objectField(Call, 'insights', (t) =>
  t.loadableList({
    type: Insight,
    nullable: true,
    description:
      'What was drawn from its transcript; empty when nothing was (INSIGHT_FAILED tells why), null without the scope TRANSCRIPTS_READ.',
    load: async (callIds: string[], { platform, viewer }: Context) => {
      // who sees a call sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return callIds.map(() => null);
      const rows = await insightsOfCalls(platform.db, viewer.accountId, callIds);
      const byCall = Map.groupBy(rows, (row) => row.callId);
      return callIds.map((id) => byCall.get(id) ?? []);
    },
    resolve: (call) => call.id,
  }),
);

tellCondition('signals', {
  field: (t) =>
    t.field({
      type: [ConversionSignal],
      description:
        'Calls that came to that, as the SIGNALS among their `insights` tell. Takes the scope TRANSCRIPTS_READ.',
    }),
  part: callsWithSignals,
});
tellCondition('leadScores', {
  field: (t) =>
    t.field({
      type: [LeadScore],
      description:
        'Calls whose lead is as promising as that, as the LEAD_SCORE among their `insights` tells, which only a language model draws. Takes the scope TRANSCRIPTS_READ.',
    }),
  part: callsWithScores,
});

type Ready = ReturnType<(typeof insightReady)['payload']['parse']>;
type Failed = ReturnType<(typeof insightFailed)['payload']['parse']>;

implementEvent({
  typename: 'InsightEvent',
  types: ['insight.ready', 'insight.failed'],
  description: 'Insights were drawn from a transcript, or none can be.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ payload }) => (payload as Ready).callId,
    }),
    insights: t.field({
      type: [Insight],
      description: 'What was drawn; empty on INSIGHT_FAILED.',
      resolve: ({ payload }, _args, { platform, viewer }) =>
        (payload as Partial<Failed>).reason === undefined
          ? insightsOfTranscript(platform.db, viewer, (payload as Ready).transcriptId)
          : [],
    }),
    reason: t.string({
      nullable: true,
      description:
        'On INSIGHT_FAILED: TRANSCRIPT_EMPTY, TRANSCRIPT_TOO_SHORT, LANGUAGE_UNSUPPORTED, NO_EVIDENCE, REVIEWED_MEANWHILE (somebody asked, without `replaceReviewed`, and people worked on what stood there before it was read) or INTERNAL_ERROR; of a language model, after which the rules of this server are tried unless somebody asked (`drawCallInsights`) and insights are there, also MODEL_ANSWER_INVALID, MODEL_REFUSED, MODEL_UNAVAILABLE or BUDGET_EXHAUSTED.',
      resolve: ({ payload }) => (payload as Partial<Failed>).reason ?? null,
    }),
    nextStep: t.string({
      nullable: true,
      description:
        'On INSIGHT_FAILED: what can be done about it, for people to read: wait, have the key checked or the month’s tokens raised, and then `drawCallInsights`.',
      resolve: ({ payload }) => {
        const { reason } = payload as Partial<Failed>;
        return reason === undefined ? null : nextStepAfter(reason);
      },
    }),
  }),
});
