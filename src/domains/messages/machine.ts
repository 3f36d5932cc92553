// How a text that we send moves on. Pure. QUEUED → SENDING → SENT → DELIVERED, and FAILED from each of the first three:
// | from      | SENT | DELIVERED           | FAILED | refused |
// | SENDING   | SENT | SENT, then DELIVERED | FAILED | FAILED  |   and so FAILED(UNCONFIRMED), which a late word corrects
// | SENT      | –    | DELIVERED           | FAILED | –       |   what is DELIVERED, or FAILED for good, stays
import { failureOfCode, type MessageFailure } from './machine-failure.ts';

/** What became of a message, by the carrier's word or by our own. */
export interface Outcome {
  kind: 'SENT' | 'DELIVERED' | 'FAILED';
  at: Date;
  carrierMessageId: string | null;
  segments?: number | null;
  /** of FAILED: the carrier's code, or our own reason */
  code?: string | null;
  failure?: MessageFailure;
}

type State = 'RECEIVED' | 'QUEUED' | 'SENDING' | 'SENT' | 'DELIVERED' | 'FAILED';

/** What the machine reads of a message. */
export interface MovingMessage {
  state: State;
  failure: string | null;
  carrierMessageId: string | null;
  segments: number | null;
}

/** The fields that change. */
export interface MovedFields {
  state?: State;
  failure?: string | null;
  carrierCode?: string | null;
  carrierMessageId?: string;
  segments?: number;
  dueAt?: null;
  sentAt?: Date;
  deliveredAt?: Date;
}

/**
 * Moves a message by outcomes in the order in which they became known.
 * @returns what changes, and the states that it passed through, each of which is to be told of
 */
export function settleMessage(
  message: MovingMessage,
  outcomes: readonly Outcome[],
): { after: MovedFields; passed: ('SENT' | 'DELIVERED' | 'FAILED')[] } {
  const after: MovedFields = {};
  const passed: ('SENT' | 'DELIVERED' | 'FAILED')[] = [];
  const now = () => ({ ...message, ...after });
  for (const outcome of outcomes) {
    const { kind, at, carrierMessageId, segments } = outcome;
    if (now().carrierMessageId === null && carrierMessageId !== null) {
      after.carrierMessageId = carrierMessageId;
    }
    if (segments != null && segments !== now().segments) after.segments = segments;
    if (!moves(now(), outcome)) continue;
    if (kind !== 'FAILED' && now().state !== 'SENT') {
      Object.assign(after, { state: 'SENT', failure: null, carrierCode: null, sentAt: at });
      passed.push('SENT');
    }
    if (kind === 'DELIVERED') {
      Object.assign(after, { state: 'DELIVERED', deliveredAt: at });
      passed.push('DELIVERED');
    }
    if (kind === 'FAILED') {
      const code = outcome.code ?? null;
      const otherwise = now().state === 'SENT' ? 'UNDELIVERED' : 'CARRIER_REFUSED';
      const failure = outcome.failure ?? failureOfCode(code, otherwise);
      Object.assign(after, { state: 'FAILED', failure, carrierCode: code });
      passed.push('FAILED');
    }
    after.dueAt = null;
  }
  return { after, passed };
}

function moves({ state, failure }: MovingMessage, outcome: Outcome): boolean {
  const { kind } = outcome;
  if (state === 'SENDING' || state === 'QUEUED') return true;
  if (state === 'FAILED') return failure === 'UNCONFIRMED' && kind !== 'FAILED';
  // that nobody answered counts while nobody has
  return state === 'SENT' && kind !== 'SENT' && outcome.failure !== 'UNCONFIRMED';
}
