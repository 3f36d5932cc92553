// How far the two legs of a call are: a leg's state only rises. Pure, but for the machine that they are told.
import type { CallMachine, Leg, LegName } from './machine-state.ts';

/**
 * The leg was picked up.
 * @returns false when it is already that far
 */
export function answerLeg(machine: CallMachine, name: LegName, when: Date): boolean {
  const leg = legOf(machine, name);
  if (!leg || leg.answeredAt !== null) return false;
  leg.answeredAt = when.toISOString();
  if (leg.state === 'ENDED') return false;
  leg.state = 'ANSWERED';
  return true;
}

/**
 * The leg is gone.
 * @param cause in the carrier's word; 'unconfirmed' gives way to a later one
 * @returns false when it had ended before
 */
export function endLeg(machine: CallMachine, name: LegName, when: Date, cause: string): boolean {
  const leg = legOf(machine, name);
  if (leg?.cause === 'unconfirmed') leg.cause = cause;
  if (!leg || leg.state === 'ENDED') return false;
  Object.assign(leg, { state: 'ENDED', endedAt: when.toISOString(), cause });
  return true;
}

function legOf(machine: CallMachine, name: LegName): Leg | null {
  return name === 'caller' ? machine.caller : machine.destination;
}
