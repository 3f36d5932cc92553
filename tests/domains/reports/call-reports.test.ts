// What calls sum up to: by source, tracker and company, over days of 23 and 25 hours, and for whom.
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const FIGURES = `calls answered missed abandoned voicemails firstTimeCallers leads goodLeads
  value { amountCents currencyCode } durationMinutes averageDurationSeconds`;
const SUMMARY = `query($range: ReportRangeInput!, $groupBy: CallGroupBy, $filter: CallReportFilter, $first: Int) {
  callSummary(range: $range, groupBy: $groupBy, filter: $filter, first: $first) {
    timeZone total { ${FIGURES} } previous { calls }
    groups { key tracker { name } company { name } figures { ${FIGURES} } }
  }
}`;
const march = { from: '2026-03-01', to: '2026-03-31' };

it('calls are summed up by source, and what changes later moves the sums', async () => {
  const town = await ledger.settle();
  const lead = await town.lead();
  const first = await town.call({
    source: 'Google',
    leadId: lead,
    firstCall: true,
    lastsSeconds: 90,
  });
  const later = await town.call({ source: 'Google', outcome: null, at: '2026-03-03T09:00:00Z' });
  const missed = await town.call({ source: 'Bing', outcome: 'ABANDONED', lastsSeconds: 10 });
  await town
    .call({ at: '2026-02-10T12:00:00Z', outcome: 'VOICEMAIL' })
    .then((id) => town.count(id));
  await town.count(first, later, missed);
  await town.count(first);

  const ask = async () =>
    (await town.ask(SUMMARY, { range: march, groupBy: 'SOURCE' })).callSummary;
  const before = await ask();
  expect(before.timeZone).toBe('America/New_York');
  expect(before.previous).toEqual({ calls: 1 });
  expect(before.total).toMatchObject({ calls: 3, answered: 1, missed: 1, abandoned: 1, leads: 1 });
  expect(before.total).toMatchObject({ durationMinutes: 100 / 60, averageDurationSeconds: 50 });
  expect(before.groups.map((one: { key: string }) => one.key)).toEqual(['Google', 'Bing']);
  expect(before.groups[0].figures).toMatchObject({ calls: 2, answered: 1, firstTimeCallers: 1 });

  const { accountId } = town;
  const { prisma } = ledger.db;
  await prisma.interaction.update({
    where: { accountId_id: { accountId, id: first } },
    data: { valueCents: 12_050n, leadStatus: 'GOOD_LEAD', sourceId: await town.sourceOf('Bing') },
  });
  await prisma.call.update({
    where: { accountId_id: { accountId, id: later } },
    data: { outcome: 'VOICEMAIL', endedAt: new Date('2026-03-03T09:00:30Z') },
  });
  await town.count(later, first);
  const after = await ask();
  expect(after.total).toMatchObject({
    ...{ calls: 3, answered: 1, missed: 1, voicemails: 1, goodLeads: 1, durationMinutes: 130 / 60 },
    value: { amountCents: 12_050, currencyCode: 'USD' },
  });
  expect(
    after.groups.map((one: { key: string; figures: { calls: number } }) => [
      one.key,
      one.figures.calls,
    ]),
  ).toEqual([
    ['Bing', 2],
    ['Google', 1],
  ]);
});

it('trackers and companies have their own sums, and a key kept to one company sees no other', async () => {
  const town = await ledger.settle();
  const [ad, poster] = [await town.tracker('Ad'), await town.tracker('Poster')];
  const calls = [
    await town.call({ trackerId: ad, source: 'Ad' }),
    await town.call({ trackerId: ad, source: 'Ad' }),
    await town.call({ trackerId: poster, source: 'Poster' }),
    await town.call({ companyId: town.otherCompanyId }),
  ];
  await town.count(...calls);
  const by = async (groupBy: string, more: object = {}, as = town.viewer) =>
    (await town.ask(SUMMARY, { range: march, groupBy, ...more }, as)).callSummary;

  const trackers = await by('TRACKER');
  const shown = ({ groups }: typeof trackers) =>
    groups.map(({ tracker, company, figures }: typeof trackers) => [
      tracker?.name ?? company?.name ?? null,
      figures.calls,
    ]);
  expect(shown(trackers)).toEqual([
    ['Ad', 2],
    ['Poster', 1],
    [null, 1],
  ]);
  expect(shown(await by('COMPANY'))).toEqual([
    ['Garage Doors', 3],
    ['Roofs', 1],
  ]);
  expect(shown(await by('TRACKER', { first: 1 }))).toEqual([['Ad', 2]]);

  const filter = { trackerIds: [encodeGlobalId('Tracker', poster)] };
  const ofPoster = await by('SOURCE', { filter });
  expect(ofPoster.total.calls).toBe(1);
  expect(ofPoster.groups).toMatchObject([{ key: 'Poster', figures: { calls: 1 } }]);

  const kept = { ...town.viewer, companyIds: [town.companyId] };
  const own = await by('COMPANY', {}, kept);
  expect(own.timeZone).toBe('America/Chicago');
  expect(own.total.calls).toBe(3);
  const roofs = { companyIds: [encodeGlobalId('Company', town.otherCompanyId)] };
  expect((await by('COMPANY', { filter: roofs }, kept)).total.calls).toBe(0);
  const blind = { ...town.viewer, scopes: ['calls:read' as const] };
  await expect(by('COMPANY', {}, blind)).rejects.toThrow('lacks the scope REPORTS_READ');
  await expect(by('COMPANY', { first: 1_001 })).rejects.toThrow('first takes 1 to 1000, not 1001');
});

it('a series holds each interval, and a day of 23 or 25 hours has its calls', async () => {
  const town = await ledger.settle();
  // New York springs from 2 to 3 on March 8: 04:59 UTC is the day before, 03:59 UTC on the 9th still the 8th
  for (const at of ['2026-03-08T04:59:59Z', '2026-03-08T05:00:00Z', '2026-03-09T03:59:59Z']) {
    await town.count(await town.call({ at }));
  }
  await town.count(await town.call({ at: '2026-03-09T04:00:00Z' }));
  const series = async (interval: string, from: string, to: string) => {
    const { callTimeSeries } = await town.ask(
      `query($range: ReportRangeInput!, $interval: ReportInterval!) {
         callTimeSeries(range: $range, interval: $interval) { startsAt endsAt figures { calls } } }`,
      { range: { from, to }, interval },
    );
    return callTimeSeries;
  };
  const callsOf = (points: { figures: { calls: number } }[]) =>
    points.map(({ figures }) => figures.calls);
  const days = await series('DAY', '2026-03-07', '2026-03-10');
  expect(callsOf(days)).toEqual([1, 2, 1, 0]);
  expect(days[1]).toMatchObject({
    startsAt: '2026-03-08T05:00:00.000Z',
    endsAt: '2026-03-09T04:00:00.000Z',
  });
  const hours = callsOf(await series('HOUR', '2026-03-08', '2026-03-08'));
  expect(hours).toHaveLength(23);
  expect([hours[0], hours[22]]).toEqual([1, 1]);
  expect(callsOf(await series('MONTH', '2026-02-01', '2026-03-31'))).toEqual([0, 4]);
  expect(await series('HOUR', '2026-02-01', '2026-03-31')).toHaveLength(59 * 24 - 1);
  await expect(series('DAY', '2026-03-10', '2026-03-07')).rejects.toThrow('range.to takes');
});
