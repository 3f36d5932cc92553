// LeadInsightItem: one thing that a lead's history tells, and the way to where it was said or written.
import { Call } from '#domains/calls/index.ts';
import { ChatConversation } from '#domains/chats/index.ts';
import { FormSubmission } from '#domains/forms/index.ts';
import { Conversation } from '#domains/messages/index.ts';
import { Speaker, segmentId } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { StoredItem } from '../insights/store-insights.ts';
import { placesOfClaims } from '../lead-insights/places-of-claims.ts';
import type { LeadClaimRow } from '../lead-insights/read-lead-insights.ts';
import { ConversionSignal, TaskOwner } from './insight-item.ts';

/** What is kept of an item beside its words. */
export const detailOf = ({ detail }: LeadClaimRow) => detail as Partial<StoredItem>;

export const LeadInsightItem = builder.objectRef<LeadClaimRow>('LeadInsightItem').implement({
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
    conversation: t.field({
      type: Conversation,
      nullable: true,
      description:
        'The texts among which they stand; null when they were no texts, or without the scope MESSAGES_READ.',
      resolve: ({ interaction, interactionId }) =>
        interaction.kind === 'CONVERSATION' ? interactionId : null,
    }),
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description:
        'The chat in which they stand; null when they were written in none, or without the scope CHATS_READ.',
      resolve: ({ interaction, interactionId }) =>
        interaction.kind === 'CHAT' ? interactionId : null,
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
    startMs: t.loadable({
      type: 'Int',
      nullable: true,
      description:
        'When they were said, in ms from the recording’s begin, as of an InsightItem; null when written, and once an edit has put other words there.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const places = await placesOfClaims(platform.db, viewer.accountId, ids);
        return ids.map((id) => places.get(id)?.startMs ?? null);
      },
      resolve: ({ id, transcriptId }) => (transcriptId === null ? null : id),
    }),
    speaker: t.loadable({
      type: Speaker,
      nullable: true,
      description:
        'Who said or wrote them, CALLER being the lead; null when they were written, and drawn before that was noted.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const places = await placesOfClaims(platform.db, viewer.accountId, ids);
        return ids.map((id) => places.get(id)?.speaker ?? null);
      },
      resolve: ({ id }) => id,
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
