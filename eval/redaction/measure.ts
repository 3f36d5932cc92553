// What redaction made of the calls of the grammar. A secret counts as found only when no word of it that carries a digit is
// left; an innocent number counts as lost as soon as one such word is gone.
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import type { Slot } from './grammar.ts';
import type { SaidNumber, Variant } from './variants.ts';

/** How often each template is used. */
export const TIMES_EACH = 10;
const SECRETS: readonly Slot[] = ['card', 'amex', 'cvv', 'expiry', 'ssn'];

/** Of one kind of number: how many were said, and how many came out right. */
export interface Tally {
  said: number;
  right: number;
}

export interface RedactionScore {
  byKind: Map<Slot, Tally>;
  /** cards and social security numbers found, of all that were said */
  recall: number;
  /** of everything that was hidden, the share that was a secret */
  precision: number;
  /** of the numbers that are no secret, the share that stayed */
  kept: number;
  /** one line per number that came out wrong */
  wrong: string[];
}

/** Redacts every call, and counts. */
export function measureRedaction(variants: readonly Variant[]): RedactionScore {
  const byKind = new Map<Slot, Tally>();
  const wrong: string[] = [];
  for (const { segments, numbers, template, damage, name } of variants) {
    const left = new Set<string>();
    for (const { channel, words } of redactTranscript(segments).segments) {
      for (const { text, startMs } of words) {
        if (!text.startsWith('[')) left.add(`${channel}:${startMs}`);
      }
    }
    const isLeft = ({ channel }: SaidNumber, startMs: number) => left.has(`${channel}:${startMs}`);
    for (const number of numbers) {
      const { slot, startsMs, said } = number;
      const lasting = startsMs.filter((startMs) => isLeft(number, startMs)).length;
      const isRight = SECRETS.includes(slot) ? lasting === 0 : lasting === startsMs.length;
      const tally = byKind.get(slot) ?? { said: 0, right: 0 };
      byKind.set(slot, { said: tally.said + 1, right: tally.right + (isRight ? 1 : 0) });
      if (!isRight) wrong.push(`${slot} ${name} (${damage}) "${said}" in: ${template}`);
    }
  }
  const sum = (kinds: readonly Slot[]) =>
    kinds.reduce(
      (total, kind) => {
        const { said, right } = byKind.get(kind) ?? { said: 0, right: 0 };
        return { said: total.said + said, right: total.right + right };
      },
      { said: 0, right: 0 },
    );
  const strict = sum(['card', 'amex', 'ssn']);
  const secrets = sum(SECRETS);
  const others = sum([...byKind.keys()].filter((kind) => !SECRETS.includes(kind)));
  const lost = others.said - others.right;
  return {
    byKind,
    recall: strict.right / strict.said,
    precision: secrets.right / (secrets.right + lost),
    kept: others.right / others.said,
    wrong,
  };
}
