// What an interaction is put down to: the visit that most likely led to it, the caller's own history, or the number that
// was dialled. Pure.
import { CERTAIN, LIKELY_ENOUGH } from '#domains/visitors/index.ts';
import type { AttributionBasis } from '#generated/prisma/enums.ts';

/** From here on the browser counts as the caller's own. */
export const KNOWN_FROM = 900_000;
/** What a caller's last visit is taken for when somebody saved the number, or dials from an advertisement seen before. */
const HISTORY_CONFIDENCE = 600_000;

interface Likely {
  sessionId: string;
  visitorId: string;
  probability: number;
  source: { id: string };
}

export interface Judgement {
  basis: AttributionBasis;
  sessionId: string | null;
  confidence: number;
  sourceId: string | null;
  /** the browser that from now on counts as the caller's */
  knownVisitorId: string | null;
}

/**
 * Judges an interaction.
 * @param facts.tracker how the dialled number is used; null = it has no tracker any more
 * @param facts.likely the visits that were shown the number, the most likely first
 * @param facts.lastVisit the newest visit of browsers that are known to be the caller's; with the visitor's source
 */
export function judgeInteraction(facts: {
  tracker: { type: 'SOURCE' | 'SESSION'; sourceId: string } | null;
  likely: readonly Likely[];
  lastVisit: { sessionId: string; sourceId: string } | null;
}): Judgement {
  const { tracker, likely, lastVisit } = facts;
  const [best] = likely;
  if (best && best.probability >= LIKELY_ENOUGH) {
    return {
      basis: 'NUMBER_HELD',
      sessionId: best.sessionId,
      confidence: best.probability,
      sourceId: best.source.id,
      knownVisitorId: best.probability >= KNOWN_FROM ? best.visitorId : null,
    };
  }
  // a source tracker's number stands in one place: that is where the call comes from, whatever was visited before
  if (tracker?.type === 'SESSION' && lastVisit) {
    return {
      basis: 'CALLER_HISTORY',
      sessionId: lastVisit.sessionId,
      confidence: HISTORY_CONFIDENCE,
      sourceId: lastVisit.sourceId,
      knownVisitorId: null,
    };
  }
  return {
    basis: 'TRACKER',
    sessionId: null,
    confidence: tracker?.type === 'SOURCE' ? CERTAIN : 0,
    sourceId: tracker?.sourceId ?? null,
    knownVisitorId: null,
  };
}
