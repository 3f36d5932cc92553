// Makes calls out of the grammar's templates: each template several times, with other numbers, said in other ways and
// misheard in other ways. The same seed makes the same calls.
import { DAMAGES, type Damage, damageNumber } from './damage.ts';
import type { Slot } from './grammar.ts';
import { layTurns, type Segment, wordsIn } from './lay-turns.ts';
import { type Chance, sayNumber } from './say-number.ts';

/** A number that was said: its kind, and the words that carry digits of it. */
export interface SaidNumber {
  slot: Slot;
  channel: number;
  startsMs: number[];
  said: string;
}

/** One call of the set. */
export interface Variant {
  name: string;
  template: string;
  damage: Damage;
  segments: Segment[];
  numbers: SaidNumber[];
}

const CARRIES =
  /\d|^(?:zero|oh|o|owe|hero|one|won|two|to|too|three|free|tree|four|for|fore|five|fife|six|sicks|seven|eight|ate|nine|nein|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)[.,?]?$/i;
const SLOT = /\{(\w+)\}(\S*)/;

function build(
  template: string,
  way: number,
  damage: Damage,
  chance: Chance,
): Omit<Variant, 'name'> {
  const { segments, turn, say } = layTurns();
  const numbers: SaidNumber[] = [];
  for (const line of template.split(' | ')) {
    const channel = line.startsWith('A') ? 0 : 1;
    turn(channel);
    for (const part of wordsIn(line.slice(3))) {
      const [, slot, mark = ''] = SLOT.exec(part) ?? [];
      if (!slot) {
        say(part);
        continue;
      }
      const plain = wordsIn(sayNumber(slot as Slot, way, chance));
      const heard = [...damageNumber(plain, damage, chance)];
      const startsMs: number[] = [];
      for (const [at, word] of heard.entries()) {
        if (word === '/') {
          turn(1 - channel);
          say('Mhm.');
          turn(channel);
          continue;
        }
        const isLast = at === heard.length - 1;
        const startMs = say(isLast ? word.replace(/[.,]$/, '') + mark : word);
        if (CARRIES.test(word)) startsMs.push(startMs);
      }
      numbers.push({ slot: slot as Slot, channel, startsMs, said: heard.join(' ') });
    }
  }
  const spoken = segments.filter(({ words }) => words.length > 0);
  return { template, damage, segments: spoken, numbers };
}

/**
 * The calls of some templates.
 * @param times how often each template is used; ways and damages go round
 */
export function variantsOf(
  templates: readonly string[],
  times: number,
  seededChance: (seed: number) => Chance,
): Variant[] {
  return templates.flatMap((template, t) =>
    Array.from({ length: times }, (_, n) => {
      const chance = seededChance(1_000 * t + n);
      const damage = DAMAGES[(t + n) % DAMAGES.length] ?? 'none';
      const name = `${t}.${n}`;
      return { name, ...build(template, 3 * t + n, damage, chance) };
    }),
  );
}
