// What an interaction is put down to: the visit that it was sent in or that most likely led to it, the person's own history,
// or the number that was dialled. Pure.
import { CERTAIN, LIKELY_ENOUGH } from '#domains/visitors/index.ts';
import type { AttributionBasis } from '#generated/prisma/enums.ts';

/** From here on the browser counts as the caller's own. */
export const KNOWN_FROM = 900_000;
/** What a caller's last visit is taken for when somebody saved the number, or dials from an advertisement seen before. */
export const HISTORY_CONFIDENCE = 600_000;

interface Likely {
  sessionId: string;
  visitorId: string;
  probability: number;
  source: { id: string };
}

interface KnownVisit {
  sessionId: string;
  visitorId: string;
  sourceId: string;
}

export interface Judgement {
  basis: AttributionBasis;
  sessionId: string | null;
  /** of that session */
  visitorId: string | null;
  confidence: number;
  sourceId: string | null;
  /** the browser that from now on counts as the caller's */
  knownVisitorId: string | null;
}

/**
 * Judges an interaction.
 * @param facts.dialled of a call: how the number is used; tracker null = it has none any more. null for a form
 * @param facts.visit of a form: the visit that it was sent in, by the browser's own word
 * @param facts.sourceId what the interaction has: of a form that of its visit, or what was told without one
 * @param facts.consentDenied of a form: no visit may be told with it, and facts.sourceId stands for that
 * @param facts.likely the visits that were shown the number, the most likely first
 * @param facts.isSavedNumber the caller was shown the number once, and none of the likely visits is known to be theirs
 * @param facts.lastVisit the newest visit of browsers that are known to be the person's; with the visitor's source
 */
export function judgeInteraction(facts: {
  dialled: { tracker: { type: 'SOURCE' | 'SESSION'; sourceId: string } | null } | null;
  visit: { sessionId: string; visitorId: string } | null;
  sourceId: string | null;
  consentDenied: boolean;
  likely: readonly Likely[];
  isSavedNumber: boolean;
  lastVisit: KnownVisit | null;
}): Judgement {
  const { dialled, likely, isSavedNumber, lastVisit } = facts;
  if (!dialled) return judgeForm(facts);
  const { tracker } = dialled;
  // whoever is shown it now is a stranger to this caller (product.md 4.5: a repeat caller on a recycled number)
  if (isSavedNumber && lastVisit) return historyOf(lastVisit);
  const [best] = likely;
  if (best && best.probability >= LIKELY_ENOUGH) {
    return {
      basis: 'NUMBER_HELD',
      sessionId: best.sessionId,
      visitorId: best.visitorId,
      confidence: best.probability,
      sourceId: best.source.id,
      knownVisitorId: best.probability >= KNOWN_FROM ? best.visitorId : null,
    };
  }
  // a source tracker's number stands in one place: that is where the call comes from, whatever was visited before
  if (tracker?.type === 'SESSION' && lastVisit) {
    return historyOf(lastVisit);
  }
  return {
    basis: 'TRACKER',
    sessionId: null,
    visitorId: null,
    confidence: tracker?.type === 'SOURCE' ? CERTAIN : 0,
    sourceId: tracker?.sourceId ?? null,
    knownVisitorId: null,
  };
}

function judgeForm({
  visit,
  sourceId,
  consentDenied,
  lastVisit,
}: Pick<
  Parameters<typeof judgeInteraction>[0],
  'visit' | 'sourceId' | 'consentDenied' | 'lastVisit'
>): Judgement {
  const none = { sessionId: null, visitorId: null, knownVisitorId: null, sourceId };
  if (visit) {
    const { sessionId, visitorId } = visit;
    return {
      ...{ basis: 'SESSION_KNOWN', sessionId, visitorId, confidence: CERTAIN, sourceId },
      knownVisitorId: visitorId,
    };
  }
  if (sourceId !== null && !consentDenied) {
    return { ...none, basis: 'SOURCE_TOLD', confidence: CERTAIN };
  }
  if (lastVisit) return historyOf(lastVisit);
  return { ...none, basis: consentDenied ? 'CONSENT_DENIED' : 'UNKNOWN', confidence: 0 };
}

function historyOf({ sessionId, visitorId, sourceId }: KnownVisit): Judgement {
  return {
    basis: 'CALLER_HISTORY',
    sessionId,
    visitorId,
    confidence: HISTORY_CONFIDENCE,
    sourceId,
    knownVisitorId: null,
  };
}
