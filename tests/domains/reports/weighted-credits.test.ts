// Credit by weights of one's own: to the millionth that of the models which give the same, and that of a count by hand.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CreditModel, type PlaceWeights, shareCredit } from '#domains/attribution/index.ts';
import { attributionReport } from '#domains/reports/attribution-report.ts';
import { CREDIT_CUTS, type Fact, NONE, WHOLE } from '#domains/reports/fact.ts';
import { shareManySided } from '#domains/reports/many-sided.ts';
import { addMeasures, type Measures, NOTHING } from '#domains/reports/measures.ts';
import { momentsOf } from '#domains/reports/period.ts';
import type { CreditGroupBy } from '#domains/reports/read-credits.ts';
import { addShares, holdCount, writeFacts } from '#domains/reports/store.ts';
import { tally } from '#domains/reports/tally.ts';
import { seeded } from '#tests/support/seeded.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { db } = ledger;
const BEGIN = Date.parse('2026-03-01T05:00:00Z');
const DAY_MS = 86_400_000;
const KINDS = ['CALL', 'FORM', 'CONVERSATION', 'CHAT'] as const;
const RANGES = [
  { from: '2026-03-01', to: '2026-03-31' },
  { from: '2026-03-07', to: '2026-03-09' },
];
const GROUPINGS: CreditGroupBy[] = ['SOURCE', 'MEDIUM', 'CAMPAIGN', 'KEYWORD', 'COMPANY'];
/** '' stands for none. */
const SOURCES = [
  { SOURCE: 'Google', MEDIUM: 'cpc', CAMPAIGN: 'Spring' },
  { SOURCE: 'GOOGLE', MEDIUM: 'CPC', CAMPAIGN: '' },
  { SOURCE: 'Bing', MEDIUM: 'cpc', CAMPAIGN: 'spring' },
  { SOURCE: 'Mail', MEDIUM: '', CAMPAIGN: 'Letter' },
];
const nobody = { SOURCE: '', MEDIUM: '', CAMPAIGN: '' };

/** Interactions with one to five touchpoints, of leads that were made and qualified at any of them, or at none. */
function draw(random: () => number, companyIds: string[], sourceIds: string[]): Fact {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const placeOf = (length: number, chance: number) =>
    random() < chance ? Math.floor(random() * length) : null;
  // one source and one keyword alone are as common as several
  const [few, words] = random() < 0.5 ? [[pick(sourceIds)], ['door']] : [sourceIds, ['', 'door']];
  const touches = Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({
    ...{ id: randomUUID(), sourceId: random() < 0.05 ? NONE : pick(few) },
    keyword: random() < 0.1 ? 'garage door' : pick(words),
  }));
  const journey = {
    at: touches.map((_touch, n) => BEGIN + n * DAY_MS),
    leadCreated: placeOf(touches.length, 0.8),
    qualified: placeOf(touches.length, 0.4),
  };
  const credits = Object.fromEntries(CREDIT_CUTS.map((cut) => [cut, shareCredit(cut, journey)]));
  const adds = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, 0])) as Fact['adds'];
  const is = (chance: number) => (random() < chance ? 1 : 0);
  return {
    ...{ kind: pick(KINDS), companyId: pick(companyIds), trackerId: null, sessionId: null },
    ...{ sourceId: null, keyword: '', landingPage: '', referrer: '', touches },
    occurredAt: new Date(BEGIN + Math.floor(random() * 30 * DAY_MS)).toISOString(),
    adds: {
      ...{ ...adds, interactions: 1, leads: is(0.6), goodLeads: is(0.2), answered: is(0.5) },
      valueCents: Math.floor(random() * 100_000),
    },
    credits: credits as Fact['credits'],
  };
}

/** An account with 160 of them, and with costs of a source and of a name that is none. */
async function settle() {
  const town = await ledger.settle();
  const { accountId, companyId, otherCompanyId } = town;
  const named = new Map([[NONE, nobody]]);
  for (const one of SOURCES) {
    named.set(await town.sourceOf(one.SOURCE, one.MEDIUM, one.CAMPAIGN), one);
  }
  const sourceIds = [...named.keys()].filter((id) => id !== NONE);
  const random = seeded(20_261_127);
  const facts = Array.from({ length: 160 }, () =>
    draw(random, [companyId, otherCompanyId], sourceIds),
  );
  for (let n = 0; n < facts.length; n += 20) {
    const some = facts.slice(n, n + 20);
    await db.transaction(async (tx) => {
      await holdCount(tx, accountId);
      await addShares(tx, accountId, tally(some.map((after) => ({ before: null, after }))));
      const rows = some.map((fact) => ({ id: randomUUID(), leadId: null, touches: 0, fact }));
      await writeFacts(tx, accountId, rows);
    });
  }
  const rows = ['google', 'Radio'].map((source) => ({
    ...{ source, date: '2026-03-08', amountCents: 700, currencyCode: 'USD' },
  }));
  const input = { companyId: encodeGlobalId('Company', companyId), importKey: 'ads', rows };
  await town.ask(
    'mutation($input: ImportCostsInput!) { importCosts(input: $input) { userErrors { message } } }',
    { input },
  );
  const ask = (model: CreditModel | PlaceWeights, groupBy: CreditGroupBy, range = RANGES[0]) =>
    attributionReport(ledger, town.viewer, { model, groupBy, range: range as Range, first: 50 });
  return { town, facts, named, ask };
}
type Range = { from: string; to: string };

const { town, facts, named, ask } = await settle();

/** Weights of these places alone. */
const only = (some: Partial<PlaceWeights>): PlaceWeights => ({
  ...{ first: 0, leadCreated: 0, qualified: 0, last: 0, others: 0, ...some },
});
const ALIKE: [CreditModel, Partial<PlaceWeights>][] = [
  ['FIRST_TOUCH', { first: 100 }],
  ['LAST_TOUCH', { last: 1 }],
  ['LEAD_CREATION', { leadCreated: 7 }],
  ['QUALIFIED', { qualified: 100 }],
  ['FIFTY_FIFTY', { first: 50, leadCreated: 50 }],
  ['W_SHAPED', { first: 30, leadCreated: 30, qualified: 30, others: 10 }],
  ['POSITION_BASED', { first: 40, last: 40, others: 20 }],
  ['LINEAR', { others: 100 }],
];

it('weights give, group by group, what the model of the same weights gives', {
  timeout: 60_000,
}, async () => {
  for (const [model, weights] of ALIKE) {
    for (const groupBy of GROUPINGS) {
      for (const range of RANGES) {
        const expected = await ask(model, groupBy, range);
        expect(expected.groups.length).toBeGreaterThan(1);
        expect(await ask(only(weights), groupBy, range)).toEqual(expected);
      }
    }
  }
});

/** The same by hand, without costs: by their names in lower case. */
function count(weights: PlaceWeights, by: CreditGroupBy) {
  const groups = new Map<string, Measures>();
  for (const { companyId, touches, credits, adds } of facts) {
    const placeOf = (cut: 'LEAD_CREATION' | 'QUALIFIED') => {
      const place = credits[cut].indexOf(1_000_000);
      return place < 0 ? null : place;
    };
    const [leadCreated, qualified] = [placeOf('LEAD_CREATION'), placeOf('QUALIFIED')];
    const shares = shareCredit(weights, { at: touches.map(() => 0), leadCreated, qualified });
    const rest = 1_000_000 - shares.reduce((sum, one) => sum + one, 0);
    const sums = Object.fromEntries(
      Object.entries(adds).map(([name, value]) => [name, BigInt(value)]),
    ) as Measures;
    for (const [n, share] of [...shares, rest].entries()) {
      const { sourceId, keyword } = touches[n] ?? { sourceId: NONE, keyword: '' };
      const source = named.get(sourceId) ?? nobody;
      const key = by === 'COMPANY' ? companyId : by === 'KEYWORD' ? keyword : source[by];
      const before = groups.get(key.toLowerCase()) ?? NOTHING;
      groups.set(key.toLowerCase(), addMeasures(before, sums, BigInt(share)));
    }
  }
  return new Map([...groups].filter(([, { interactions }]) => interactions > 0n));
}

it('any weights give what a count by hand gives, and all groups together each interaction once', {
  timeout: 60_000,
}, async () => {
  const weight = fc.constantFrom(0, 0, 1, 33, 100);
  const weights = fc
    .record({ first: weight, leadCreated: weight, qualified: weight, last: weight, others: weight })
    .filter((one) => Object.values(one).some((each) => each > 0));
  await fc.assert(
    fc.asyncProperty(weights, fc.constantFrom(...GROUPINGS), async (wish, by) => {
      const { total, groups } = await ask(wish, by);
      const credited = groups.filter(({ sums }) => sums.interactions > 0n);
      const told = credited.map(({ key, sums }) => [(key ?? '').toLowerCase(), sums] as const);
      expect(new Map(told)).toEqual(count(wish, by));
      const all = credited.reduce((sum, { sums }) => addMeasures(sum, sums, 1n), NOTHING);
      expect(all).toEqual(total.sums);
      expect(all.interactions).toBe(BigInt(facts.length) * WHOLE);
    }),
    { numRuns: 60, seed: 20_261_127, endOnFailure: true },
  );
});

it('weights are refused beside a model, when all are 0, and where too much would have to be read', async () => {
  const askFor = async (args: string) =>
    (
      await town.ask(
        `{ attributionReport(${args} groupBy: SOURCE, range: { from: "2026-03-01", to: "2026-03-31" }) {
             groups { key figures { interactionMillionths leadMillionths cost { amountCents } } } } }`,
      )
    ).attributionReport;
  const given = (first: number) =>
    `weights: { first: ${first}, leadCreated: 0, qualified: 0, last: 0, others: 0 }`;
  expect(await askFor('')).toEqual(await askFor(given(3)));
  await expect(askFor(`model: LINEAR, ${given(1)}`)).rejects.toThrow('model or weights, not both');
  await expect(askFor(given(101))).rejects.toThrow('weights.first takes 0 to 100, not 101');
  await expect(askFor(given(0))).rejects.toThrow('weights takes at least one above 0');

  const { accountId, companyId } = town;
  const range = { ...(RANGES[0] as Range), timeZone: 'America/New_York' };
  const wish = {
    ...{ accountId, companyIds: [companyId], kinds: [], cuts: [], trackerIds: null },
    moments: momentsOf(range, 'ALL'),
  };
  await expect(shareManySided(db, wish, only({ first: 1 }), 'sourceId', 20)).rejects.toThrow(
    'at most 20 interactions that more than one source or keyword brought',
  );
});
