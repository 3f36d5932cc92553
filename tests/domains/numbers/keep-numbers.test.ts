// The hourly job: every number whose time has come is looked after, once, in batches.
import { describe, expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import { keepNumbers } from '#domains/numbers/keep-numbers.ts';
import { releasePhoneNumber } from '#domains/numbers/release-number.ts';
import { placeNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { disableTracker } from '#domains/numbers/update-tracker.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();
const HOUR_MS = 3_600_000;

async function served() {
  const people = await depot.settle();
  const { tracker, phoneNumberId } = await people.serve();
  const key = { accountId: people.accountId, phoneNumberId };
  return { ...people, tracker, key, phoneNumberId, row: () => people.number(phoneNumberId) };
}

describe('numbers.keep', () => {
  it('gives each number that is due to a job, once, in batches', async () => {
    const { accountId, key, row } = await served();
    const jobs = () => depot.waiting('numbers.check', accountId);
    await keepNumbers(depot);
    expect(await jobs()).toEqual([key]);
    expect((await keepNumbers(depot)).due).toBe(0);
    await checkNumber(depot, key);
    depot.clock.advance(24 * HOUR_MS - 1);
    await keepNumbers(depot);
    expect(await jobs()).toHaveLength(1);
    depot.clock.advance(1);
    await keepNumbers(depot);
    expect(await jobs()).toHaveLength(2);
    // its job fails for good: it is due again after three hours, not after a day
    const { checkAt } = await row();
    expect(checkAt).toEqual(new Date(depot.clock.now('').getTime() + 3 * HOUR_MS));
  });

  it('works off more than one batch', async () => {
    const { companyId, accountId } = await depot.settle();
    const at = depot.clock.now(accountId);
    await keepNumbers(depot);
    await depot.db.prisma.phoneNumber.createMany({
      data: Array.from({ length: 450 }, (_, n) => ({
        accountId,
        companyId,
        id: crypto.randomUUID(),
        number: `+1907555${String(n).padStart(4, '0')}`,
        status: 'ACTIVE' as const,
        createdAt: at,
        checkAt: at,
      })),
    });
    expect((await keepNumbers(depot)).due).toBe(450);
    expect(await depot.waiting('numbers.check', accountId)).toHaveLength(450);
  });

  it('brings an order to its end that nobody told us about', async () => {
    const { create, numberOf, accountId, number } = await depot.settle();
    const { id: phoneNumberId } = await numberOf((await create()).id);
    const key = { accountId, phoneNumberId };
    expect(await placeNumberOrder(depot, key)).toBe('pending');
    depot.clock.advance(3 * HOUR_MS);
    await keepNumbers(depot);
    expect(await depot.waiting('numbers.check', accountId)).toEqual([key]);
    expect(await checkNumber(depot, key)).toBe('order pending');
    await depot.fillOrders();
    expect(await checkNumber(depot, key)).toBe('order active');
    expect(await number(phoneNumberId)).toMatchObject({ status: 'ACTIVE' });
  });

  it('brings a return to its end whose job gave up', async () => {
    const { accountId, viewer, tracker, phoneNumberId, row, key } = await served();
    await disableTracker(depot, viewer, { trackerId: tracker.id });
    await releasePhoneNumber(depot, viewer, { phoneNumberId });
    depot.clock.advance(3 * HOUR_MS);
    await keepNumbers(depot);
    expect(await depot.waiting('numbers.check', accountId)).toContainEqual(key);
    expect(await checkNumber(depot, key)).toBe('return released');
    expect(await row()).toMatchObject({ status: 'RELEASED', checkAt: null });
  });
});
