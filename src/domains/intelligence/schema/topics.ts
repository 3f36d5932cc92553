// topics: what the calls of some days were about, and how that changed.
import { Call } from '#domains/calls/index.ts';
import { ReportInterval, ReportRange } from '#domains/reports/index.ts';
import { Segment } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import type { Trend } from '../topics/join-terms.ts';
import { MOST_READ } from '../topics/read-counted.ts';
import {
  MOST_POINTS,
  MOST_QUOTES,
  MOST_TOPIC_DAYS,
  MOST_TOPICS,
  readTopics,
  type TopicQuote as TopicQuoteRow,
  type TopicReport as TopicReportRow,
  type Topic as TopicRow,
} from '../topics/read-topics.ts';
import { MOST_PAIRS, MOST_WORDS } from '../topics/terms.ts';

/** All readings of the days are drawn from, and those of as many days before: the objects of an answer do not tell of that. */
const POINTS_OF_TOPICS = 50;

const TopicTrend = builder.enumType('TopicTrend', {
  description:
    'Whether a topic’s share of the calls differs from that of as many days before: by the logarithm of its odds, with the share over both periods as a prior that weighs as ten calls, and 1.96 standard deviations as the bound.',
  values: {
    RISING: { description: 'It is larger than chance explains.' },
    FALLING: { description: 'It is smaller than chance explains.' },
    STEADY: { description: 'No difference that chance does not explain, or no calls before.' },
  } as const satisfies Record<Trend, object>,
});

const TopicQuote = builder.objectRef<TopicQuoteRow>('TopicQuote').implement({
  description: 'Words that show a topic, as they stand in a transcript.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call on which they were said; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ callId }) => callId,
    }),
    segment: t.field({
      type: Segment,
      description: 'The segment in which they were said.',
      resolve: ({ segment }) => segment,
    }),
    quote: t.exposeString('quote', {
      description:
        'The label as it was said there, and at most 8 words on each side, exactly as the segment has them.',
    }),
    startMs: t.exposeInt('startMs', {
      description: 'When it was said, in ms from the recording’s begin; see wordTimesEstimated.',
    }),
  }),
});

const TopicPoint = builder.objectRef<TopicRow['points'][number]>('TopicPoint').implement({
  description: 'A topic in one interval of the range.',
  fields: (t) => ({
    start: t.expose('start', { type: 'DateTime', description: 'When the interval begins.' }),
    calls: t.exposeInt('calls', { description: 'How many calls that began in it said it.' }),
  }),
});

const Topic = builder.objectRef<TopicRow>('Topic').implement({
  description: 'What several calls were about.',
  fields: (t) => ({
    label: t.exposeString('label', {
      description: 'Its most telling words, as they are mostly said.',
    }),
    terms: t.exposeStringList('terms', {
      description:
        'The words that it is counted by, at most ten: the most telling, and those that nearly always come with it in the same calls.',
    }),
    calls: t.exposeInt('calls', { description: 'How many calls said any of them.' }),
    share: t.exposeFloat('share', { description: 'Of all calls that were looked at, 0 to 1.' }),
    callsBefore: t.exposeInt('callsBefore', {
      description: 'How many did on as many days just before.',
    }),
    shareBefore: t.exposeFloat('shareBefore', {
      description: 'Of all calls that were looked at of those days, 0 to 1; 0 without any.',
    }),
    trend: t.expose('trend', { type: TopicTrend, description: 'How the two shares differ.' }),
    points: t.field({
      type: [TopicPoint],
      description: 'Each interval of the range, also those without calls.',
      extensions: { listSize: 20 },
      resolve: ({ points }) => points,
    }),
    quotes: t.field({
      type: [TopicQuote],
      description: `Examples: of the newest calls that said the label, at most ${MOST_QUOTES}.`,
      extensions: { listSize: MOST_QUOTES },
      resolve: ({ quotes }) => quotes,
    }),
  }),
});

const TopicReport = builder.objectRef<TopicReportRow>('TopicReport').implement({
  description: 'What the calls of some days were about.',
  fields: (t) => ({
    calls: t.exposeInt('calls', { description: 'How many calls were looked at.' }),
    callsBefore: t.exposeInt('callsBefore', {
      description: 'How many were looked at of as many days just before.',
    }),
    isSampled: t.exposeBoolean('isSampled', {
      description: `True when there are more than ${MOST_READ} transcripts, now or before: that many were then looked at, drawn evenly and the same ones each time, and all figures are of those.`,
    }),
    topics: t.field({
      type: [Topic],
      description: 'The most telling first.',
      extensions: { listSize: 20 },
      resolve: ({ topics }) => topics,
    }),
  }),
});

builder.queryField('topics', (t) =>
  t.field({
    type: TopicReport,
    description: `What callers spoke of on calls that began on some days, counted by words and pairs of words, without a language model: the same calls have the same topics. Of each transcript in English at most ${MOST_WORDS} words and ${MOST_PAIRS} pairs of its caller count, in any of their forms; labels of redaction, figures, common words and what is written as a name do not. A word is the more telling the nearer its share p of the calls brings −p ln p to its greatest: what every call says tells nothing, and what one call alone says is no topic. Needs the scope TRANSCRIPTS_READ. Costs ${POINTS_OF_TOPICS} points beside its rows.`,
    extensions: { points: POINTS_OF_TOPICS },
    args: {
      range: t.arg({
        type: ReportRange,
        required: true,
        description: `Which days, here at most ${MOST_TOPIC_DAYS}.`,
      }),
      interval: t.arg({
        type: ReportInterval,
        required: true,
        description: `How they are cut, into at most ${MOST_POINTS}.`,
      }),
      companyIds: t.arg.idList({ description: 'Calls of these companies; left out: of all.' }),
      first: t.arg.int({
        description: `How many topics at most: 1 to ${MOST_TOPICS}, 10 when left out.`,
      }),
    },
    resolve: (_root, { range, interval, companyIds, first }, { platform, viewer }) =>
      readTopics(platform, viewer, {
        ...{ range, interval, first: first ?? 10 },
        companyIds: readIds(companyIds, 'Company', 'companyIds'),
      }),
  }),
);
