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

/** Orders, then asks until the number is ACTIVE or FAILED. A carrier that stays out of reach to the end is a failure. */
export function orderNumberHandler(
  platform: Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories },
): JobHandler<NumberOrder> {
  return {
    definition: orderNumberJob,
    async run(order, { lastAttempt }) {
      const outcome = await placeNumberOrder(platform, order).catch((error: unknown) => {
        if (!lastAttempt) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        return failNumberOrder(platform, order, `The carrier could not be asked: ${reason}`);
      });
      if (outcome === 'pending' && !lastAttempt)
        throw new NotYet('the carrier has not filled the order');
      return outcome;
    },
  };
}
