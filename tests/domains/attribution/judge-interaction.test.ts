// What a call is put down to.
import { describe, expect, it } from 'vitest';
import { judgeInteraction, KNOWN_FROM } from '#domains/attribution/judge-interaction.ts';

const likely = (probability: number) => ({
  sessionId: 'visit',
  visitorId: 'browser',
  probability,
  source: { id: 'ad' },
});
const pool = { type: 'SESSION', sourceId: 'website' } as const;
const billboard = { type: 'SOURCE', sourceId: 'billboard' } as const;
const lastVisit = { sessionId: 'before', sourceId: 'search' };

describe('a call', () => {
  it.each([
    [KNOWN_FROM, 'browser'],
    [KNOWN_FROM - 1, null],
    [300_000, null],
  ])(
    'is put down to a visit that is its caller’s with %i of a million, who is known by it: %s',
    (probability, known) => {
      const facts = { tracker: pool, likely: [likely(probability)], lastVisit };
      expect(judgeInteraction(facts)).toEqual({
        basis: 'NUMBER_HELD',
        sessionId: 'visit',
        confidence: probability,
        sourceId: 'ad',
        knownVisitorId: known,
      });
    },
  );

  it('is put down to the caller’s last visit when no visit stands out', () => {
    const facts = { tracker: pool, likely: [likely(299_999)], lastVisit };
    expect(judgeInteraction(facts)).toMatchObject({
      basis: 'CALLER_HISTORY',
      sessionId: 'before',
      sourceId: 'search',
      knownVisitorId: null,
    });
  });

  it('keeps the source of its number otherwise: surely that of a source tracker, for want of better that of a pool', () => {
    expect(judgeInteraction({ tracker: billboard, likely: [], lastVisit })).toMatchObject({
      basis: 'TRACKER',
      confidence: 1_000_000,
      sourceId: 'billboard',
    });
    expect(judgeInteraction({ tracker: pool, likely: [], lastVisit: null })).toMatchObject({
      basis: 'TRACKER',
      confidence: 0,
      sourceId: 'website',
    });
    expect(judgeInteraction({ tracker: null, likely: [], lastVisit })).toMatchObject({
      sessionId: null,
      sourceId: null,
    });
  });
});
