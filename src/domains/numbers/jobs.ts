// The job that gets a tracker's number from the carrier.

import { z } from 'zod';
import { defineJob, type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Inventories } from './inventory.ts';
import { failNumberOrder, type NumberOrder, placeNumberOrder } from './settle-number-order.ts';

/** Tried after 2, 4, 8 … seconds: 12 times is a bit over two hours, in which the carrier's webhook usually comes first. */
export const orderNumberJob = defineJob({
  name: 'numbers.order',
  payload: z.object({ accountId: z.uuid(), phoneNumberId: z.uuid() }),
  retryLimit: 12,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});

function failureOf(error: unknown): string {
  // an order that is filled later all the same brings the number into service: see settle-number-order.ts
  if (error instanceof NotYet) return 'The carrier has not filled the order in time.';
  const reason = error instanceof Error ? error.message : 'the worker ended';
  return `The carrier could not be asked: ${reason}`;
}

/** Orders, then asks until the number is ACTIVE or FAILED. What is still open after the last try has failed. */
export function orderNumberHandler(
  platform: Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories },
): JobHandler<NumberOrder> {
  return {
    definition: orderNumberJob,
    async run(order) {
      const outcome = await placeNumberOrder(platform, order);
      if (outcome === 'pending') throw new NotYet('the carrier has not filled the order');
      return outcome;
    },
    giveUp(order, error) {
      return failNumberOrder(platform, order, failureOf(error));
    },
  };
}
