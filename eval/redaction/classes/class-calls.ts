// Makes calls out of the templates of classes: each template several times, with other things, said in other ways and misheard
// in other ways. The same seed makes the same calls.
import { damageNumber } from '../damage.ts';
import { layTurns, type Segment, wordsIn } from '../lay-turns.ts';
import type { Chance } from '../say-number.ts';
import { sayThing } from './say-class.ts';
import type { ClassWords } from './words.ts';

/** What recognition and people do to a thing that is said. */
export const HARMS = ['none', 'uncased', 'stumbled', 'cut', 'doubled', 'misheard'] as const;
export type Harm = (typeof HARMS)[number];

/** A thing that was said: its kind, all its words, and those that tell something. */
export interface SaidThing {
  slot: string;
  channel: number;
  wordsMs: number[];
  startsMs: number[];
  said: string;
}

/** One call of the set. */
export interface ClassCall {
  name: string;
  template: string;
  harm: Harm;
  segments: Segment[];
  things: SaidThing[];
}

/** What tells nothing by itself. */
const BARE =
  /^(?:a|an|the|of|at|dot|underscore|uh|um|street|avenue|road|boulevard|court|lane|parkway|drive|way|mrs|apartment|and|years?|old|months?)$/;
const bareOf = (word: string) => word.toLowerCase().replace(/[.,?]+$/, '');
const SLOT = /\{(\w+)\}(\S*)/;
const VOWELS = 'aeiou';

/** The words of a thing as they were heard; "/" is a place where the other side says something. */
function harmed(words: readonly string[], harm: Harm, chance: Chance): readonly string[] {
  const at = Math.floor(chance() * words.length);
  const inner = 1 + Math.floor(chance() * Math.max(1, words.length - 1));
  const word = words[at] ?? '';
  switch (harm) {
    case 'none':
      return words;
    case 'uncased':
      return words.map((one) => one.toLowerCase().replace(/,$/, ''));
    case 'stumbled':
      return words.length > 1 ? words.toSpliced(inner, 0, 'uh') : words;
    case 'cut':
      return words.length > 1 ? words.toSpliced(inner, 0, '/') : words;
    case 'doubled':
      return words.toSpliced(at, 0, word.replace(/,$/, ''));
    case 'misheard': {
      const heard = damageNumber(words, 'misheard', chance);
      if (heard !== words) return heard;
      // a vowel is heard as another one
      const places = [...word].flatMap((letter, n) => (VOWELS.includes(letter) ? [n] : []));
      const place = places[Math.floor(chance() * places.length)];
      if (place === undefined) return words;
      const vowel = VOWELS[(VOWELS.indexOf(word[place] ?? '') + 1) % 5];
      return words.with(at, `${word.slice(0, place)}${vowel}${word.slice(place + 1)}`);
    }
  }
}

function build(
  template: string,
  way: number,
  harm: Harm,
  chance: Chance,
  lexicon: ClassWords,
): Omit<ClassCall, 'name'> {
  const { segments, turn, say } = layTurns();
  const things: SaidThing[] = [];
  for (const line of template.split(' | ')) {
    const channel = line.startsWith('A') ? 0 : 1;
    turn(channel);
    for (const part of wordsIn(line.slice(3))) {
      const [, slot, mark = ''] = SLOT.exec(part) ?? [];
      if (!slot) {
        say(harm === 'uncased' ? part.toLowerCase().replace(/,$/, '') : part);
        continue;
      }
      const heard = harmed(wordsIn(sayThing(slot, way, chance, lexicon)), harm, chance);
      const wordsMs: number[] = [];
      const startsMs: number[] = [];
      for (const [n, word] of heard.entries()) {
        if (word === '/') {
          turn(1 - channel);
          say('Mhm.');
          turn(channel);
          continue;
        }
        const startMs = say(n === heard.length - 1 ? word + mark : word);
        wordsMs.push(startMs);
        if (!BARE.test(bareOf(word))) startsMs.push(startMs);
      }
      things.push({ slot, channel, wordsMs, startsMs, said: heard.join(' ') });
    }
  }
  return { template, harm, segments: segments.filter(({ words }) => words.length > 0), things };
}

/**
 * The calls of some templates.
 * @param times how often each template is used; ways and harms go round
 */
export function classCalls(
  templates: readonly string[],
  lexicon: ClassWords,
  times: number,
  seededChance: (seed: number) => Chance,
): ClassCall[] {
  return templates.flatMap((template, t) =>
    Array.from({ length: times }, (_, n) => {
      const chance = seededChance(1_000 * t + n);
      const harm = HARMS[(t + n) % HARMS.length] ?? 'none';
      return { name: `${t}.${n}`, ...build(template, 5 * t + n, harm, chance, lexicon) };
    }),
  );
}
