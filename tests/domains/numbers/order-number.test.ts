// Orders of numbers at the carrier: placed once, looked up, ended.
import { describe, expect, it } from 'vitest';
import { orderNumberHandler } from '#domains/numbers/index.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { searchNumbers } from '#domains/numbers/search-numbers.ts';
import { placeNumberOrder, settleNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

async function ordered() {
  const people = await depot.settle();
  const tracker = await people.create();
  const { id, number } = await people.numberOf(tracker.id);
  const order = { accountId: people.accountId, phoneNumberId: id };
  const statuses = async () =>
    (await people.told(`number:${id}`)).map(({ payload, subjectVersion }) => [
      (payload as { status: string }).status,
      subjectVersion,
    ]);
  return { ...people, tracker, number, order, statuses };
}

/** The real line, counting orders and failing where it is told to. */
async function shakyLine(fail: { afterOrder?: boolean; beforeOrder?: Error } = {}) {
  const line = await depot.line();
  let orders = 0;
  const shaky: NumberInventory = {
    ...line,
    async orderNumber(e164, reference) {
      if (fail.beforeOrder) throw fail.beforeOrder;
      orders += 1;
      const answer = await line.orderNumber(e164, reference);
      if (fail.afterOrder) throw new CarrierUnreachable('The line broke.');
      return answer;
    },
  };
  return { carriers: { of: async () => shaky }, orders: () => orders, fail };
}

describe('an order', () => {
  it('is placed once, waits, and ends ACTIVE with the carrier’s id', async () => {
    const { order, statuses, numberOf, tracker } = await ordered();
    const shaky = await shakyLine();
    const platform = { ...depot, carriers: shaky.carriers };
    expect(await placeNumberOrder(platform, order)).toBe('pending');
    expect(await placeNumberOrder(platform, order)).toBe('pending');
    expect(shaky.orders()).toBe(1);
    await depot.fillOrders();
    expect(await settleNumberOrder(platform, order)).toBe('active');
    expect(await placeNumberOrder(platform, order)).toBe('settled before');
    expect(await statuses()).toEqual([
      ['ORDERING', 1],
      ['ACTIVE', 2],
    ]);
    const row = await numberOf(tracker.id);
    expect(row).toMatchObject({ status: 'ACTIVE', failure: null });
    expect(await (await depot.line()).findOwnedNumber(row.number)).toEqual({
      id: row.carrierNumberId,
    });
  });

  it('is not sent again when its answer was lost', async () => {
    const { order } = await ordered();
    const shaky = await shakyLine({ afterOrder: true });
    const platform = { ...depot, carriers: shaky.carriers };
    await expect(placeNumberOrder(platform, order)).rejects.toThrow(CarrierUnreachable);
    shaky.fail.afterOrder = false;
    expect(await placeNumberOrder(platform, order)).toBe('pending');
    await depot.fillOrders();
    expect(await placeNumberOrder(platform, order)).toBe('active');
    expect(shaky.orders()).toBe(1);
  });

  it('is not placed for a number that is owned already', async () => {
    const { order, number } = await ordered();
    await (await depot.line()).orderNumber(number, 'by hand');
    await depot.fillOrders();
    const shaky = await shakyLine();
    expect(await placeNumberOrder({ ...depot, carriers: shaky.carriers }, order)).toBe('active');
    expect(shaky.orders()).toBe(0);
  });

  it('is never placed by the webhook’s look', async () => {
    const { order } = await ordered();
    const shaky = await shakyLine();
    expect(await settleNumberOrder({ ...depot, carriers: shaky.carriers }, order)).toBe('pending');
    expect(shaky.orders()).toBe(0);
  });

  it('ends ACTIVE once when job and webhook look at the same moment', async () => {
    const { order, statuses } = await ordered();
    await placeNumberOrder(depot, order);
    await depot.fillOrders();
    const outcomes = await Promise.all([
      settleNumberOrder(depot, order),
      placeNumberOrder(depot, order),
      settleNumberOrder(depot, order),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'active')).toHaveLength(1);
    expect(await statuses()).toHaveLength(2);
  });

  it('does not fail when two tries race and the carrier refuses the slower one', async () => {
    const { order, statuses } = await ordered();
    const line = await depot.line();
    let bothLooked = () => {};
    const looked = new Promise<void>((resolve) => {
      bothLooked = resolve;
    });
    let looks = 0;
    const slow: NumberInventory = {
      ...line,
      // neither orders before both have seen that there is no order yet
      async findOrder(reference) {
        const found = await line.findOrder(reference);
        looks += 1;
        if (looks === 2) bothLooked();
        await looked;
        return found;
      },
    };
    const platform = { ...depot, carriers: { of: async () => slow } };
    const outcomes = await Promise.all([
      placeNumberOrder(platform, order),
      placeNumberOrder(platform, order),
    ]);
    expect(outcomes).toEqual(['pending', 'pending']);
    await depot.fillOrders();
    await settleNumberOrder(depot, order);
    expect(await statuses()).toEqual([
      ['ORDERING', 1],
      ['ACTIVE', 2],
    ]);
  });

  it('ends FAILED with the carrier’s reason when the number is not for sale; it can be ordered anew', async () => {
    const { create, numberOf, accountId, told } = await depot.settle();
    // the sandbox sells nothing in Alaska
    const number = { phoneNumber: '+19075550100' };
    const tracker = await create({ number });
    const row = await numberOf(tracker.id);
    const order = { accountId, phoneNumberId: row.id };
    expect(await placeNumberOrder(depot, order)).toBe('failed');
    expect(await numberOf(tracker.id)).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(/^The carrier refused the order: .*not for sale/),
    });
    expect((await told(`number:${row.id}`)).at(-1)).toMatchObject({
      subjectVersion: 2,
      payload: { status: 'FAILED' },
    });
    const again = await create({ number });
    expect((await numberOf(again.id)).id).not.toBe(row.id);
    expect(await placeNumberOrder(depot, order)).toBe('unknown number');
    const byHand = { accountId, phoneNumberId: 'ordered by hand' };
    expect(await settleNumberOrder(depot, byHand)).toBe('unknown number');
  });
});

describe('the job numbers.order', () => {
  const job = { id: 'job', attempt: 1, signal: new AbortController().signal };

  it('is tried again while the order is pending; given up, it fails until the carrier fills it after all', async () => {
    const { order, statuses, numberOf, tracker } = await ordered();
    const handler = orderNumberHandler(depot);
    const pending = await handler.run(order, job).catch((error: Error) => error);
    expect(pending).toBeInstanceOf(NotYet);
    expect(await handler.giveUp?.(order, pending)).toBe('failed');
    const { failure } = await numberOf(tracker.id);
    expect(failure).toBe('The carrier has not filled the order in time.');
    await depot.fillOrders();
    expect(await settleNumberOrder(depot, order)).toBe('active');
    // the last try's process may have died, and its job is put away late
    expect(await handler.giveUp?.(order, null)).toBe('settled before');
    expect((await statuses()).map(([status]) => status)).toEqual(['ORDERING', 'FAILED', 'ACTIVE']);
  });

  it('fails the number when the carrier stays out of reach to the last try', async () => {
    const { order, statuses, numberOf, tracker } = await ordered();
    const broken = await shakyLine({ beforeOrder: new CarrierUnreachable('No answer.') });
    const handler = orderNumberHandler({ ...depot, carriers: broken.carriers });
    const lost = await handler.run(order, job).catch((error: Error) => error);
    expect(lost).toMatchObject({ message: 'No answer.' });
    expect(await statuses()).toHaveLength(1);
    expect(await handler.giveUp?.(order, lost)).toBe('failed');
    expect(await numberOf(tracker.id)).toMatchObject({
      failure: 'The carrier could not be asked: No answer.',
    });
  });
});

describe('searchNumbers', () => {
  it('keeps the area code, prefers a neighbour’s, finds places and toll-free numbers', async () => {
    const { viewer } = await depot.settle();
    const starts = async (request: Parameters<typeof searchNumbers>[2]) => {
      const offers = await searchNumbers(depot, viewer, request);
      expect(offers.length).toBeGreaterThan(0);
      return [...new Set(offers.map(({ phoneNumber }) => phoneNumber.slice(0, 5)))];
    };
    expect(await starts({ areaCode: '512' })).toEqual(['+1512']);
    expect(await starts({ near: '+13035550111' })).toEqual(['+1303']);
    expect((await starts({ near: '(907) 555-0111' })).length).toBeGreaterThan(0);
    expect(await starts({ near: 'Chicago' })).toEqual(['+1312']);
    expect((await starts({ tollFree: true })).every((start) => /^\+18/.test(start))).toBe(true);
    expect(await searchNumbers(depot, viewer, { areaCode: '907' })).toEqual([]);
  });

  it('refuses a bad area code, a missing scope and a carrier out of reach', async () => {
    const { viewer } = await depot.settle();
    expect(await refusalOf(searchNumbers(depot, viewer, { areaCode: '12' }))).toMatchObject({
      field: ['areaCode'],
    });
    const reader = { ...viewer, scopes: ['calls:read' as const] };
    await expect(searchNumbers(depot, reader, {})).rejects.toThrow(/numbers:read/);
    const down = {
      of: async () => ({
        ...(await depot.line()),
        searchNumbers: () => Promise.reject(new CarrierUnreachable('No answer.')),
      }),
    };
    expect(await refusalOf(searchNumbers({ carriers: down }, viewer, {}))).toMatchObject({
      code: 'CARRIER_REFUSED',
    });
  });
});
