// A pool grows.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { isActivePool } from './grace.ts';
import { orderNumbersIn } from './order-number.ts';
import { poolNumbersShape, readPoolNumbers } from './pool-numbers.ts';
import { seeTracker } from './see-tracker.ts';
import { readTracker, type TrackerRow } from './store.ts';

const shape = z.object({
  trackerId: z.uuid(),
  numbers: poolNumbersShape,
  idempotencyKey: z.string().nullish(),
});

/**
 * Orders more numbers for a session tracker; they come into service one by one.
 * @returns the tracker. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (no session tracker in service),
 *   NUMBER_UNAVAILABLE, RESERVATION_EXPIRED, TRUNKING_PROHIBITED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function addPoolNumbers(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<TrackerRow> {
  authorize(viewer, 'numbers.order');
  const input = parseInput(shape, request);
  const { trackerId, idempotencyKey } = input;
  const numbers = readPoolNumbers(input.numbers);
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  await seeTracker(db.prisma, viewer, trackerId, null);
  return once(
    { db, clock },
    viewer,
    { mutation: 'addPoolNumbers', key: idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
      const tracker = await seeTracker(tx, viewer, trackerId, null);
      if (!isActivePool(tracker)) {
        throw policyRefused(
          'WRONG_STATE',
          'Only a session tracker in service takes more numbers.',
          {
            field: 'trackerId',
          },
        );
      }
      const { companyId, destination } = tracker;
      const phoneNumberIds = await orderNumbersIn(tx, platform, accountId, {
        companyId,
        trackerId,
        destination,
        numbers,
      });
      await audit(tx, viewer, clock, {
        action: 'addPoolNumbers',
        subject: `tracker:${trackerId}`,
        after: { phoneNumberIds },
      });
      return tracker;
    },
    answerById('Tracker', (tx, id) => readTracker(tx, accountId, id)),
  );
}
