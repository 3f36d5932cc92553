// Holds what redaction made of a spoken call of the grammar against what was said in it, turn by turn.
import type { Heard } from './hear.ts';
import { isMuted, numbersLeft } from './measure-call.ts';
import type { Slot } from './redaction/grammar.ts';
import type { ClipTruth } from './truth.ts';

const SECRETS: readonly Slot[] = ['card', 'amex', 'cvv', 'expiry', 'ssn'];

/** Turns with a secret of a kind, or with numbers that must stay, and how many came out right. */
export interface ClipScore {
  kind: 'card' | 'ssn' | 'other secret' | 'no secret';
  isRight: boolean;
  isMuted: boolean;
  note: string;
}

function kindOf(slots: readonly Slot[]): ClipScore['kind'] {
  if (slots.includes('ssn')) return 'ssn';
  if (slots.includes('card') || slots.includes('amex')) return 'card';
  return slots.some((slot) => SECRETS.includes(slot)) ? 'other secret' : 'no secret';
}

/** Scores each turn of a clip that holds a number. Of a secret no word of number may be left; of the others nothing may go. */
export function measureClip({ name, turns }: ClipTruth, heard: Heard): ClipScore[] {
  return turns
    .filter(({ slots }) => slots.length > 0)
    .map(({ channel, slots, text, startMs, endMs }): ClipScore => {
      const kind = kindOf(slots);
      const there = heard.segments.filter(
        (one) => one.channel === channel && one.startMs < endMs && one.endMs > startMs,
      );
      const left = numbersLeft(heard, channel, { startMs, endMs });
      const lost = there.some((one) => /\[[A-Z_]+\]/.test(one.text));
      const isRight = kind === 'no secret' ? !lost : left.length === 0;
      const shown = there.map((one) => one.text).join(' / ');
      return {
        ...{ kind, isRight, note: `${name} ${kind} "${text}" became "${shown}"` },
        isMuted: isMuted(heard, { startMs: startMs + 300, endMs: endMs - 300 }),
      };
    });
}
