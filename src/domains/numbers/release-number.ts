// Giving a number back: the wish in the database first, the carrier by a job (give-back-number.ts).
//
// A tracker in service keeps a number in service: its only one is given back when the tracker is disabled or has another.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { isActivePool } from './grace.ts';
import { releaseNumberJob } from './jobs.ts';
import { moveNumberIn } from './move-number.ts';
import { seePhoneNumber } from './see-phone-number.ts';
import { readTracker } from './store.ts';
import { findOtherNumber, type PhoneNumberRow } from './store-numbers.ts';

const shape = z.object({ phoneNumberId: z.uuid(), expectedVersion: z.int().nullish() });

/**
 * Gives a number back to the carrier. From this moment its calls are declined; it is RELEASED once the carrier has it.
 * @returns the number, RELEASING; one that is RELEASING or RELEASED already stays as it is. Throws Forbidden; Refused
 *   NOT_FOUND, VERSION_CONFLICT, WRONG_STATE when it is not in service, the only number of a tracker that is, or a
 *   number of a pool that is (removePoolNumber).
 */
export async function releasePhoneNumber(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<PhoneNumberRow> {
  authorize(viewer, 'numbers.release');
  const { phoneNumberId, expectedVersion } = parseInput(shape, request);
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await seePhoneNumber(tx, viewer, phoneNumberId, expectedVersion);
    if (row.status === 'RELEASING' || row.status === 'RELEASED') return row;
    if (row.status !== 'ACTIVE') {
      throw policyRefused('WRONG_STATE', 'Only a number in service can be given back.', {
        field: 'phoneNumberId',
      });
    }
    if (await isNeeded(tx, accountId, row)) throw needed('phoneNumberId');
    const tracker = row.trackerId ? await readTracker(tx, accountId, row.trackerId) : null;
    if (isActivePool(tracker)) {
      throw policyRefused(
        'WRONG_STATE',
        'A visitor may have this number of a pool before their eyes. Take it out with removePoolNumber: it is given back after the days of grace.',
        { field: 'phoneNumberId' },
      );
    }
    const released = await beginRelease(tx, platform, accountId, row);
    await audit(tx, viewer, clock, {
      action: 'releasePhoneNumber',
      subject: `phoneNumber:${phoneNumberId}`,
      before: { status: row.status },
      after: { status: released.status },
    });
    return released;
  });
}

/** Whether an active tracker would be left without a number that is there to stay. */
export async function isNeeded(
  tx: Tx,
  accountId: string,
  row: Pick<PhoneNumberRow, 'id' | 'trackerId'>,
): Promise<boolean> {
  const { id, trackerId } = row;
  const tracker = trackerId && (await readTracker(tx, accountId, trackerId));
  if (!tracker || tracker.status === 'DISABLED') return false;
  return (await findOtherNumber(tx, accountId, { id, trackerId })) === null;
}

/** The refusal that goes with isNeeded. */
export function needed(field: string) {
  return policyRefused(
    'WRONG_STATE',
    'This is the only number of a tracker in service. Disable the tracker, or replace the number, first.',
    { field },
  );
}

/** Moves an ACTIVE number to RELEASING and enqueues its return. The caller holds the account's numbers. */
export async function beginRelease(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock' | 'jobs'>,
  accountId: string,
  row: PhoneNumberRow,
): Promise<PhoneNumberRow> {
  const released = await moveNumberIn(tx, platform, accountId, row, 'RELEASE_ASKED');
  if (!released) throw new Error(`A number that is ${row.status} cannot be given back.`);
  await platform.jobs.enqueue(tx, releaseNumberJob, { accountId, phoneNumberId: row.id });
  return released;
}
