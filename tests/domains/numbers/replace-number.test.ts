// A tracker gets another number; the old one goes on for its days of grace and is then given back.
import { describe, expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import { dialledTracker } from '#domains/numbers/dialled-tracker.ts';
import { findTracker } from '#domains/numbers/find-tracker.ts';
import { giveBackNumber } from '#domains/numbers/give-back-number.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { releasePhoneNumber } from '#domains/numbers/release-number.ts';
import { replacePhoneNumber } from '#domains/numbers/replace-number.ts';
import { placeNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { updatePhoneNumber } from '#domains/numbers/update-number.ts';
import { disableTracker } from '#domains/numbers/update-tracker.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();
const DAY_MS = 86_400_000;

async function served() {
  const people = await depot.settle();
  const { tracker, phoneNumberId } = await people.serve();
  type Wish = Partial<Parameters<typeof replacePhoneNumber>[2]>;
  const replace = (wish: Wish = {}, as = people.viewer) =>
    replacePhoneNumber(depot, as, { phoneNumberId, ...wish });
  const leadsTo = async (id: string) =>
    (await findTracker(depot.db, people.accountId, (await people.number(id)).number))?.tracker.id;
  const check = (id: string) =>
    checkNumber(depot, { accountId: people.accountId, phoneNumberId: id });
  return { ...people, tracker, phoneNumberId, replace, leadsTo, check };
}

describe('replacePhoneNumber', () => {
  it('orders a number of the same area code; both lead to the tracker until the grace is over', async () => {
    const { accountId, number, replace, leadsTo, check, tracker, phoneNumberId, told } =
      await served();
    const made = await replace({ graceDays: 10 });
    expect(made).toMatchObject({ status: 'ORDERING', trackerId: tracker.id });
    expect(made.number.slice(0, 5)).toBe((await number(phoneNumberId)).number.slice(0, 5));
    expect((await number(phoneNumberId)).releaseAt).toBeNull();

    await depot.bring(accountId, made.id);
    expect([await leadsTo(made.id), await leadsTo(phoneNumberId)]).toEqual([
      tracker.id,
      tracker.id,
    ]);
    const releaseAt = new Date(depot.clock.now(accountId).getTime() + 10 * DAY_MS);
    expect((await number(phoneNumberId)).releaseAt).toEqual(releaseAt);
    expect((await told(`number:${phoneNumberId}`)).at(-1)).toMatchObject({
      subjectVersion: 3,
      payload: { status: 'ACTIVE' },
    });
    expect(await dialledTracker(depot.db, accountId, tracker.id, null)).toMatchObject({
      number: made.number,
    });

    depot.clock.advance(10 * DAY_MS - 1);
    expect(await check(phoneNumberId)).toBe('as it is to be');
    depot.clock.advance(1);
    expect(await check(phoneNumberId)).toBe('grace over');
    expect(await leadsTo(phoneNumberId)).toBeUndefined();
    expect(await giveBackNumber(depot, { accountId, phoneNumberId })).toBe('released');
    expect(await leadsTo(made.id)).toBe(tracker.id);
    expect(await number(made.id)).toMatchObject({ replacesId: phoneNumberId });
  });

  it('leaves the old number as it is when the new one cannot be had, and can be asked again', async () => {
    const { accountId, number, replace, check, phoneNumberId } = await served();
    const made = await replace({ number: { phoneNumber: '+19075550101' } });
    expect(await placeNumberOrder(depot, { accountId, phoneNumberId: made.id })).toBe('failed');
    expect(await number(phoneNumberId)).toMatchObject({ status: 'ACTIVE', releaseAt: null });
    depot.clock.advance(400 * DAY_MS);
    expect(await check(phoneNumberId)).toBe('as it is to be');
    expect(await replace()).toMatchObject({ status: 'ORDERING' });
  });

  it('gives a tracker whose order failed another number', async () => {
    const { create, numberOf, accountId, viewer, number } = await depot.settle();
    const tracker = await create({ number: { phoneNumber: '+19075550102' } });
    const { id: phoneNumberId } = await numberOf(tracker.id);
    await placeNumberOrder(depot, { accountId, phoneNumberId });
    const wanted = { phoneNumber: depot.nextNumber() };
    const made = await replacePhoneNumber(depot, viewer, { phoneNumberId, number: wanted });
    await depot.bring(accountId, made.id);
    expect(await number(made.id)).toMatchObject({ status: 'ACTIVE', trackerId: tracker.id });
    expect(await number(phoneNumberId)).toMatchObject({ status: 'FAILED' });
  });

  it('buys one number for one key, however often it is asked', async () => {
    const { replace, accountId, viewer, phoneNumberId } = await served();
    const made = await Promise.all([1, 2, 3].map(() => replace({ idempotencyKey: 'again' })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await depot.waiting('numbers.order', accountId)).toHaveLength(2);
    const away = {
      ...depot,
      carriers: { of: async () => Promise.reject(new CarrierUnreachable('No answer.')) },
    };
    const repeated = { phoneNumberId, idempotencyKey: 'again' };
    expect(await replacePhoneNumber(away, viewer, repeated)).toMatchObject({ id: made[0]?.id });
    expect(await refusalOf(replace({ idempotencyKey: 'again', graceDays: 5 }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_CONFLICT',
    });
  });

  it('is refused twice over, for a disabled tracker, a bad grace, strangers and readers', async () => {
    const { replace, viewer, otherCompanyId } = await served();
    expect(await refusalOf(replace({ graceDays: 366 }))).toMatchObject({ field: ['graceDays'] });
    expect(await refusalOf(replace({ number: { phoneNumber: 'x' } }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['number', 'phoneNumber'],
    });
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    for (const other of [(await depot.settle()).viewer, kept]) {
      expect(await refusalOf(replace({}, other))).toMatchObject({ code: 'NOT_FOUND' });
    }
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    await expect(replace({}, reader)).rejects.toThrow(/NUMBERS_WRITE/);
    await replace();
    expect(await refusalOf(replace())).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringMatching(/takes its place already/),
    });
  });

  it('is refused for a tracker out of service, and when the area code is sold out', async () => {
    const { replace, viewer, tracker, phoneNumberId } = await served();
    const line = await depot.line();
    const lineWith = (searchNumbers: NumberInventory['searchNumbers']) => ({
      ...depot,
      carriers: { of: async () => ({ ...line, searchNumbers }) },
    });
    const wish = { phoneNumberId };
    expect(
      await refusalOf(
        replacePhoneNumber(
          lineWith(async () => []),
          viewer,
          wish,
        ),
      ),
    ).toMatchObject({ code: 'NUMBER_UNAVAILABLE', field: ['number', 'phoneNumber'] });
    const down = lineWith(() => Promise.reject(new CarrierUnreachable('No answer.')));
    expect(await refusalOf(replacePhoneNumber(down, viewer, wish))).toMatchObject({
      code: 'CARRIER_REFUSED',
    });
    await disableTracker(depot, viewer, { trackerId: tracker.id });
    expect(await refusalOf(replace())).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringMatching(/no tracker in service/),
    });
  });
});

describe('the days of grace', () => {
  it('can be changed, ended at once, or called off', async () => {
    const { accountId, viewer, replace, number, phoneNumberId } = await served();
    const made = await replace({ graceDays: 10 });
    await depot.bring(accountId, made.id);
    const later = new Date(depot.clock.now(accountId).getTime() + 90 * DAY_MS);
    const put = (releaseAt: Date | null) =>
      updatePhoneNumber(depot, viewer, { phoneNumberId, releaseAt });
    expect(await put(later)).toMatchObject({ releaseAt: later });
    expect(await put(null)).toMatchObject({ releaseAt: null });
    expect(await refusalOf(put(depot.clock.now(accountId)))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['releaseAt'],
    });
    await put(later);
    expect(await releasePhoneNumber(depot, viewer, { phoneNumberId })).toMatchObject({
      status: 'RELEASING',
      releaseAt: null,
    });
    expect(
      await refusalOf(releasePhoneNumber(depot, viewer, { phoneNumberId: made.id })),
    ).toMatchObject({ code: 'WRONG_STATE' });
    expect(await number(made.id)).toMatchObject({ status: 'ACTIVE' });
  });

  it('do not end while the tracker has no other number', async () => {
    const { accountId, replace, number, check, phoneNumberId } = await served();
    const made = await replace({ graceDays: 1 });
    await depot.bring(accountId, made.id);
    // the new number is lost in another way: taken back by hand in the database's eyes
    await depot.db.prisma.phoneNumber.update({
      where: { accountId_id: { accountId, id: made.id } },
      data: { status: 'RELEASED' },
    });
    depot.clock.advance(DAY_MS);
    expect(await check(phoneNumberId)).toBe('kept: the tracker has no other number');
    expect(await number(phoneNumberId)).toMatchObject({ status: 'ACTIVE', releaseAt: null });
  });
});
