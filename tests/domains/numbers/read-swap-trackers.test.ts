// What a website is told of a company's trackers: those in service, with the numbers that visitors may be shown.
import { expect, it } from 'vitest';
import { createSessionTracker } from '#domains/numbers/create-session-tracker.ts';
import {
  type PoolMatch,
  readSwapMark,
  readSwapTrackers,
  type SwapTracker,
  type TrackerMatch,
} from '#domains/numbers/index.ts';
import { removePoolNumber } from '#domains/numbers/remove-pool-number.ts';
import { replacePhoneNumber } from '#domains/numbers/replace-number.ts';
import { disableTracker } from '#domains/numbers/update-tracker.ts';
import { BUSINESS, openDepot } from './depot.ts';

const depot = await openDepot();
const byName = (trackers: SwapTracker[], name: string) =>
  trackers.find((tracker) => tracker.name === name);

it('tells source trackers and pools, oldest first, each with its numbers in service', async () => {
  const { create, serve, accountId, companyId, viewer } = await depot.settle();
  const match: TrackerMatch = { kind: 'SEARCH', engine: 'GOOGLE', searchType: 'PAID' };
  const served = await serve({ name: 'Ad', match, swapTargets: ['(415) 555-0100', BUSINESS] });
  depot.clock.advance(1_000);
  await create({ name: 'On order', match: { kind: 'ALWAYS' } });
  depot.clock.advance(1_000);
  const [one, two] = [depot.nextNumber(), depot.nextNumber()];
  const poolMatch: PoolMatch = {
    direct: false,
    searches: [],
    landings: ['/doors'],
    referrers: [],
    inverted: true,
  };
  const pool = await createSessionTracker(depot, viewer, {
    companyId,
    name: 'Website',
    destination: BUSINESS,
    numbers: [{ phoneNumber: one }, { phoneNumber: two }],
    poolMatch,
  });
  const ordered = await depot.db.prisma.phoneNumber.findMany({
    where: { accountId, trackerId: pool.id },
    orderBy: { id: 'asc' },
  });
  for (const { id } of ordered) await depot.bring(accountId, id);

  const told = await readSwapTrackers(depot.db, accountId, companyId);
  const [{ number = '' } = {}] = await depot.db.prisma.phoneNumber.findMany({
    where: { accountId, trackerId: served.tracker.id },
  });
  expect(told).toEqual([
    {
      id: served.tracker.id,
      name: 'Ad',
      type: 'SOURCE',
      createdAt: served.tracker.createdAt,
      source: {
        id: served.tracker.sourceId,
        name: 'Google Ads',
        medium: 'cpc',
        campaign: 'spring',
      },
      targets: ['+14155550100', BUSINESS],
      match,
      poolMatch: null,
      numbers: [{ id: served.phoneNumberId, number, takesTexts: true }],
      overflow: null,
    },
    expect.objectContaining({ name: 'On order', targets: [BUSINESS], numbers: [] }),
    {
      id: pool.id,
      name: 'Website',
      type: 'SESSION',
      createdAt: pool.createdAt,
      source: { id: pool.sourceId, name: 'Website', medium: '', campaign: '' },
      targets: [BUSINESS],
      match: null,
      poolMatch,
      numbers: [
        { id: ordered[0]?.id, number: one, takesTexts: true },
        { id: ordered[1]?.id, number: two, takesTexts: true },
      ],
      overflow: 'ORIGINAL_NUMBER',
    },
  ]);
  // the same inside a transaction
  expect(await depot.db.transaction((tx) => readSwapTrackers(tx, accountId, companyId))).toEqual(
    told,
  );

  await removePoolNumber(depot, viewer, { phoneNumberId: ordered[0]?.id ?? '' });
  const later = await readSwapTrackers(depot.db, accountId, companyId);
  expect(byName(later, 'Website')?.numbers).toEqual([
    { id: ordered[1]?.id, number: two, takesTexts: true },
  ]);
});

it('tells the number that took another one’s place, from the moment that it is in service', async () => {
  const { serve, accountId, companyId, viewer } = await depot.settle();
  const { phoneNumberId } = await serve();
  const shown = async () => {
    const [tracker] = await readSwapTrackers(depot.db, accountId, companyId);
    return tracker?.numbers.map(({ id }) => id);
  };
  const fresh = await replacePhoneNumber(depot, viewer, { phoneNumberId });
  expect(await shown()).toEqual([phoneNumberId]);
  await depot.bring(accountId, fresh.id);
  expect(await shown()).toEqual([fresh.id]);
});

it('tells nothing of trackers out of service, other companies and accounts, or a disabled company', async () => {
  const { create, serve, accountId, companyId, otherCompanyId, viewer } = await depot.settle();
  const off = await create();
  await disableTracker(depot, viewer, { trackerId: off.id });
  await serve({ name: 'On' });
  const names = async (account: string, company: string) =>
    (await readSwapTrackers(depot.db, account, company)).map(({ name }) => name);
  const stranger = await depot.settle();
  expect(await names(accountId, companyId)).toEqual(['On']);
  expect(await names(accountId, otherCompanyId)).toEqual([]);
  expect(await names(stranger.accountId, companyId)).toEqual([]);
  await depot.db.prisma.company.update({
    where: { accountId_id: { accountId, id: companyId } },
    data: { status: 'DISABLED' },
  });
  expect(await names(accountId, companyId)).toEqual([]);
});

it('has another mark after each change of what it tells, and the same one without', async () => {
  const { create, serve, accountId, companyId, viewer } = await depot.settle();
  const { db } = depot;
  const marks = [await readSwapMark(db, accountId, companyId)];
  const changed = async (change: () => Promise<unknown>) => {
    await change();
    const mark = await readSwapMark(db, accountId, companyId);
    expect(marks).not.toContain(mark);
    expect(await readSwapMark(db, accountId, companyId)).toBe(mark);
    marks.push(mark);
  };
  const served = await serve({ name: 'Ad' });
  await changed(async () => {});
  let on = served.tracker;
  await changed(async () => {
    on = await create({ name: 'On order', match: { kind: 'ALWAYS' } });
  });
  const { tracker } = served;
  const where = { accountId_id: { accountId, id: tracker.id } };
  await changed(() => db.prisma.tracker.update({ where, data: { name: 'Other' } }));
  await changed(() =>
    db.prisma.source.update({
      where: { accountId_id: { accountId, id: tracker.sourceId } },
      data: { campaign: 'spring' },
    }),
  );
  await changed(() => disableTracker(depot, viewer, { trackerId: on.id }));
  const { phoneNumberId } = served;
  await changed(async () => {
    const fresh = await replacePhoneNumber(depot, viewer, { phoneNumberId });
    await depot.bring(accountId, fresh.id);
  });
});
