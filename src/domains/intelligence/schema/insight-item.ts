// The words in which an insight is told: its kinds, its items with their quotes, and what items can say besides.
import { Speaker, segmentId, startOfWord } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { InsightRow } from '../insights/read-insights.ts';
import type { StoredItem } from '../insights/store-insights.ts';

export const InsightKind = builder.enumType('InsightKind', {
  description: 'What an insight tells.',
  values: {
    SUMMARY: { description: 'What the talk was about.' },
    SENTIMENT: { description: 'The mood of each speaker: an estimate.' },
    SIGNALS: { description: 'What came of it: an appointment, a sale.' },
    LEAD_SCORE: {
      description: 'How promising the lead is, and why. Only a language model draws it.',
    },
    ACTION_PLAN: { description: 'What is left to do, and for whom.' },
    COACHING: { description: 'How well the business did, by criteria.' },
    FOLLOW_UP_EMAIL: {
      description: 'A draft of a mail to them. Nothing sends it: a person reviews it first.',
    },
  } as const,
});

export const InsightRating = builder.enumType('InsightRating', {
  description: 'What somebody thought of an insight.',
  values: {
    HELPFUL: { description: 'It was right and of use.' },
    UNHELPFUL: { description: 'It was wrong or of no use.' },
  } as const,
});

export const LeadScore = builder.enumType('LeadScore', {
  description: 'How promising a lead is.',
  values: {
    VERY_POOR: { description: 'Nothing to be had: spam, a wrong number.' },
    POOR: { description: 'Unlikely to buy.' },
    FAIR: { description: 'May buy.' },
    GOOD: { description: 'Likely to buy.' },
    VERY_GOOD: { description: 'Bought, booked, or about to.' },
  } as const,
});

export const ConversionSignal = builder.enumType('ConversionSignal', {
  description: 'What came of a talk.',
  values: {
    APPOINTMENT_BOOKED: { description: 'Both sides agreed on an appointment.' },
    APPOINTMENT_REQUESTED: { description: 'The customer asked for one.' },
    APPOINTMENT_MOVED: { description: 'One that was made is at another time now.' },
    APPOINTMENT_DECLINED: { description: 'The customer does not want one, or called it off.' },
    SALE_MADE: { description: 'Something was bought.' },
    SALE_LOST: { description: 'The customer will not buy.' },
  } as const,
});

export const TaskOwner = builder.enumType('TaskOwner', {
  description: 'Who is to do something.',
  values: {
    BUSINESS: { description: 'The company.' },
    CUSTOMER: { description: 'The customer.' },
  } as const,
});

/** What to tell whoever reads it, by what drew it. */
export const NOTICES = {
  rules:
    'Drawn by rules from the transcript, which recognition may have misheard. It may leave out what matters or misjudge a mood: review it before you rely on it.',
  model:
    'Written by a language model from the transcript, which recognition may have misheard. Each item rests on words that were said, but they may not show what it claims: review it before you rely on it.',
};

/** An item with the segment that its quote stands in. */
export type Quoted = StoredItem & { segment: InsightRow['segments'][number] };

export const InsightItem = builder.objectRef<Quoted>('InsightItem').implement({
  description: 'One thing that an insight tells, with the words that show it.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What it is: Why they called, Price ….' }),
    quote: t.string({
      description: 'The words that show it, exactly as they stand in the transcript.',
      resolve: ({ segment, from, length }) => segment.text.slice(from, from + length),
    }),
    segmentId: t.id({
      description: 'The id of the TranscriptSegment in which they stand.',
      resolve: ({ segment }) => segmentId(segment),
    }),
    startMs: t.int({
      description: 'When they were said, in ms from the recording’s begin; see wordTimesEstimated.',
      resolve: ({ segment, from }) =>
        startOfWord(segment, segment.text.slice(0, from).split(/\s+/).filter(Boolean).length),
    }),
    speaker: t.field({
      type: Speaker,
      description: 'Who said them.',
      resolve: ({ segment }) => segment.speaker,
    }),
    score: t.exposeFloat('score', {
      nullable: true,
      description:
        'For a mood: -1 (bad) to 1 (good), neutral within 0.05 of 0. For a criterion of coaching: 0 to 1, how far it was met. Else null.',
    }),
    signal: t.field({
      type: ConversionSignal,
      nullable: true,
      description: 'Of SIGNALS: which; else null.',
      resolve: ({ signal }) => signal ?? null,
    }),
    criterion: t.string({
      nullable: true,
      description:
        'Of COACHING: the key of the criterion, as the rubric of then had it; else null.',
      resolve: ({ criterion }) => criterion ?? null,
    }),
    owner: t.field({
      type: TaskOwner,
      nullable: true,
      description: 'Of ACTION_PLAN: who is to do it; else null.',
      resolve: ({ owner }) => owner ?? null,
    }),
    due: t.string({
      nullable: true,
      description: 'Of ACTION_PLAN: until when, in the words of the talk; null when nobody said.',
      resolve: ({ due }) => due ?? null,
    }),
  }),
});
