// What an attempt does to its delivery and to its endpoint: again later, delivered, given up; healthy, failing, paused.
//
//   delivery   PENDING ── 2xx ──> DELIVERED          endpoint   ACTIVE ── 410 ─────────────────> PAUSED (GONE)
//              PENDING ── else ─> PENDING, later                ACTIVE ── 5 days of failure ──> PAUSED (FAILING)
//              PENDING ── 8th ──> FAILED                        PAUSED ── resumed by somebody > ACTIVE

/** Why an attempt did not succeed, or why none will be made. */
export const FAILURES = {
  STATUS: 'The receiver answered with another status than 2xx.',
  TIMEOUT: 'The exchange was not over after 15 seconds.',
  CONNECTION_FAILED: 'The receiver could not be reached, or broke the connection off.',
  TLS_FAILED: 'The receiver’s certificate or its TLS is not good.',
  NAME_NOT_RESOLVED: 'The host’s name leads to no address.',
  ADDRESS_REFUSED: 'The host’s address is not a public one.',
  RENDERING_FAILED: 'The body could not be made; nothing was sent.',
  BODY_TOO_LARGE: 'The body would be larger than 256 KB; nothing was sent. Select less.',
  NOT_ALLOWED: 'The endpoint’s owner may no longer read this; nothing was sent.',
  EVENT_GONE: 'The event is no longer kept; nothing was sent.',
  ERASED: 'What the event tells of was erased; nothing was sent.',
} as const;
export type Failure = keyof typeof FAILURES;

/** What became of an attempt. */
export interface Outcome {
  /** null = the receiver took it */
  failure: Failure | null;
  status: number | null;
  /** how long the receiver asks us to wait */
  retryAfterMs: number | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** From one attempt to the next (graphql-api.md, after Svix): eight attempts in 27.6 hours. */
const DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
] as const;
export const MAX_TRIES = DELAYS_MS.length + 1;
const JITTER = 0.2;
/** A receiver may ask for no longer a pause. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;
const PAUSE_AFTER_MS = 5 * 24 * HOUR;
/** Attempts of one delivery are at most 12 hours apart: after a longer silence nobody knows how the receiver fared. */
const KNOWN_FOR_MS = 24 * HOUR;

/** Failures that another attempt cannot cure. */
const FINAL: readonly Failure[] = ['BODY_TOO_LARGE', 'NOT_ALLOWED', 'EVENT_GONE', 'ERASED'];
/** Failures that are ours, and say nothing of the receiver. */
const OURS: readonly Failure[] = [...FINAL, 'RENDERING_FAILED'];
const GONE = 410;

export interface DeliveryAfter {
  state: 'PENDING' | 'DELIVERED' | 'FAILED';
  failure: Failure | null;
  /** when the next attempt is due; as it was when there is none */
  dueAt: Date;
}

/**
 * Where a delivery stands after an attempt.
 * @param delivery.tries attempts of this round, this one included
 * @param at the end of the attempt
 */
export function afterAttempt(
  delivery: { id: string; tries: number },
  outcome: Outcome,
  at: Date,
): DeliveryAfter {
  const { failure, status } = outcome;
  if (failure === null) return { state: 'DELIVERED', failure, dueAt: at };
  const delayMs = delayAfter(delivery);
  if (delayMs === null || FINAL.includes(failure) || status === GONE) {
    return { state: 'FAILED', failure, dueAt: at };
  }
  const waitMs = Math.max(delayMs, pauseAsked(outcome));
  return { state: 'PENDING', failure, dueAt: new Date(at.getTime() + waitMs) };
}

/**
 * The wait after the n-th attempt, up to a fifth shorter or longer: the same for the same delivery and attempt, and
 * spread over all of them, so that what failed together does not come back together.
 * @returns milliseconds; null when no attempt follows
 */
export function delayAfter({ id, tries }: { id: string; tries: number }): number | null {
  const delayMs = DELAYS_MS[tries - 1];
  if (delayMs === undefined) return null;
  return Math.round(delayMs * (1 + JITTER * (2 * fraction(`${id}:${tries}`) - 1)));
}

export interface Health {
  failingSince: Date | null;
  lastFailureAt: Date | null;
  holdUntil: Date | null;
}

/**
 * How an endpoint fares after an attempt.
 * @returns its health, and why it has to be paused; null = it goes on
 */
export function healthAfter(
  before: Health,
  outcome: Outcome,
  at: Date,
): Health & { pause: 'GONE' | 'FAILING' | null } {
  const { failure, status } = outcome;
  if (failure !== null && OURS.includes(failure)) return { ...before, pause: null };
  if (failure === null) {
    return { failingSince: null, lastFailureAt: null, holdUntil: before.holdUntil, pause: null };
  }
  const silentMs = before.lastFailureAt ? at.getTime() - before.lastFailureAt.getTime() : 0;
  const isSame = before.failingSince !== null && silentMs < KNOWN_FOR_MS;
  const failingSince = isSame && before.failingSince ? before.failingSince : at;
  const hold = new Date(at.getTime() + pauseAsked(outcome));
  const holdUntil = before.holdUntil && before.holdUntil > hold ? before.holdUntil : hold;
  const isOver = at.getTime() - failingSince.getTime() >= PAUSE_AFTER_MS;
  return {
    failingSince,
    lastFailureAt: at,
    holdUntil: pauseAsked(outcome) > 0 ? holdUntil : before.holdUntil,
    pause: status === GONE ? 'GONE' : isOver ? 'FAILING' : null,
  };
}

/** Whether the receiver wants nothing more for now: no delivery may follow before its wish is written down. */
export function asksForRest(outcome: Outcome): boolean {
  return outcome.status === GONE || (outcome.failure !== null && pauseAsked(outcome) > 0);
}

function pauseAsked({ retryAfterMs }: Outcome): number {
  return Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
}

/** A number from 0 up to 1 that is always the same for the same text (FNV-1a, 32 bit, and a last mix). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
