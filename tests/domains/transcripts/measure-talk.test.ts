// How two people talked: each measure by an example, and what must hold of every conversation.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureTalk } from '#domains/transcripts/measure-talk.ts';

type Speaker = 'CALLER' | 'AGENT' | 'UNKNOWN';
const words = (count: number) => Array(count).fill('word').join(' ');
const said = (n: number, speaker: Speaker, startMs: number, endMs: number, count = 5) => ({
  ...{ n, speaker, startMs, endMs },
  text: words(count),
});

describe('a conversation', () => {
  it('tells shares, pace, silence and monologues', () => {
    const talk = measureTalk([
      said(0, 'AGENT', 1_000, 4_000, 10),
      said(1, 'CALLER', 5_500, 11_500, 15),
      said(2, 'AGENT', 11_500, 12_500, 2), // a sign of listening: the caller goes on
      said(3, 'CALLER', 12_500, 16_500, 8),
    ]);
    expect(talk).toMatchObject({
      silenceMs: 1_500,
      longestSilence: { startMs: 4_000, endMs: 5_500 },
      bothMs: 0,
    });
    expect(talk?.speakers).toEqual([
      {
        speaker: 'CALLER',
        talkMs: 10_000,
        talkPercent: 71,
        words: 23,
        wordsPerMinute: 138,
        interruptions: 0,
        longestMonologue: { startMs: 5_500, endMs: 16_500 },
      },
      {
        speaker: 'AGENT',
        talkMs: 4_000,
        talkPercent: 29,
        words: 12,
        wordsPerMinute: 180,
        interruptions: 0,
        longestMonologue: { startMs: 1_000, endMs: 4_000 },
      },
    ]);
    expect(talk?.segments.map(({ n, silenceBeforeMs }) => [n, silenceBeforeMs])).toEqual([
      [0, 0],
      [1, 1_500],
      [2, 0],
      [3, 0],
    ]);
  });

  it.each([
    ['a hold ends', 'mhm', 14_001, { startMs: 1_000, endMs: 4_000 }],
    ['a pause that is no longer than it may be does not end', 'mhm', 14_000, null],
    ['a word of the same person in between leaves whole', 'okay', 14_001, null],
  ])('%s a monologue', (_what, between, startMs, longest) => {
    const endMs = startMs + 2_000;
    const talk = measureTalk([
      said(0, 'AGENT', 1_000, 4_000),
      said(1, between === 'okay' ? 'AGENT' : 'CALLER', 8_000, 8_500, 1),
      said(2, 'AGENT', startMs, endMs),
      said(3, 'CALLER', 40_000, 41_000),
    ]);
    expect(talk?.speakers[1].longestMonologue).toEqual(longest ?? { startMs: 1_000, endMs });
  });

  it.each([
    ['in the middle of a sentence', 2_000, 5_000, 5, true],
    ['when the other all but ended', 4_700, 6_000, 5, false],
    ['a moment before that', 4_699, 6_000, 5, true],
    ['to say mhm', 2_000, 2_400, 2, false],
    ['after the other', 5_100, 6_000, 5, false],
    ['together with the other', 1_000, 3_000, 5, false],
  ])('is interrupted by who begins %s: from %i to %i, %i words', (_what, from, to, count, is) => {
    const talk = measureTalk([said(0, 'CALLER', 1_000, 5_000), said(1, 'AGENT', from, to, count)]);
    expect(talk?.speakers.map(({ interruptions }) => interruptions)).toEqual([0, is ? 1 : 0]);
    expect(talk?.segments.find(({ n }) => n === 1)?.interrupts).toBe(is);
  });

  it('is interrupted once by who goes on, and not by who only was cut into segments', () => {
    const interruptions = (segments: ReturnType<typeof said>[]) =>
      measureTalk(segments)?.speakers.map((one) => one.interruptions);
    const agent = [said(0, 'AGENT', 0, 5_000), said(1, 'AGENT', 5_000, 10_000)];
    expect(interruptions([...agent, said(2, 'CALLER', 4_500, 7_000)])).toEqual([1, 0]);
    const pieces = [1_000, 1_900, 2_700].map((at, n) => said(n + 2, 'CALLER', at, at + 500, 1));
    expect(interruptions([...agent, ...pieces])).toEqual([1, 0]);
    const apart = pieces.map((one, n) => ({ ...one, startMs: one.startMs + n * 800 }));
    expect(
      interruptions([...agent, ...apart.map((one) => ({ ...one, endMs: one.startMs + 1 }))]),
    ).toEqual([0, 0]);
  });

  it('of hours is read some times, and not once more for each of its segments', () => {
    const count = 4_000;
    let reads = 0;
    const segments = Array.from({ length: count }, (_, n) => ({
      ...said(n, n % 2 ? 'CALLER' : 'AGENT', 0, n * 3_000 + 2_800),
      get startMs() {
        reads += 1;
        return n * 3_000;
      },
    }));
    expect(measureTalk(segments)?.segments).toHaveLength(count);
    expect(reads).toBeLessThan(100 * count);
  });

  it('of less than a second has no pace', () => {
    const talk = measureTalk([said(0, 'CALLER', 0, 999, 3), said(1, 'AGENT', 2_000, 3_000, 3)]);
    expect(talk?.speakers.map(({ wordsPerMinute }) => wordsPerMinute)).toEqual([null, 180]);
  });

  it.each([
    ['nobody spoke', []],
    ['one spoke', [said(0, 'CALLER', 0, 5_000)]],
    ['nobody knows who', [said(0, 'UNKNOWN', 0, 5_000), said(1, 'UNKNOWN', 6_000, 7_000)]],
  ])('is none where %s', (_what, segments) => {
    expect(measureTalk(segments)).toBeNull();
  });
});

it('every conversation adds up, in whatever order its segments come', () => {
  const segment = fc.record({
    speaker: fc.constantFrom<Speaker>('CALLER', 'AGENT'),
    startMs: fc.nat(60_000),
    length: fc.integer({ min: 1, max: 9_000 }),
    count: fc.nat(12),
  });
  const some = fc.array(segment, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(some, (drawn) => {
      const all = drawn.map(({ speaker, startMs, length, count }, n) =>
        said(n, speaker, startMs, startMs + length, count),
      );
      const talk = measureTalk(all);
      expect(measureTalk(all.toReversed())).toEqual(talk);
      const both = new Set(all.map(({ speaker }) => speaker)).size === 2;
      expect(talk !== null).toBe(both);
      if (!talk) return;
      const [caller, agent] = talk.speakers;
      expect(caller.talkPercent + agent.talkPercent).toBe(100);
      const first = Math.min(...all.map(({ startMs }) => startMs));
      const last = Math.max(...all.map(({ endMs }) => endMs));
      expect(caller.talkMs + agent.talkMs - talk.bothMs + talk.silenceMs).toBe(last - first);
      expect(talk.bothMs).toBeLessThanOrEqual(Math.min(caller.talkMs, agent.talkMs));
      expect(talk.segments.filter(({ interrupts }) => interrupts)).toHaveLength(
        caller.interruptions + agent.interruptions,
      );
    }),
  );
});
