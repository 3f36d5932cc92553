// The calls of the redaction grammar that are spoken as real audio: one of each template with a card or a social security
// number, and of some with a phone number, price or address; undamaged, since recognition does its own damage.
import { DEVELOPMENT, FROZEN, type Slot } from '../redaction/grammar.ts';
import { type Chance, SPOKEN_WAYS, sayNumber } from '../redaction/say-number.ts';

export interface ClipTurn {
  channel: 0 | 1;
  text: string;
  /** the kinds of number in it */
  slots: Slot[];
}

export interface ClipScript {
  name: string;
  half: 'frozen' | 'development';
  turns: ClipTurn[];
}

const HALVES = [
  ['frozen', FROZEN],
  ['development', DEVELOPMENT],
] as const;

const STRICT = /\{(?:card|amex|ssn)\}/;
const OTHERS = /\{(?:phone|price|address)\}/;
/** of each half */
const MOST_OTHERS = 8;

function choose(templates: readonly string[]): string[] {
  const others = templates.filter((one) => OTHERS.test(one) && !STRICT.test(one));
  // every other one, so that all kinds are there
  const some = others.filter((_, n) => n % 2 === 0).slice(0, MOST_OTHERS);
  return templates.filter((one) => STRICT.test(one) || some.includes(one));
}

/** The clips, the same in every run. */
export function chooseClips(seeded: (seed: number) => Chance): ClipScript[] {
  return HALVES.flatMap(([half, templates]) =>
    choose(templates).map((template, t): ClipScript => {
      const chance = seeded(77_000 + t);
      const turns = template.split(' | ').map((line): ClipTurn => {
        const slots: Slot[] = [];
        const text = line.slice(3).replace(/\{(\w+)\}/g, (_, slot: Slot) => {
          slots.push(slot);
          const ways = SPOKEN_WAYS[slot];
          return sayNumber(slot, ways[t % ways.length] ?? 0, chance);
        });
        return { channel: line.startsWith('A') ? 0 : 1, text, slots };
      });
      return { name: `${half}-${String(t + 1).padStart(2, '0')}`, half, turns };
    }),
  );
}
