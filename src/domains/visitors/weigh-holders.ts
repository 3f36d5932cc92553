// Which visitor most likely dialled a number of a pool (product.md 4.5). Pure. Every weight that is used is named in the
// reasons, so that an attribution can be explained.

/** Whole probability; probabilities are whole millionths. */
export const CERTAIN = 1_000_000;
/** A visit less likely than this is not taken for the caller's: it would be a guess that hides all others. */
export const LIKELY_ENOUGH = 300_000;
/** Who held the number longer ago than this is no candidate any more: the number has been anybody's since. */
export const LOOK_BACK_MS = 2 * 60 * 60_000;
/** a visitor who left so long ago is half as likely as one who is there */
const HALF_LIFE_MS = 10 * 60_000;
/** from the press of a link to the ring */
const TEL_CLICK_MS = 10 * 60_000;

const TEL_CLICK_WEIGHT = 20;
const KNOWN_WEIGHT = 50;
/** a number that is shown to everybody while the pool has none to give says little about one of them */
const OVERFLOW_WEIGHT = 0.5;
/** that it was none of them, but somebody who kept the number: only where nobody holds it */
const STRANGER_WEIGHT = 0.05;

/** Why a visitor is more or less likely. */
export type HolderReason =
  | 'HELD_NUMBER'
  | 'HELD_NUMBER_BEFORE'
  | 'SHARED_NUMBER'
  | 'PRESSED_TO_CALL'
  | 'KNOWN_CALLER';

/** A visitor's session that was shown the number. */
export interface Holder {
  sessionId: string;
  visitorId: string;
  /** ms since 1970, as all times here */
  leasedAt: number;
  leasedUntil: number;
  /** shown although others may hold it */
  isOverflow: boolean;
  telClickedAt: number | null;
}

export interface LikelyHolder {
  sessionId: string;
  visitorId: string;
  probability: number;
  reasons: HolderReason[];
}

/**
 * Weighs who may have dialled: each visitor once, by all their leases, since nobody competes with themself.
 * @param holders those whose lease began before the call, in any order
 * @param calledAt when the call arrived
 * @param known visitors that this caller was seen to be before
 * @returns the most likely first, each with the session that they were last seen in. Probabilities sum to at most CERTAIN:
 *   what is missing is a stranger's, who kept the number. The only holder of a number that is in use is certain.
 */
export function weighHolders(
  holders: readonly Holder[],
  calledAt: number,
  known: ReadonlySet<string>,
): LikelyHolder[] {
  const weighed = oneOfEach(holders, calledAt).map((holder) => ({
    ...holder,
    ...weigh(holder, calledAt, known),
  }));
  const isInUse = weighed.some(
    ({ reasons }) => reasons.includes('HELD_NUMBER') || reasons.includes('PRESSED_TO_CALL'),
  );
  const all = weighed.reduce((sum, { weight }) => sum + weight, isInUse ? 0 : STRANGER_WEIGHT);
  return weighed
    .map(({ sessionId, visitorId, weight, reasons }) => ({
      sessionId,
      visitorId,
      probability: Math.floor((weight / all) * CERTAIN),
      reasons,
    }))
    .sort((a, b) => b.probability - a.probability || (a.sessionId < b.sessionId ? 1 : -1));
}

/**
 * Each visitor's leases as one. Another campaign begins a session, which is given the visitor's own number again: they have
 * it for as long as any of the leases lasts, and are in the session that they were last seen in before the call.
 */
function oneOfEach(holders: readonly Holder[], calledAt: number): Holder[] {
  const before = holders
    .filter(
      ({ leasedAt, leasedUntil }) => leasedAt <= calledAt && calledAt - leasedUntil <= LOOK_BACK_MS,
    )
    .map((one) => ({ ...one, telClickedAt: pressedBefore(one, calledAt) }));
  return [...Map.groupBy(before, ({ visitorId }) => visitorId).values()].map((leases) => {
    const last = leases.reduce((a, b) => (isSeenLater(b, a) ? b : a));
    const presses = leases.flatMap(({ telClickedAt }) => telClickedAt ?? []);
    return {
      ...last,
      leasedUntil: Math.max(...leases.map(({ leasedUntil }) => leasedUntil)),
      telClickedAt: presses.length > 0 ? Math.max(...presses) : null,
    };
  });
}

function pressedBefore({ telClickedAt }: Holder, calledAt: number): number | null {
  return telClickedAt !== null && telClickedAt <= calledAt ? telClickedAt : null;
}

function isSeenLater(one: Holder, other: Holder): boolean {
  const seenAt = ({ leasedAt, telClickedAt }: Holder) =>
    Math.max(leasedAt, telClickedAt ?? leasedAt);
  const laterMs = seenAt(one) - seenAt(other);
  return laterMs > 0 || (laterMs === 0 && one.sessionId > other.sessionId);
}

function weigh(
  holder: Holder,
  calledAt: number,
  known: ReadonlySet<string>,
): { weight: number; reasons: HolderReason[] } {
  const awayMs = Math.max(0, calledAt - holder.leasedUntil);
  const reasons: HolderReason[] = [awayMs === 0 ? 'HELD_NUMBER' : 'HELD_NUMBER_BEFORE'];
  let weight = 0.5 ** (awayMs / HALF_LIFE_MS);
  if (holder.isOverflow) {
    weight *= OVERFLOW_WEIGHT;
    reasons.push('SHARED_NUMBER');
  }
  if (holder.telClickedAt !== null && calledAt - holder.telClickedAt <= TEL_CLICK_MS) {
    weight *= TEL_CLICK_WEIGHT;
    reasons.push('PRESSED_TO_CALL');
  }
  if (known.has(holder.visitorId)) {
    weight *= KNOWN_WEIGHT;
    reasons.push('KNOWN_CALLER');
  }
  return { weight, reasons };
}
