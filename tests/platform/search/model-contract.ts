// An engine beside a model that reads every call from front to back: whatever is asked, both find the same and count the
// same. The words are short, so that typos, which have their own tests, stay out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Passage, type SearchFilter, SPEAKERS, type Speaker } from '#platform/search/index.ts';
import type { openLibrary } from './library.ts';

// a smaller example would cost as much again for each step of the way to it
const SETTINGS = { seed: 20_261_125, numRuns: 5, endOnFailure: true };
const CALLS = 16;
const QUESTIONS = 30;
const WORDS = ['ab', 'abc', 'b', 'bc', 'ca', '12'];
const TAGS = ['good', 'bad', 'new'];
const DAYS = 100;
const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);

interface Clause {
  words: string[];
  negated: boolean;
  prefix: boolean;
  quoted: boolean;
  speaker: 'CALLER' | 'AGENT' | null;
}
interface Question {
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
interface Told {
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
const call = fc.record({
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
const question: fc.Arbitrary<Question> = fc.record({
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
function write({ words, negated, prefix, quoted, speaker }: Clause): string {
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

function finds({ clauses }: Question, told: Told, filtered: Speaker | null): boolean {
  if (clauses.every(({ negated }) => negated)) return false;
  return clauses.every((one) => {
    const by = SPEAKERS.filter(
      (each) => (one.speaker ?? each) === each && (one.negated || (filtered ?? each) === each),
    );
    return stands(one, told.passages, by) !== one.negated;
  });
}

const countBy = (values: readonly string[]) =>
  [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

/** Describes an engine by its agreement with the model. */
export function describeAgainstModel(library: ReturnType<typeof openLibrary>): void {
  describe('beside a model', () => {
    it('finds and counts the same', { timeout: 180_000 }, async () => {
      let found = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(call, { minLength: CALLS, maxLength: CALLS }),
          fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS }),
          async (calls, questions) => {
            const account = await library.openAccount();
            const companies = [account.companyId, account.otherCompanyId] as const;
            const trackers = [account.trackerId, account.otherTrackerId] as const;
            const told: Told[] = [];
            for (const one of calls) {
              const facts = {
                companyId: companies[one.company as 0 | 1],
                trackerId: one.tracker === null ? null : trackers[one.tracker as 0 | 1],
                tags: one.tags,
              };
              const { id, passages } = await account.write({
                ...facts,
                says: one.passages,
                occurredAt: day(one.day),
              });
              told.push({
                id,
                company: facts.companyId,
                tracker: facts.trackerId,
                tags: one.tags,
                day: one.day,
                passages,
              });
            }
            for (const asked of questions) {
              const { speaker, tags, company, tracker, from, before } = asked.filter;
              const filter: SearchFilter = {
                speaker,
                tags,
                companyIds: company === null ? null : [companies[company as 0 | 1]],
                trackerIds: tracker === null ? null : [trackers[tracker as 0 | 1]],
                occurredFrom: from === null ? null : day(from),
                occurredBefore: before === null ? null : day(before),
              };
              const restricted =
                asked.restricted === null ? null : [companies[asked.restricted as 0 | 1]];
              const within = told.filter(
                (one) =>
                  (restricted?.includes(one.company) ?? true) &&
                  (filter.companyIds?.includes(one.company) ?? true) &&
                  (filter.trackerIds?.includes(one.tracker ?? '') ?? true) &&
                  (tags === null || one.tags.some((name) => tags.includes(name))) &&
                  (from === null || one.day >= from) &&
                  (before === null || one.day < before),
              );
              const wanted = within
                .filter((one) => finds(asked, one, speaker))
                .sort((a, b) => b.day - a.day || (a.id < b.id ? 1 : -1));
              const query = asked.clauses.map(write).join('');
              const as = { companyIds: restricted };
              const got = await account.search(query, filter, as);
              expect([query, filter, got.hits.map(({ id }) => id), got.total]).toEqual([
                query,
                filter,
                wanted.map(({ id }) => id),
                wanted.length,
              ]);
              found += wanted.length;
              const bySpeaker = SPEAKERS.filter((one) => (speaker ?? one) === one).flatMap((one) =>
                wanted.filter((hit) => finds(asked, hit, one)).map(() => one as string),
              );
              expect([query, filter, await account.facets(query, filter, as)]).toEqual([
                query,
                filter,
                {
                  companyIds: countBy(wanted.map((one) => one.company)),
                  trackerIds: countBy(wanted.flatMap((one) => one.tracker ?? [])),
                  tags: countBy(wanted.flatMap((one) => one.tags)),
                  months: countBy(
                    wanted.map((one) => `${day(one.day).toISOString().slice(0, 7)}-01`),
                  ).sort((a, b) => (a.value < b.value ? 1 : -1)),
                  speakers: countBy(bySpeaker),
                },
              ]);
            }
          },
        ),
        SETTINGS,
      );
      expect(found).toBeGreaterThan(100);
    });

    it('no string breaks out of its account, or breaks anything', {
      timeout: 120_000,
    }, async () => {
      const [mine, theirs] = [await library.openAccount(), await library.openAccount()];
      const own = new Set([(await mine.write('caller: plumber ab 12 or and not')).id]);
      await theirs.write('caller: plumber ab 12 or and not');
      const part = fc.constantFrom(
        '"',
        '-',
        '*',
        ':*',
        'caller:',
        ' ',
        'ab',
        'plumber',
        'plumer',
        "'",
        "''",
        '|',
        '&',
        '!',
        '<->',
        '(',
        ')',
        '\\',
        '%',
        '_',
        '$1',
        ';--',
        '“',
        '\0',
        '\ud800',
        'é',
        '[X]',
        '12',
      );
      const text = fc.oneof(
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
        fc.string({ unit: 'binary', maxLength: 60 }),
      );
      let found = 0;
      await fc.assert(
        fc.asyncProperty(text, async (query) => {
          const { hits, total } = await mine.search(query);
          found += hits.length;
          expect(total).toBe(hits.length);
          for (const { id } of hits) expect(own).toContain(id);
          for (const { value } of (await mine.facets(query)).companyIds) {
            expect(value).toBe(mine.companyId);
          }
        }),
        { ...SETTINGS, numRuns: 200 },
      );
      expect(found).toBeGreaterThan(10);
    });
  });
}
