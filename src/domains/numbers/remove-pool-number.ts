// A number leaves its pool: nobody new is shown it, calls on it are answered for the days of grace, then it is given back
// as any number whose days are over (check-number.ts).
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT, numberEvent } from './events.ts';
import { DAY_MS, GRACE_DAYS, graceDaysShape, isActivePool, refuseShortGrace } from './grace.ts';
import { nextCheck } from './number-machine.ts';
import { isNeeded, needed } from './release-number.ts';
import { seePhoneNumber } from './see-phone-number.ts';
import { readTracker } from './store.ts';
import { type PhoneNumberRow, writePhoneNumber } from './store-numbers.ts';

const shape = z.object({
  phoneNumberId: z.uuid(),
  graceDays: graceDaysShape,
  expectedVersion: z.int().nullish(),
});

/**
 * Takes a number out of its pool.
 * @param request.graceDays how many days it goes on: 1 to 365; 30 when left out
 * @returns the number; one that leaves already stays as it is. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT, WRONG_STATE when it is not in service in a pool, or is the only one there.
 */
export async function removePoolNumber(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<PhoneNumberRow> {
  authorize(viewer, 'numbers.release');
  const { phoneNumberId, expectedVersion, ...given } = parseInput(shape, request);
  const graceDays = given.graceDays ?? GRACE_DAYS.usual;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await seePhoneNumber(tx, viewer, phoneNumberId, expectedVersion);
    const tracker = row.trackerId ? await readTracker(tx, accountId, row.trackerId) : null;
    if (!tracker || !isActivePool(tracker) || row.status !== 'ACTIVE') {
      throw policyRefused(
        'WRONG_STATE',
        'Only a number in service, of a session tracker in service, is taken out of a pool. Give others back with releasePhoneNumber.',
        { field: 'phoneNumberId' },
      );
    }
    refuseShortGrace(tracker, graceDays);
    if (row.releaseAt) return row;
    if (await isNeeded(tx, accountId, row)) throw needed('phoneNumberId');
    const now = clock.now(accountId);
    const releaseAt = new Date(now.getTime() + graceDays * DAY_MS);
    const checkAt = nextCheck('ACTIVE', releaseAt, now);
    const version = await writePhoneNumber(tx, accountId, phoneNumberId, { releaseAt, checkAt });
    const removed = { ...row, releaseAt, version };
    await events.append(tx, accountId, [numberEvent(removed, version, now)]);
    await audit(tx, viewer, clock, {
      action: 'removePoolNumber',
      subject: `phoneNumber:${phoneNumberId}`,
      before: { releaseAt: null },
      after: { releaseAt },
    });
    return removed;
  });
}
