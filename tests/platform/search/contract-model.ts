// An engine beside the model: whatever is asked, both find the same and count the same; and no string breaks out of its
// account.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchFilter, SPEAKERS } from '#platform/search/index.ts';
import type { Library } from './library.ts';
import { call, countBy, day, finds, question, type Told, write } from './model.ts';

// a smaller example would cost as much again for each step of the way to it
const SETTINGS = { seed: 20_261_125, numRuns: 5, endOnFailure: true };
const CALLS = 16;
const QUESTIONS = 30;

/** Describes an engine by its agreement with the model. */
export function describeModel(library: Library): void {
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
            const judged: { query: string; filter: SearchFilter; ids: string[] }[] = [];
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
              expect([query, filter, got.hits.map(({ id }) => id), await got.total()]).toEqual([
                query,
                filter,
                wanted.map(({ id }) => id),
                { count: wanted.length, isExact: true },
              ]);
              found += wanted.length;
              if (!restricted) judged.push({ query, filter, ids: wanted.map(({ id }) => id) });
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
            for (const { id } of told) {
              expect(await account.judge(id, judged)).toEqual(
                judged.map(({ ids }) => ids.includes(id)),
              );
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
          expect(await total()).toEqual({ count: hits.length, isExact: true });
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
