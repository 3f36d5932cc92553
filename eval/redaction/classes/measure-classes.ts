// What redaction made of the calls of the class templates. A thing counts as found only when no word of it that tells something
// is left; of what was hidden, a stretch counts as wrong that touches no thing that was to go.
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import type { Tally } from '../measure.ts';
import type { Chance } from '../say-number.ts';
import { type ClassCall, classCalls, type SaidThing } from './class-calls.ts';
import { DEVELOPMENT_CLASSES, FROZEN_CLASSES, type MeasuredClass } from './templates.ts';
import { DEVELOPMENT_TRAITS, FROZEN_TRAITS } from './traits.ts';
import { DEVELOPMENT_WORDS, FROZEN_WORDS } from './words.ts';

/** How often each template is used: every harm in two ways. */
export const TIMES_EACH_CLASS = 12;

/** What is to go; everything else is to stay. */
const GOES: Record<MeasuredClass, readonly string[]> = {
  PERSONAL: [
    ...['phone', 'email', 'address', 'zip', 'birth', 'name', 'age', 'childage', 'yearold'],
    ...['religion', 'believer', 'observance', 'faith', 'party', 'partisan', 'partisans'],
  ],
  MEDICAL: ['illness', 'medicine', 'treatment'],
  ALL_DIGITS: [
    ...['price', 'time', 'order', 'date', 'day', 'phone', 'quantity', 'year', 'code', 'address'],
    'percent',
  ],
};
/** Of these only words that carry a number are to go. */
const NUMBERS =
  /\d|^(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundred|thousand)[.,?]?$/i;

export interface ClassScore {
  byKind: Map<string, Tally>;
  /** of the things that were to go, the share of which nothing is left */
  recall: number;
  /** of what was hidden, the share that was of a thing that was to go */
  precision: number;
  /** of the things that were to stay, the share that did */
  kept: number;
  /** one line per thing that came out wrong */
  wrong: string[];
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

/** Redacts every call with this class beside SECURE, and counts. */
export function measureClass(wanted: MeasuredClass, calls: readonly ClassCall[]): ClassScore {
  const byKind = new Map<string, Tally>();
  const wrong: string[] = [];
  const sum = { goes: 0, gone: 0, stays: 0, stayed: 0, hidden: 0, rightly: 0 };
  for (const { segments, things, template, harm, name } of calls) {
    const redacted = redactTranscript(segments, [wanted]);
    const texts = new Map<string, string>();
    for (const { channel, words } of segments) {
      for (const { text, startMs } of words) texts.set(`${channel}:${startMs}`, text);
    }
    const left = new Set<string>();
    for (const { channel, words } of redacted.segments) {
      for (const { text, startMs } of words) {
        if (!text.startsWith('[')) left.add(`${channel}:${startMs}`);
      }
    }
    const isLeft = ({ channel }: SaidThing, ms: number) => left.has(`${channel}:${ms}`);
    for (const thing of things) {
      const { slot, said, startsMs, channel } = thing;
      const goes = GOES[wanted].includes(slot);
      const telling =
        wanted === 'ALL_DIGITS' && goes
          ? startsMs.filter((ms) => NUMBERS.test(texts.get(`${channel}:${ms}`) ?? ''))
          : startsMs;
      const lasting = telling.filter((ms) => isLeft(thing, ms)).length;
      const isRight = goes ? lasting === 0 : lasting === telling.length;
      const tally = byKind.get(slot) ?? { said: 0, right: 0 };
      byKind.set(slot, { said: tally.said + 1, right: tally.right + (isRight ? 1 : 0) });
      sum[goes ? 'goes' : 'stays'] += 1;
      if (isRight) sum[goes ? 'gone' : 'stayed'] += 1;
      else wrong.push(`${slot} ${name} (${harm}) "${said}" in: ${template}`);
    }
    for (const { channel, startMs, endMs, kind } of redacted.redactions) {
      const isWanted = things.some(
        (thing) =>
          GOES[wanted].includes(thing.slot) &&
          thing.channel === channel &&
          thing.wordsMs.some((ms) => ms >= startMs && ms < endMs),
      );
      sum.hidden += 1;
      if (isWanted) sum.rightly += 1;
      else {
        const words = [...texts].flatMap(([key, text]) => {
          const [at, ms] = key.split(':').map(Number) as [number, number];
          return at === channel && ms >= startMs && ms < endMs ? [text] : [];
        });
        wrong.push(`${kind} ${name} (${harm}) hid "${words.join(' ')}" in: ${template}`);
      }
    }
  }
  return {
    byKind,
    recall: share(sum.gone, sum.goes),
    precision: share(sum.rightly, sum.hidden),
    kept: share(sum.stayed, sum.stays),
    wrong,
  };
}

/** What is measured: a class, or a part of one that has a set of its own. */
interface MeasuredSet {
  name: string;
  wanted: MeasuredClass;
  frozen: readonly string[];
  development: readonly string[];
}

const CLASSES: readonly MeasuredClass[] = ['PERSONAL', 'MEDICAL', 'ALL_DIGITS'];
const TRAITS: MeasuredSet = {
  name: 'PERSONAL (age, religion, party)',
  wanted: 'PERSONAL',
  frozen: FROZEN_TRAITS,
  development: DEVELOPMENT_TRAITS,
};
const SETS: readonly MeasuredSet[] = [
  ...CLASSES.map((wanted) => {
    const frozen = FROZEN_CLASSES[wanted];
    return { name: wanted, wanted, frozen, development: DEVELOPMENT_CLASSES[wanted] };
  }),
  TRAITS,
];

/** Measures every set, half by half. */
export function measureClasses(seededChance: (seed: number) => Chance) {
  const words = { frozen: FROZEN_WORDS, development: DEVELOPMENT_WORDS };
  return SETS.flatMap((set) =>
    (['frozen', 'development'] as const).map((half) => {
      const calls = classCalls(set[half], words[half], TIMES_EACH_CLASS, seededChance);
      const { name, wanted } = set;
      return { name, half, calls: calls.length, score: measureClass(wanted, calls) };
    }),
  );
}
