// A model of search that reads every call from front to back, with calls and questions for it. The words are short, so
// that typos, which have their own tests, stay out.
import fc from 'fast-check';
import { type Passage, SPEAKERS, type Speaker } from '#platform/search/index.ts';

const WORDS = ['ab', 'abc', 'b', 'bc', 'ca', '12'];
const TAGS = ['good', 'bad', 'new'];
const DAYS = 100;
export const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);

interface Clause {
  words: string[];
  negated: boolean;
  prefix: boolean;
  quoted: boolean;
  speaker: 'CALLER' | 'AGENT' | null;
}
/** What is asked, and of whom. */
export interface Question {
  clauses: Clause[];
  filter: {
    speaker: Speaker | null;
    tags: string[] | null;
    company: number | null;
    tracker: number | null;
    from: number | null;
    before: number | null;
  };
  restricted: number | null;
}
/** A call as the model knows it. */
export interface Told {
  id: string;
  company: string;
  tracker: string | null;
  tags: readonly string[];
  day: number;
  passages: readonly Passage[];
}

const word = fc.constantFrom(...WORDS);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, value);
export const call = fc.record({
  passages: fc.array(
    fc.record({
      speaker: fc.constantFrom(...SPEAKERS),
      text: fc
        .array(fc.oneof({ weight: 9, arbitrary: word }, fc.constant('[X]')), {
          minLength: 2,
          maxLength: 8,
        })
        .map((all) => all.join(' ')),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  company: fc.nat(1),
  tracker: maybe(fc.nat(1)),
  tags: fc.subarray(TAGS),
  day: fc.nat(DAYS),
});
const clause: fc.Arbitrary<Clause> = fc.record({
  words: fc.oneof(fc.tuple(word), fc.tuple(word), fc.tuple(word, word)),
  negated: fc.constantFrom(true, false, false, false),
  prefix: fc.boolean(),
  quoted: fc.boolean(),
  speaker: fc.constantFrom('CALLER', 'AGENT', null, null, null),
});
export const question: fc.Arbitrary<Question> = fc.record({
  clauses: fc.array(clause, { minLength: 1, maxLength: 3 }),
  filter: fc.record({
    speaker: maybe(fc.constantFrom(...SPEAKERS)),
    tags: maybe(fc.subarray(TAGS, { minLength: 1 })),
    company: maybe(fc.nat(1)),
    tracker: maybe(fc.nat(1)),
    from: maybe(fc.nat(DAYS)),
    before: maybe(fc.nat(DAYS)),
  }),
  restricted: maybe(fc.nat(1)),
});

/** As a person would type it; the space at the end says that nothing is left to complete. */
export function write({ words, negated, prefix, quoted, speaker }: Clause): string {
  const who = `${negated ? '-' : ''}${speaker ? `${speaker.toLowerCase()}:` : ''}`;
  if (quoted) return `${who}"${words.join(' ')}" `;
  return `${who}${words.join('.')}${prefix ? '*' : ''} `;
}

/** Does it stand in this call, said by one of these? */
function stands({ words, prefix, quoted }: Clause, passages: readonly Passage[], by: Speaker[]) {
  const last = words.length - 1;
  const begins = prefix && !quoted && (words[last]?.length ?? 0) > 1;
  return passages.some(({ speaker, text }) => {
    const said = text.split(' ');
    return (
      by.includes(speaker) &&
      said.some((_, from) =>
        words.every((wanted, n) => {
          const heard = said[from + n] ?? '';
          return heard === wanted || (begins && n === last && heard.startsWith(wanted));
        }),
      )
    );
  });
}

/** Does the model find this call? */
export function finds({ clauses }: Question, told: Told, filtered: Speaker | null): boolean {
  if (clauses.every(({ negated }) => negated)) return false;
  return clauses.every((one) => {
    const by = SPEAKERS.filter(
      (each) => (one.speaker ?? each) === each && (one.negated || (filtered ?? each) === each),
    );
    return stands(one, told.passages, by) !== one.negated;
  });
}

export const countBy = (values: readonly string[]) =>
  [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
