// Changing a number: how it is set at the carrier, and when it is given back. The row says how it is to be; a job makes
// it so at the carrier, and the daily look keeps it so.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT, numberEvent } from './events.ts';
import { refuseEarlyRelease } from './grace.ts';
import { checkNumberJob } from './jobs.ts';
import { nextCheck } from './number-machine.ts';
import { isNeeded, needed } from './release-number.ts';
import { seePhoneNumber } from './see-phone-number.ts';
import { readTracker } from './store.ts';
import { type PhoneNumberRow, writePhoneNumber } from './store-numbers.ts';

const SCREENINGS = ['DISABLED', 'FLAG_CALLS', 'REJECT_CALLS'] as const;

const shape = z.object({
  phoneNumberId: z.uuid(),
  callerNameLookup: z
    .boolean({ error: 'callerNameLookup is true or false; leave it out to keep it as it is.' })
    .optional(),
  callScreening: z
    .enum(SCREENINGS, { error: `callScreening takes one of ${SCREENINGS.join(', ')}.` })
    .optional(),
  releaseAt: z.date().nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Patches a number in service.
 * @param request.releaseAt a moment to come at which it is given back (of a pool: a day away at least); null = it stays
 * @returns the number; unchanged, with the same version, when the patch changes nothing. Throws Forbidden; Refused
 *   INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE.
 */
export async function updatePhoneNumber(
  { db, events, clock, jobs }: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<PhoneNumberRow> {
  authorize(viewer, 'numbers.update');
  const { phoneNumberId, expectedVersion, ...patch } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await seePhoneNumber(tx, viewer, phoneNumberId, expectedVersion);
    if (row.status !== 'ACTIVE') {
      throw policyRefused('WRONG_STATE', 'Only a number in service can be changed.', {
        field: 'phoneNumberId',
      });
    }
    const now = clock.now(accountId);
    const { releaseAt } = patch;
    if (releaseAt && releaseAt <= now) {
      throw invalidInput(
        'releaseAt',
        'releaseAt takes a moment to come. To give it back now: releasePhoneNumber.',
      );
    }
    if (releaseAt && (await isNeeded(tx, accountId, row))) throw needed('releaseAt');
    if (releaseAt && row.trackerId) {
      refuseEarlyRelease(await readTracker(tx, accountId, row.trackerId), releaseAt, now);
    }

    const before = pick(row);
    const after = {
      callerNameLookup: patch.callerNameLookup ?? row.callerNameLookup,
      callScreening: patch.callScreening ?? row.callScreening,
      releaseAt: releaseAt === undefined ? row.releaseAt : releaseAt,
    };
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (field) => String(after[field]) !== String(before[field]),
    );
    if (changed.length === 0) return row;
    const checkAt = nextCheck('ACTIVE', after.releaseAt, now);
    const version = await writePhoneNumber(tx, accountId, phoneNumberId, { ...after, checkAt });
    const updated = { ...row, ...after, version };
    await events.append(tx, accountId, [numberEvent(updated, version, now)]);
    await jobs.enqueue(tx, checkNumberJob, { accountId, phoneNumberId });
    const only = (fields: typeof after) =>
      Object.fromEntries(changed.map((field) => [field, fields[field]]));
    await audit(tx, viewer, clock, {
      action: 'updatePhoneNumber',
      subject: `phoneNumber:${phoneNumberId}`,
      before: only(before),
      after: only(after),
    });
    return updated;
  });
}

function pick({ callerNameLookup, callScreening, releaseAt }: PhoneNumberRow) {
  return { callerNameLookup, callScreening, releaseAt };
}
