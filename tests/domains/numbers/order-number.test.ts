// Orders of numbers at the carrier: placed once, looked up, ended.
import { describe, expect, it } from 'vitest';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { placeNumberOrder, settleNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { openDepot } from './depot.ts';
import { orderedIn, shakyLineOf } from './orders.ts';

const depot = await openDepot();
const ordered = () => orderedIn(depot);
const shakyLine = (fail: Parameters<typeof shakyLineOf>[1] = {}) => shakyLineOf(depot, fail);

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

  it('does not take over a number that another account has with the same customer’s key', async () => {
    const first = await ordered();
    await depot.bring(first.accountId, first.order.phoneNumberId);
    const second = await depot.settle();
    const tracker = await second.create({ number: { phoneNumber: first.number } });
    const row = await second.numberOf(tracker.id);
    const order = { accountId: second.accountId, phoneNumberId: row.id };
    expect(await placeNumberOrder(depot, order)).toBe('failed');
    expect(await second.numberOf(tracker.id)).toMatchObject({
      failure: 'The number is in use already.',
    });
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
    // whatever the carrier comes to own now belongs to the new order
    expect(await placeNumberOrder(depot, order)).toBe('settled before');
    const byHand = { accountId, phoneNumberId: 'ordered by hand' };
    expect(await settleNumberOrder(depot, byHand)).toBe('unknown number');
  });
});
