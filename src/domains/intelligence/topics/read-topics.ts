// What the calls of some days were about, how that changed, and what was said: counted over the terms of their transcripts.
import { authorize } from '#domains/accounts/index.ts';
import {
  daysBefore,
  type Interval,
  lengthInDays,
  momentsOf,
  type ReportWish,
  readScope,
} from '#domains/reports/index.ts';
import { startOfWord } from '#domains/transcripts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { quoteOf } from '../keywords/read-hits.ts';
import { type JoinedTopic, joinTerms, type Trend, trendOf } from './join-terms.ts';
import { type Looked, readCounted, readLooked, readSaid, type SaidRow } from './read-counted.ts';
import { isSaidAt } from './terms.ts';

export const MOST_TOPIC_DAYS = 366;
export const MOST_POINTS = 60;
export const MOST_TOPICS = 50;
export const MOST_QUOTES = 3;
const MOST_SHOWN_TERMS = 10;

/** Words that show a topic, as they stand in a transcript. */
export interface TopicQuote {
  callId: string;
  segment: SaidRow['segment'];
  quote: string;
  /** ms from the recording's begin */
  startMs: number;
}

/** What some calls were about. */
export interface Topic {
  label: string;
  terms: string[];
  calls: number;
  /** of the calls that were looked at, 0 to 1 */
  share: number;
  callsBefore: number;
  shareBefore: number;
  trend: Trend;
  points: { start: Date; calls: number }[];
  quotes: TopicQuote[];
}

/** The topics of some days. */
export interface TopicReport {
  /** how many calls were looked at, on these days and on as many days before */
  calls: number;
  callsBefore: number;
  /** there are more than were looked at, on these days or before */
  isSampled: boolean;
  /** the most telling first */
  topics: Topic[];
}

/**
 * What calls that began on some days were about.
 * @param wish.first topics at most, 1 to 50
 * @throws Forbidden; Refused INVALID_INPUT for days that cannot be reported on, more than 366 of them or more than 60 intervals
 */
export async function readTopics(
  { db }: { db: Db },
  viewer: Viewer,
  wish: ReportWish & { interval: Interval; first: number },
): Promise<TopicReport> {
  authorize(viewer, 'transcripts.read');
  const { first, interval } = wish;
  if (first < 1 || first > MOST_TOPICS) {
    throw invalidInput('first', `first takes 1 to ${MOST_TOPICS}, not ${first}.`);
  }
  const { accountId, companyIds, days } = await readScope(db, viewer, wish);
  const length = lengthInDays(days);
  if (length > MOST_TOPIC_DAYS) {
    const message = `Topics are told of at most ${MOST_TOPIC_DAYS} days, not ${length}. Ask in parts.`;
    throw invalidInput(['range', 'to'], message);
  }
  const moments = momentsOf(days, interval);
  if (moments.length - 1 > MOST_POINTS) {
    const message = `interval cuts the range into ${moments.length - 1} parts; topics are told of ${MOST_POINTS}. Take a longer one.`;
    throw invalidInput('interval', message);
  }
  const look = (between: readonly number[]) =>
    readLooked(db, accountId, {
      companyIds,
      from: new Date(between[0] ?? 0),
      before: new Date(between.at(-1) ?? 0),
    });
  const [now, before] = await Promise.all([
    look(moments),
    look(momentsOf(daysBefore(days), 'ALL')),
  ]);
  const counted = await readCounted(db, accountId, now, null);
  const joined = joinTerms(counted, now.calls.length).slice(0, first);
  const named = joined.flatMap(({ terms }) => terms.map(({ term }) => term));
  const earlier = await readCounted(db, accountId, before, named);
  const callsOf = new Map(earlier.map(({ term, calls }) => [term, calls]));
  const quotes = await readQuotes(db, accountId, now, joined);
  const topics = joined.map((topic, at): Topic => {
    const past = new Set(topic.terms.flatMap(({ term }) => callsOf.get(term) ?? []));
    const share = { count: topic.calls.size, calls: now.calls.length };
    const shareBefore = { count: past.size, calls: before.calls.length };
    return {
      label: topic.label.phrase,
      terms: topic.terms.slice(0, MOST_SHOWN_TERMS).map(({ phrase }) => phrase),
      calls: share.count,
      share: shareOf(share),
      callsBefore: shareBefore.count,
      shareBefore: shareOf(shareBefore),
      trend: trendOf(share, shareBefore),
      points: pointsOf(topic, now, moments),
      quotes: quotes[at] ?? [],
    };
  });
  const isSampled = [now, before].some(({ found, transcripts }) => found > transcripts.length);
  return { calls: now.calls.length, callsBefore: before.calls.length, isSampled, topics };
}

function shareOf({ count, calls }: { count: number; calls: number }): number {
  return calls === 0 ? 0 : count / calls;
}

function pointsOf(topic: JoinedTopic, { calls }: Looked, moments: readonly number[]) {
  const starts = [...topic.calls].map((call) => calls[call]?.startedAt.getTime() ?? 0);
  return moments.slice(0, -1).map((start, at) => {
    const end = moments[at + 1] ?? start;
    return {
      start: new Date(start),
      calls: starts.filter((moment) => moment >= start && moment < end).length,
    };
  });
}

/** Of each topic the newest calls that said what names it, and their words, as far as these still stand. */
async function readQuotes(
  db: Db,
  accountId: string,
  { calls, transcripts }: Looked,
  topics: readonly JoinedTopic[],
): Promise<TopicQuote[][]> {
  const transcriptsOf = Map.groupBy(transcripts, ({ call }) => call);
  const wanted = topics.map(({ label: { term, calls: own } }) =>
    own
      .toSorted((a, b) => startOf(calls, b) - startOf(calls, a) || b - a)
      .slice(0, MOST_QUOTES)
      .map((call) => ({ call, term })),
  );
  const places = wanted
    .flat()
    .flatMap(({ call, term }) =>
      (transcriptsOf.get(call) ?? []).map(({ transcriptId }) => ({ transcriptId, term })),
    );
  const said = Map.groupBy(
    (await readSaid(db, accountId, places)).filter((row) => isSaidAt(row.segment.text, row)),
    ({ transcriptId, term }) => `${transcriptId} ${term}`,
  );
  return wanted.map((of) =>
    of.flatMap(({ call, term }): TopicQuote[] => {
      const row = (transcriptsOf.get(call) ?? [])
        .flatMap(({ transcriptId }) => said.get(`${transcriptId} ${term}`) ?? [])
        .at(0);
      const callId = calls[call]?.callId;
      if (!row || !callId) return [];
      const { segment, wordIndex } = row;
      return [{ callId, segment, quote: quoteOf(row), startMs: startOfWord(segment, wordIndex) }];
    }),
  );
}

function startOf(calls: Looked['calls'], call: number): number {
  return calls[call]?.startedAt.getTime() ?? 0;
}
