// The job that orders numbers, to its last try and beyond.
import { describe, expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import { orderNumberHandler } from '#domains/numbers/job-handlers.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { openDepot } from './depot.ts';
import { orderedIn, shakyLineOf } from './orders.ts';

const depot = await openDepot();
const ordered = () => orderedIn(depot);
const shakyLine = (fail: Parameters<typeof shakyLineOf>[1]) => shakyLineOf(depot, fail);

describe('the job numbers.order', () => {
  const job = { id: 'job', attempt: 1, signal: new AbortController().signal };

  it('is tried again while the order is pending; at the last it stays on order, and is looked after', async () => {
    const { order, statuses, numberOf, tracker } = await ordered();
    const handler = orderNumberHandler(depot);
    const pending = await handler.run(order, job).catch((error: Error) => error);
    expect(pending).toBeInstanceOf(NotYet);
    expect(await handler.giveUp?.(order, pending)).toBe('looked after from now on');
    // the process of the last try died
    expect(await handler.giveUp?.(order, null)).toBe('looked after from now on');
    expect((await numberOf(tracker.id)).checkAt).not.toBeNull();
    await depot.fillOrders();
    expect(await checkNumber(depot, order)).toBe('order active');
    expect((await statuses()).map(([status]) => status)).toEqual(['ORDERING', 'ACTIVE']);
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
    // it never arrived: looked up each day, and no more after a week
    const day = 24 * 3_600_000;
    for (let days = 0; days <= 7; days += 1) {
      expect(await checkNumber(depot, order)).toBe('order failed');
      depot.clock.advance(day);
    }
    expect(await checkNumber(depot, order)).toBe('order failed');
    expect((await numberOf(tracker.id)).checkAt).toBeNull();
  });

  it('finds out later that an order was taken whose answers were all lost', async () => {
    const { order, statuses } = await ordered();
    const shaky = await shakyLine({ afterOrder: true });
    const handler = orderNumberHandler({ ...depot, carriers: shaky.carriers });
    const lost = await handler.run(order, job).catch((error: Error) => error);
    expect(await handler.giveUp?.(order, lost)).toBe('failed');
    await depot.fillOrders();
    expect(await checkNumber(depot, order)).toBe('order active after all');
    expect((await statuses()).map(([status]) => status)).toEqual(['ORDERING', 'FAILED', 'ACTIVE']);
    expect(await handler.giveUp?.(order, lost)).toBe('settled before');
  });
});
