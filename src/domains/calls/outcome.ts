// What a call came to, from its facts alone, so that facts which arrive late or out of order lead to the same word.
// Rules: product.md 2.3 (answered, voicemail, missed; abandoned = unanswered and ended < 15 s after it was placed).
import type { CallMachine } from './machine-state.ts';

export type Outcome = 'ANSWERED' | 'MISSED' | 'ABANDONED' | 'VOICEMAIL' | 'BUSY' | 'FAILED';

const ABANDONED_BEFORE_MS = 15_000;
/** a shorter message is nobody's: the caller hung up at the beep */
const SHORTEST_MESSAGE_MS = 2_000;

/** The outcome of an ended call; null while it goes on. */
export function outcomeOf(machine: CallMachine): Outcome | null {
  if (machine.endedAt === null) return null;
  if (machine.bridgedAt !== null) return 'ANSWERED';
  if (leftMessage(machine)) return 'VOICEMAIL';
  const { missedBecause } = machine;
  // who leaves no message at the beep did hear us out: the end of its recording may be told before theirs, or after
  const heardOut = machine.gaveUp || machine.voicemail !== null;
  if (heardOut && missedBecause === 'user_busy') return 'BUSY';
  if (heardOut && missedBecause?.startsWith('refused')) return 'FAILED';
  const lastedMs = Date.parse(machine.endedAt) - Date.parse(machine.startedAt);
  return !heardOut && lastedMs < ABANDONED_BEFORE_MS ? 'ABANDONED' : 'MISSED';
}

function leftMessage(machine: CallMachine): boolean {
  const { voicemail } = machine;
  if (!voicemail || voicemail.state === 'FAILED') return false;
  const end = voicemail.endedAt ?? machine.endedAt;
  return end !== null && Date.parse(end) - Date.parse(voicemail.startedAt) >= SHORTEST_MESSAGE_MS;
}
