// Of an answer that is not in the form throughout, what is in it counts: one wrong word costs its own item.
import { describe, expect, it } from 'vitest';
import { acceptNotes, acceptReading } from '#platform/ai/accept-answer.ts';
import { findingsOf } from '#platform/ai/reading-shape.ts';

const shown = { n: 1, quote: 'I have a leak' };
const GOOD = {
  summary: [{ text: 'A leak.', ...shown }],
  sentiment: [{ speaker: 'CALLER', score: 0.6, ...shown }],
  signals: [{ signal: 'APPOINTMENT_BOOKED', ...shown }],
  leadScore: { score: 'GOOD', reasons: [{ text: 'They booked.', ...shown }] },
  tasks: [{ text: 'Call.', owner: 'BUSINESS', due: null, ...shown }],
  coaching: [{ criterion: 'GREETING', met: 1, text: 'Good.', ...shown }],
  followUpEmail: { subject: 'Your call', sentences: [{ text: 'We come.', ...shown }] },
};
const RUBRIC = [{ key: 'GREETING', question: 'Did they greet?' }];

/** How many findings of each kind can be read, and how many can not. */
const counted = (answer: unknown, rubric = RUBRIC) => {
  const reading = acceptReading(answer);
  if (!reading) return null;
  const counts = findingsOf(reading, { rubric }).map(({ kind, findings }) => {
    const unread = findings.filter(({ n }) => n < 0).length;
    return [kind, [findings.length - unread, unread]] as const;
  });
  return Object.fromEntries(counts);
};
const ALL = counted(GOOD);

describe('a reading', () => {
  it('in the form is taken as it is', () => {
    expect(acceptReading(GOOD)).toMatchObject(GOOD);
    expect(Object.values(ALL ?? {})).toEqual(Array.from({ length: 7 }, () => [1, 0]));
  });

  it.each([
    ['SIGNALS', { signals: [...GOOD.signals, { signal: 'BOOKED', ...shown }] }],
    ['SUMMARY', { summary: [...GOOD.summary, { text: 'No quote.', n: 1 }] }],
    ['SUMMARY', { summary: [...GOOD.summary, 'A leak.'] }],
    [
      'SENTIMENT',
      { sentiment: [...GOOD.sentiment, { ...GOOD.sentiment[0], speaker: 'Customer' }] },
    ],
    ['ACTION_PLAN', { tasks: [...GOOD.tasks, { ...GOOD.tasks[0], owner: 'Anna' }] }],
    ['COACHING', { coaching: [...GOOD.coaching, { ...GOOD.coaching[0], met: 'fully' }] }],
    ['ACTION_PLAN', { tasks: [...GOOD.tasks, { ...GOOD.tasks[0], n: 'one' }] }],
  ])('loses of %s what is none, counted, and nothing else: %j', (kind, more) => {
    expect(counted({ ...GOOD, ...more })).toEqual({ ...ALL, [kind]: [1, 1] });
  });

  it.each([
    ['LEAD_SCORE', { leadScore: { ...GOOD.leadScore, score: 'HIGH' } }],
    ['FOLLOW_UP_EMAIL', { followUpEmail: 'Dear customer' }],
    ['SUMMARY', { summary: 'A leak.' }],
  ])('loses the only one of %s, counted: %j', (kind, more) => {
    expect(counted({ ...GOOD, ...more })).toEqual({ ...ALL, [kind]: [0, 1] });
  });

  it.each([
    ['a number of a turn in words', { summary: [{ ...GOOD.summary[0], n: '1' }] }],
    ['one in its brackets', { summary: [{ ...GOOD.summary[0], n: '<1>' }] }],
    ['other capitals', { sentiment: [{ ...GOOD.sentiment[0], speaker: 'caller' }] }],
    ['a score in words', { sentiment: [{ ...GOOD.sentiment[0], score: '0.6' }] }],
    ['a space', { leadScore: { ...GOOD.leadScore, score: 'good ' } }],
    ['a task without a day', { tasks: [{ ...GOOD.tasks[0], due: undefined }] }],
    ['a mail without a subject', { followUpEmail: { sentences: GOOD.followUpEmail.sentences } }],
    ['one item alone', { summary: GOOD.summary[0] }],
  ])('with %s is whole', (_what, more) => {
    expect(counted({ ...GOOD, ...more })).toEqual(ALL);
  });

  it('whose lists are missing has none of them', () => {
    expect(counted({ summary: GOOD.summary })).toEqual({ SUMMARY: [1, 0] });
    expect(counted({ ...GOOD, coaching: undefined, signals: null })).toEqual(
      Object.fromEntries(
        Object.entries(ALL ?? {}).filter(([kind]) => !/COACHING|SIGNALS/.test(kind)),
      ),
    );
  });

  it('that was asked for no coaching has nothing wrong in it', () => {
    expect(counted({ ...GOOD, coaching: ['good'] }, [])?.COACHING).toBeUndefined();
  });

  it.each([[null], ['Sure!'], [[]], [{}], [{ moods: 'glad' }]])('is not in %j', (answer) => {
    expect(acceptReading(answer)).toBeNull();
  });
});

it('notes are taken one by one, and are none where there is no list of them', () => {
  expect(acceptNotes({ notes: [shown, { n: '<2>', quote: 'a' }, { n: 3 }, 'x'] })).toEqual({
    items: [shown, { n: 2, quote: 'a' }],
    unread: 2,
  });
  expect(acceptNotes({ passages: [] })).toBeNull();
  expect(acceptNotes([])).toBeNull();
});
