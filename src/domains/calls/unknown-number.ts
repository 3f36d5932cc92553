// A call to a number that we do not serve: a polite sentence, a hang-up, and a line in the operator's log. It belongs to
// no company, so there is no call row; the legs' tags carry the little state that it needs.
import type { CarrierCommand, CarrierEvent } from '#platform/carrier/index.ts';

const SENTENCE = 'We are sorry, the number you have dialled is not in service. Goodbye.';
/** the tag of a leg that belongs to no call */
const NO_CALL = 'none';

/** The events that each call for one command, in their order: the lane sends in it. */
export const REFUSAL_STEPS: readonly CarrierEvent['kind'][] = ['initiated', 'answered', 'spoken'];

/** True for events of a leg that we have begun to decline. */
export function answersUnknown(event: CarrierEvent): boolean {
  return event.tag?.callId === NO_CALL;
}

/**
 * What to do on an event of a call that is not ours. Pure.
 * @returns null when there is nothing to do
 */
export function declinePolitely(event: CarrierEvent): CarrierCommand | null {
  const leg = event.controlId;
  const tag = (step: string) => ({ callId: NO_CALL, leg: 'caller', step });
  switch (event.kind) {
    case 'initiated':
      return event.direction === 'INBOUND' ? { kind: 'answer', leg, tag: tag('answer') } : null;
    case 'answered':
      return { kind: 'speak', leg, tag: tag('farewell'), text: SENTENCE };
    case 'spoken':
      return letGo(leg);
    default:
      return null;
  }
}

/** The end of a leg that belongs to no call. */
export function letGo(leg: string): CarrierCommand {
  return { kind: 'hangUp', leg, tag: { callId: NO_CALL, leg: 'caller', step: 'hang-up' } };
}
