// Orders a number for a tracker, in the transaction of the verb that wants it: the row, the event, and the job that asks
// the carrier once this has committed.
import { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, policyRefused } from '#values/refusals.ts';
import { refuseTrunking } from './destination.ts';
import { numberEvent } from './events.ts';
import { orderNumberJob } from './jobs.ts';
import { nextCheck } from './number-machine.ts';
import { findLiveNumber, insertPhoneNumber } from './store-numbers.ts';
import { takeFromReservation } from './take-from-reservation.ts';

/** Where the number stands in the verb's input. */
export const NUMBER_FIELD = ['number', 'phoneNumber'];

/** The number in a verb's input: one on offer, or one that a reservation holds. */
export const wantedNumberShape = z.object({
  phoneNumber: z.string(),
  reservationId: z.uuid().nullish(),
});

/** What is ordered, and for whom. */
export interface WantedNumber {
  companyId: string;
  trackerId: string;
  /** the tracker's, E.164 */
  destination: string;
  /** E.164 */
  number: string;
  /** the reservation that holds it; null = it is on offer to everybody */
  reservationId: string | null;
  /** the number whose place it takes, and how many days that one then goes on */
  replaces?: { id: string; graceDays: number };
}

/** Reads a number that is to be ordered. Throws Refused INVALID_INPUT. */
export function readWantedNumber(text: string): string {
  const number = parsePhoneNumber(text);
  if (number) return number;
  throw invalidInput(
    NUMBER_FIELD,
    'This is not a telephone number. Take one of availablePhoneNumbers.',
  );
}

/**
 * Writes the order. The caller holds the account's numbers (NUMBERS_SUBJECT).
 * @returns the id of the number, which is ORDERING
 * @throws Refused NUMBER_UNAVAILABLE, RESERVATION_EXPIRED, NOT_FOUND (reservation), WRONG_STATE, TRUNKING_PROHIBITED
 */
export async function orderNumberIn(
  tx: Tx,
  { events, clock, jobs }: Pick<Platform, 'events' | 'clock' | 'jobs'>,
  accountId: string,
  wanted: WantedNumber,
): Promise<string> {
  const { companyId, trackerId, number, destination, replaces } = wanted;
  if (await findLiveNumber(tx, accountId, number)) {
    throw policyRefused(
      'NUMBER_UNAVAILABLE',
      'This is already a tracking number of this account. Take another of availablePhoneNumbers.',
      { field: NUMBER_FIELD },
    );
  }
  await refuseTrunking(tx, accountId, { destination, number });
  const now = clock.now(accountId);
  await takeFromReservation(tx, accountId, now, wanted);
  const id = newId();
  await insertPhoneNumber(tx, accountId, {
    id,
    companyId,
    trackerId,
    number,
    createdAt: now,
    checkAt: nextCheck('ORDERING', null, now),
    ...(replaces && { replacesId: replaces.id, graceDays: replaces.graceDays }),
  });
  const row = { id, companyId, trackerId, status: 'ORDERING' as const, problems: [] };
  await events.append(tx, accountId, [numberEvent(row, 1, now)]);
  await jobs.enqueue(tx, orderNumberJob, { accountId, phoneNumberId: id });
  return id;
}
