// Calls summed up by what each of them tells: any filter gives what a count of `calls` with the same filter gives.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fact } from '#domains/reports/fact.ts';
import { momentsOf } from '#domains/reports/period.ts';
import { addShares, holdCount, readCounted, writeFacts } from '#domains/reports/store.ts';
import { sumCalls } from '#domains/reports/sum-calls.ts';
import { tally } from '#domains/reports/tally.ts';
import type { CallOutcome } from '#generated/prisma/enums.ts';
import { sqlPart } from '#platform/db/index.ts';
import { seeded } from '#tests/support/seeded.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { type NewCall, openLedger } from './ledger.ts';

const ledger = await openLedger();
const { db } = ledger;
const DAY_MS = 86_400_000;
const DAYS = { from: '2026-03-05', to: '2026-03-14', timeZone: 'America/Chicago' };
const BEFORE = { from: '2026-02-23', to: '2026-03-04', timeZone: 'America/Chicago' };
const BEGIN = Date.parse('2026-02-23T06:00:00Z');
const FIGURES = `calls answered missed abandoned voicemails firstTimeCallers leads goodLeads
  value { amountCents } durationMinutes`;
const OUTCOMES: (CallOutcome | null)[] = [
  ...(['ANSWERED', 'ANSWERED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY', 'FAILED'] as const),
  null,
];
const WORDS = { KEYWORD: 'keyword', LANDING_PAGE: 'landingPage', REFERRER: 'referrer' } as const;
const GROUPINGS = ['SOURCE', 'TRACKER', 'COMPANY', 'KEYWORD', 'LANDING_PAGE', 'REFERRER'] as const;
const TAGS = ['urgent', 'spring', 'rare'];

type Known = Required<Omit<NewCall, 'direction'>> & { fact: Fact | undefined };

/** An account with 150 calls of twenty days, those of spam and those with words of visits among them. */
async function settle() {
  const town = await ledger.settle();
  const { accountId, companyId, otherCompanyId } = town;
  const random = seeded(20_261_127);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const trackers = [await town.tracker('Ad'), await town.tracker('Poster'), null];
  const leads = await Promise.all([1, 2, 3, 4].map(() => town.lead('2026-02-01T00:00:00Z')));
  const tags = await Promise.all(
    TAGS.map(async (name) => {
      const id = randomUUID();
      const createdAt = new Date(BEGIN);
      await db.prisma.tag.create({ data: { accountId, id, companyId, name, createdAt } });
      return id;
    }),
  );
  const given = new Map<string, Omit<Known, 'fact'>>();
  for (let n = 0; n < 150; n += 1) {
    const call = {
      at: new Date(BEGIN + Math.floor(random() * 20 * DAY_MS)).toISOString(),
      leadId: random() < 0.3 ? pick(leads) : null,
      source: pick(['Google', 'Bing', null]),
      trackerId: pick(trackers),
      outcome: pick(OUTCOMES),
      lastsSeconds: Math.floor(random() * 300),
      firstCall: random() < 0.4,
      valueCents: random() < 0.3 ? BigInt(Math.floor(random() * 50_000)) : null,
      leadStatus: pick(['NOT_SCORED', 'GOOD_LEAD', 'NOT_A_LEAD'] as const),
      companyId: pick([companyId, companyId, otherCompanyId]),
    };
    const id = await town.call({ ...call, direction: pick(['INBOUND', 'OUTBOUND']) });
    given.set(id, call);
    const tagged = tags.filter(() => random() < 0.2);
    await db.prisma.interactionTag.createMany({
      data: tagged.map((tagId) => ({
        ...{ accountId, interactionId: id, tagId },
        taggedAt: new Date(),
      })),
    });
  }
  const ids = [...given.keys()];
  const spam = ids.slice(0, 5);
  await db.prisma.call.updateMany({ where: { accountId, id: { in: spam } }, data: { spam: true } });
  await town.count(...ids);
  // as if visits had told them
  await db.transaction(async (tx) => {
    await holdCount(tx, accountId);
    const rows = await readCounted(tx, accountId, ids);
    const words = () => pick(['', 'garage door', 'opener']);
    const told = rows.map((row) => ({
      ...row,
      fact: { ...row.fact, keyword: words(), landingPage: words(), referrer: words() },
    }));
    const changes = rows.map(({ fact }, n) => ({ before: fact, after: told[n]?.fact ?? null }));
    await addShares(tx, accountId, tally(changes));
    await writeFacts(tx, accountId, told);
  });
  const counted = await db.prisma.reportFact.findMany({ where: { accountId } });
  const facts = new Map(counted.map(({ id, fact }) => [id, fact as unknown as Fact]));
  const known = new Map([...given].map(([id, call]) => [id, { ...call, fact: facts.get(id) }]));
  return { town, known };
}
const { town, known } = await settle();

/** What a filter finds among `calls`, as it is known here; what is not counted is left out. */
async function found(filter: object, days: Days) {
  const [startedFrom, startedBefore] = momentsOf(days, 'ALL').map((at) =>
    new Date(at).toISOString(),
  );
  const { calls } = await town.ask(
    'query($filter: CallFilter) { calls(first: 100, filter: $filter) { totalCount nodes { id } } }',
    { filter: { ...filter, startedFrom, startedBefore } },
  );
  expect(calls.nodes).toHaveLength(calls.totalCount);
  return calls.nodes
    .map(({ id }: { id: string }) => known.get(decodeGlobalId(id)?.id ?? ''))
    .filter((call: Known | undefined) => call?.fact) as Known[];
}
type Days = typeof DAYS;

/** What calls come to, counted by hand. */
function figuresOf(calls: readonly Known[]) {
  const those = (...outcomes: CallOutcome[]) =>
    calls.filter(({ outcome }) => outcome && outcomes.includes(outcome)).length;
  const seconds = calls.map(({ outcome, lastsSeconds }) => (outcome ? lastsSeconds : 0));
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  return {
    calls: calls.length,
    answered: those('ANSWERED'),
    missed: those('MISSED', 'ABANDONED', 'BUSY', 'FAILED'),
    abandoned: those('ABANDONED'),
    voicemails: those('VOICEMAIL'),
    firstTimeCallers: calls.filter(({ firstCall }) => firstCall).length,
    leads: sum(calls.map(({ fact }) => fact?.adds.leads ?? 0)),
    goodLeads: calls.filter(({ leadStatus }) => leadStatus === 'GOOD_LEAD').length,
    value: { amountCents: sum(calls.map(({ valueCents }) => Number(valueCents ?? 0))) },
    durationMinutes: sum(seconds) / 60,
  };
}

const SUMMARY = `query($range: ReportRangeInput!, $groupBy: CallGroupBy, $filter: CallReportFilter) {
  callSummary(range: $range, groupBy: $groupBy, filter: $filter) {
    total { ${FIGURES} } previous { ${FIGURES} }
    groups { key tracker { id } company { id } figures { ${FIGURES} } }
  }
  callTimeSeries(range: $range, interval: DAY, filter: $filter) { startsAt endsAt figures { ${FIGURES} } }
}`;

it('any filter gives the figures of the calls that it finds, in groups and over time', {
  timeout: 60_000,
}, async () => {
  const sourceIds = [await town.sourceOf('Google'), await town.sourceOf('Bing')];
  const idsOf = (type: string, ids: (string | null)[]) =>
    fc.subarray(
      ids.flatMap((id) => (id ? [encodeGlobalId(type, id)] : [])),
      { minLength: 1 },
    );
  const trackers = [...new Set([...known.values()].map(({ trackerId }) => trackerId))];
  const filters = fc
    .record(
      {
        companyIds: idsOf('Company', [town.companyId, town.otherCompanyId]),
        trackerIds: idsOf('Tracker', trackers),
        directions: fc.subarray(['INBOUND', 'OUTBOUND'], { minLength: 1 }),
        outcomes: fc.subarray(['ANSWERED', 'MISSED', 'VOICEMAIL', 'FAILED']),
        leadStatuses: fc.subarray(['NOT_SCORED', 'GOOD_LEAD', 'NOT_A_LEAD'], { minLength: 1 }),
        tags: fc.subarray([...TAGS, 'none'], { minLength: 1 }),
        firstCall: fc.boolean(),
        sourceIds: idsOf('Source', sourceIds),
        minSeconds: fc.integer({ min: 0, max: 120 }),
        maxSeconds: fc.integer({ min: 60, max: 300 }),
      },
      { requiredKeys: [] },
    )
    .filter((filter) => Object.keys(filter).length < 5);
  let filled = 0;
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom(...GROUPINGS), async (filter, groupBy) => {
      const told = await town.ask(SUMMARY, { range: DAYS, groupBy, filter });
      const calls = await found(filter, DAYS);
      filled += calls.length > 3 ? 1 : 0;
      expect(told.callSummary.total).toEqual(figuresOf(calls));
      expect(told.callSummary.previous).toEqual(figuresOf(await found(filter, BEFORE)));
      const keyOf = ({ source, trackerId, companyId, fact }: Known) => {
        if (groupBy === 'SOURCE') return source;
        if (groupBy === 'TRACKER') return trackerId && encodeGlobalId('Tracker', trackerId);
        if (groupBy === 'COMPANY') return encodeGlobalId('Company', companyId);
        return fact?.[WORDS[groupBy]] || null;
      };
      const groups = [...Map.groupBy(calls, keyOf)].map(([key, ones]) => [key, figuresOf(ones)]);
      const shown = told.callSummary.groups.map((group: Shown) => [
        group.key ?? group.tracker?.id ?? group.company?.id ?? null,
        group.figures,
      ]);
      expect(new Map(shown)).toEqual(new Map(groups as [string | null, object][]));
      for (const { startsAt, endsAt, figures } of told.callTimeSeries) {
        const within = calls.filter(({ at }) => at >= startsAt && at < endsAt);
        expect(figures).toEqual(figuresOf(within));
      }
    }),
    { numRuns: 60, seed: 20_261_127, endOnFailure: true },
  );
  expect(filled).toBeGreaterThan(20);
});
type Shown = Record<'tracker' | 'company', { id: string } | null> & {
  key: string;
  figures: object;
};

it('a filter that every call fits gives what the report without it gives', async () => {
  const filter = { directions: ['INBOUND', 'OUTBOUND'] };
  for (const groupBy of [...GROUPINGS, 'MEDIUM', 'CAMPAIGN']) {
    const unfiltered = await town.ask(SUMMARY, { range: DAYS, groupBy });
    expect(unfiltered.callSummary.total.calls).toBeGreaterThan(50);
    expect(await town.ask(SUMMARY, { range: DAYS, groupBy, filter })).toEqual(unfiltered);
  }
});

it('calls are looked through some at a time, and more than can be are refused', async () => {
  const { accountId, companyId, otherCompanyId } = town;
  const wish = {
    ...{ accountId, kinds: [], cuts: [], trackerIds: null, moments: momentsOf(DAYS, 'DAY') },
    companyIds: [companyId, otherCompanyId],
  };
  const sum = (bounds?: { most: number; slice: number }) =>
    sumCalls<number>(db, wish, sqlPart`true`, sqlPart`b.n`, bounds);
  const whole = await sum();
  expect(whole.size).toBe(10);
  expect(await sum({ most: 150, slice: 4 })).toEqual(whole);
  await expect(sum({ most: 20, slice: 4 })).rejects.toThrow(
    'at most 20 calls, and there are more from 2026-03-05T06:00:00.000Z to 2026-03-15T05:00:00.000Z. Ask for fewer days',
  );
});
