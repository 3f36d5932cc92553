// What calls and forms are put down to.
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
const lastVisit = { sessionId: 'before', visitorId: 'own browser', sourceId: 'search' };

/** A call as it came: what the tracker has, it has. */
const call = (tracker: typeof pool | typeof billboard | null) => ({
  dialled: { tracker },
  visit: null,
  sourceId: tracker?.sourceId ?? null,
  consentDenied: false,
  isSavedNumber: false,
});

describe('a call', () => {
  it.each([
    [KNOWN_FROM, 'browser'],
    [KNOWN_FROM - 1, null],
    [300_000, null],
  ])(
    'is put down to a visit that is its caller’s with %i of a million, who is known by it: %s',
    (probability, known) => {
      const facts = { ...call(pool), likely: [likely(probability)], lastVisit };
      expect(judgeInteraction(facts)).toEqual({
        basis: 'NUMBER_HELD',
        sessionId: 'visit',
        visitorId: 'browser',
        confidence: probability,
        sourceId: 'ad',
        knownVisitorId: known,
      });
    },
  );

  it('is put down to the caller’s last visit when no visit stands out', () => {
    const facts = { ...call(pool), likely: [likely(299_999)], lastVisit };
    expect(judgeInteraction(facts)).toMatchObject({
      basis: 'CALLER_HISTORY',
      sessionId: 'before',
      sourceId: 'search',
      knownVisitorId: null,
    });
  });

  it('of a number that its caller was shown once is put down to their last visit, and to nobody who is shown it now', () => {
    const facts = { ...call(pool), likely: [likely(1_000_000)], isSavedNumber: true, lastVisit };
    expect(judgeInteraction(facts)).toMatchObject({
      basis: 'CALLER_HISTORY',
      sessionId: 'before',
      sourceId: 'search',
      knownVisitorId: null,
    });
  });

  it('keeps the source of its number otherwise: surely that of a source tracker, for want of better that of a pool', () => {
    expect(judgeInteraction({ ...call(billboard), likely: [], lastVisit })).toMatchObject({
      basis: 'TRACKER',
      confidence: 1_000_000,
      sourceId: 'billboard',
    });
    expect(judgeInteraction({ ...call(pool), likely: [], lastVisit: null })).toMatchObject({
      basis: 'TRACKER',
      confidence: 0,
      sourceId: 'website',
    });
    expect(judgeInteraction({ ...call(null), likely: [], lastVisit })).toMatchObject({
      sessionId: null,
      sourceId: null,
    });
  });
});

describe('a form', () => {
  const form = {
    ...{ dialled: null, likely: [], isSavedNumber: false, consentDenied: false },
    lastVisit,
  };
  const visit = { sessionId: 'visit', visitorId: 'browser' };

  it('comes from the visit that it was sent in, whatever was before, and its sender is known by the browser', () => {
    expect(judgeInteraction({ ...form, visit, sourceId: 'ad' })).toEqual({
      basis: 'SESSION_KNOWN',
      sessionId: 'visit',
      visitorId: 'browser',
      confidence: 1_000_000,
      sourceId: 'ad',
      knownVisitorId: 'browser',
    });
  });

  it('without a visit comes from where it was said to, else from the last visit of its sender, else from nowhere', () => {
    const unseen = { ...form, visit: null, sourceId: null };
    expect(judgeInteraction({ ...unseen, sourceId: 'ad' })).toMatchObject({
      basis: 'SOURCE_TOLD',
      sessionId: null,
      sourceId: 'ad',
      confidence: 1_000_000,
    });
    expect(judgeInteraction(unseen)).toMatchObject({
      basis: 'CALLER_HISTORY',
      sessionId: 'before',
      sourceId: 'search',
    });
    const denied = { ...unseen, consentDenied: true, sourceId: 'lost' };
    expect(judgeInteraction(denied)).toMatchObject({ basis: 'CALLER_HISTORY', sourceId: 'search' });
    expect(judgeInteraction({ ...denied, lastVisit: null })).toMatchObject({
      ...{ basis: 'CONSENT_DENIED', sourceId: 'lost', confidence: 0 },
    });
    expect(judgeInteraction({ ...unseen, lastVisit: null })).toEqual({
      basis: 'UNKNOWN',
      sessionId: null,
      visitorId: null,
      confidence: 0,
      sourceId: null,
      knownVisitorId: null,
    });
  });
});
