// What a number of a text takes from the words around it: the scale of a range, and of an hour the part of the day that was
// last spoken of. Pure, and English.
import { before, type FoundNumber } from './match-number-words.ts';

const SCALED = /^(?:\S+[ -])?\S+ (hundred|thousand|million)$/;
const SCALES: Readonly<Record<string, number>> = {
  ...{ hundred: 100, thousand: 1_000, million: 1_000_000 },
};
const TO = /^\s*(?:to|or|-|–)\s*\$?$/;
const AND = /^\s*and\s*\$?$/;
const BETWEEN = /\bbetween \$?$/;

/** "Nine to twelve thousand" are 9000 and 12000. */
export function passScaleOn(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  return numbers.map((one, at) => {
    const next = numbers[at + 1];
    if (!next || !/^\d{1,3}$/.test(one.value)) return one;
    const gap = plain.slice(one.to, next.from);
    const isRange = TO.test(gap) || (AND.test(gap) && BETWEEN.test(before(plain, one.from)));
    const word = SCALED.exec(plain.slice(next.from, next.to))?.[1];
    const scale = SCALES[word ?? ''];
    const isScaled = / (?:hundred|thousand|million)$/.test(plain.slice(one.from, one.to));
    if (!isRange || !scale || isScaled || Number(one.value) >= Number(next.value) / scale)
      return one;
    const value = String(Number(one.value) * scale);
    return { ...one, value, figures: value, isSpelled: false };
  });
}

const SENTENCE_END = /[.?!]\s|\n/;
/** Behind so many sentences it may be of another day. */
const HOLDS_FOR = 3;
/** No greeting, and nothing that is over. */
const PART =
  /(?<!\b(?:good|this|last|yesterday|great|nice|lovely) )\b(?:(morning)|(afternoon)|(evening|tonight))s?\b/g;
const DENIAL = /\b(?:no|not|never|full|except|but)\b|n['’]t\b/;
const HOURS = {
  morning: /^(?:[5-9]|1[01])$/,
  afternoon: /^(?:12|[1-6])$/,
  evening: /^(?:[4-9]|1[01])$/,
};

/** Which half of the day a bare hour is likely of: "Tomorrow morning?" – "Yes, at nine." Null where both or none were told. */
function likelyHalf({ value, from }: FoundNumber, plain: string): 'am' | 'pm' | null {
  const sentences = plain.slice(Math.max(0, from - 300), from).split(SENTENCE_END);
  for (const sentence of sentences.slice(-HOLDS_FOR).reverse()) {
    const parts = new Set(
      [...sentence.matchAll(PART)].map(([, morning, afternoon]) =>
        morning ? ('morning' as const) : afternoon ? ('afternoon' as const) : ('evening' as const),
      ),
    );
    const [part] = parts;
    if (!part) continue;
    if (parts.size > 1 || DENIAL.test(sentence) || !HOURS[part].test(value)) return null;
    return part === 'morning' ? 'am' : 'pm';
  }
  return null;
}

/** Says of each hour that was told bare which half of the day it is likely of; its minutes are of the same. */
export function withLikelyHalves(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  let last: FoundNumber | undefined;
  return numbers.map((one) => {
    const isHour = one.half === null && one.unit === 'clock' && !one.isMinutes;
    const likely = one.isMinutes ? (last?.likely ?? null) : isHour ? likelyHalf(one, plain) : null;
    last = { ...one, likely };
    return last;
  });
}
