// What the entries of the ledger make of a number's consent. Each state is the latest of its kind, so that the order in
// which webhooks come does not matter: whoever said yes and no is taken at the later word, and at "no" when both have
// one time.

/** An inbound text lets a company answer for so long; refused at exactly the end (L06). */
export const WINDOW_MS = 24 * 3_600_000;

/** What stands between a company and a number. */
export interface Consent {
  /** the latest opt-out; it stands unless there is a later opt-in */
  optedOutAt: Date | null;
  /** the latest explicit opt-in; it stands unless there is an opt-out that is as late or later */
  optedInAt: Date | null;
  /** the latest text of theirs that was no opt-out word, never later than our receipt */
  lastInboundAt: Date | null;
  /** they seem to want no more texts, in free words that nobody has judged yet */
  heldForReview: boolean;
}

export type ConsentRefusal = 'OPTED_OUT' | 'NO_CONSENT' | 'CONSENT_EXPIRED';

/** In the words of the API. */
export type ConsentState =
  | 'NONE'
  | 'IMPLIED'
  | 'EXPIRED'
  | 'OPTED_IN'
  | 'HELD_FOR_REVIEW'
  | 'OPTED_OUT';

/** How the consent stands at a moment. */
export function stateOfConsent(consent: Consent, now: Date): ConsentState {
  const { optedOutAt, optedInAt, lastInboundAt } = consent;
  if (isOut(optedOutAt, optedInAt)) return 'OPTED_OUT';
  if (consent.heldForReview) return 'HELD_FOR_REVIEW';
  if (optedInAt) return 'OPTED_IN';
  if (!lastInboundAt) return 'NONE';
  return now.getTime() - lastInboundAt.getTime() < WINDOW_MS ? 'IMPLIED' : 'EXPIRED';
}

const REFUSALS: Record<ConsentState, ConsentRefusal | null> = {
  NONE: 'NO_CONSENT',
  IMPLIED: null,
  EXPIRED: 'CONSENT_EXPIRED',
  OPTED_IN: null,
  HELD_FOR_REVIEW: 'OPTED_OUT',
  OPTED_OUT: 'OPTED_OUT',
};

/** Why a company may not text the number at this moment; null when it may (rules.md: L06 to L08). */
export function judgeConsent(consent: Consent, now: Date): ConsentRefusal | null {
  return REFUSALS[stateOfConsent(consent, now)];
}

/** What an entry says. INBOUND: an ordinary text. OPT_OUT_REQUEST: a text that asks for no more in free words. */
export type Said =
  | { kind: 'INBOUND' | 'OPT_OUT'; at: Date }
  /** byText: said by a text message, which is an inbound text too */
  | { kind: 'OPT_IN'; at: Date; byText: boolean }
  | { kind: 'OPT_OUT_REQUEST'; at: Date; entryId: string; holds: boolean }
  | { kind: 'REQUEST_DISMISSED' };

/** The consent as it is stored: the latest of each kind, and of the requests those that nobody has judged. */
export interface Standing {
  optedOutAt: Date | null;
  optedInAt: Date | null;
  lastInboundAt: Date | null;
  requestId: string | null;
  requestedAt: Date | null;
  /** the latest request that is so clear that it holds */
  holdAt: Date | null;
}

export const NOTHING_SAID: Standing = {
  optedOutAt: null,
  optedInAt: null,
  lastInboundAt: null,
  requestId: null,
  requestedAt: null,
  holdAt: null,
};

/** The consent that stands. */
export function consentOf(standing: Standing): Consent {
  const { optedOutAt, optedInAt, lastInboundAt, holdAt } = standing;
  return { optedOutAt, optedInAt, lastInboundAt, heldForReview: waits(standing, holdAt) };
}

/** Since when they want no more texts, by an opt-out or a request that holds; null when they do. */
export function refusedSince(standing: Standing): Date | null {
  if (isOut(standing.optedOutAt, standing.optedInAt)) return standing.optedOutAt;
  return waits(standing, standing.holdAt) ? standing.holdAt : null;
}

/** The entry of the request that waits to be judged; null when none does. */
export function openRequestOf(standing: Standing): string | null {
  return waits(standing, standing.requestedAt) ? standing.requestId : null;
}

/** An opt-out settles every request, an opt-in those before it. */
function waits({ optedOutAt, optedInAt }: Standing, requestedAt: Date | null): boolean {
  if (!requestedAt || isOut(optedOutAt, optedInAt)) return false;
  return !optedInAt || optedInAt <= requestedAt;
}

function isOut(optedOutAt: Date | null, optedInAt: Date | null): boolean {
  return optedOutAt !== null && (!optedInAt || optedInAt <= optedOutAt);
}

/** The consent after one more entry. */
export function applySaid(was: Standing, said: Said): Standing {
  switch (said.kind) {
    case 'INBOUND':
      return { ...was, lastInboundAt: later(was.lastInboundAt, said.at) };
    case 'OPT_OUT':
      return { ...was, optedOutAt: later(was.optedOutAt, said.at) };
    case 'OPT_IN':
      return {
        ...was,
        optedInAt: later(was.optedInAt, said.at),
        ...(said.byText && { lastInboundAt: later(was.lastInboundAt, said.at) }),
      };
    case 'OPT_OUT_REQUEST': {
      const isLatest = !was.requestedAt || said.at >= was.requestedAt;
      return {
        ...was,
        lastInboundAt: later(was.lastInboundAt, said.at),
        requestId: isLatest ? said.entryId : was.requestId,
        requestedAt: later(was.requestedAt, said.at),
        holdAt: said.holds ? later(was.holdAt, said.at) : was.holdAt,
      };
    }
    case 'REQUEST_DISMISSED':
      return { ...was, requestId: null, requestedAt: null, holdAt: null };
  }
}

function later(one: Date | null, other: Date): Date {
  return one && one > other ? one : other;
}
