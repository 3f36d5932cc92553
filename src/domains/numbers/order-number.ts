// Orders numbers for a tracker, in the transaction of the verb that wants them: the rows, the events, and the jobs that
// ask the carrier once this has committed. One number or three hundred take the same few statements.
import { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, policyRefused, refuseAll } from '#values/refusals.ts';
import { refuseTrunking } from './destination.ts';
import { numberEvent } from './events.ts';
import { orderNumberJob } from './jobs.ts';
import { nextCheck } from './number-machine.ts';
import { findLiveNumbers, insertPhoneNumbers } from './store-numbers.ts';
import { takeFromReservations } from './take-from-reservations.ts';

/** A number in a verb's input: one on offer, or one that a reservation holds. */
export const wantedNumberShape = z.object({
  phoneNumber: z.string(),
  reservationId: z.uuid().nullish(),
});

/** A number that is to be ordered. */
export interface WantedNumber {
  /** E.164 */
  number: string;
  /** the reservation that holds it; null = it is on offer to everybody */
  reservationId: string | null;
  /** where it stands in the verb's input */
  field: readonly string[];
}

/** What is ordered, and for whom. */
export interface NumberOrder {
  companyId: string;
  trackerId: string;
  /** the tracker's, E.164 */
  destination: string;
  /** each once */
  numbers: readonly WantedNumber[];
  /** the number whose place the one that is ordered takes, and how many days that one then goes on */
  replaces?: { id: string; graceDays: number };
}

/**
 * Reads a number that is to be ordered.
 * @param field where it stands in the verb's input
 * @throws Refused INVALID_INPUT
 */
export function readWantedNumber(
  { phoneNumber, reservationId }: z.output<typeof wantedNumberShape>,
  field: readonly string[],
): WantedNumber {
  const number = parsePhoneNumber(phoneNumber);
  if (number) return { number, reservationId: reservationId ?? null, field };
  throw invalidInput(
    [...field, 'phoneNumber'],
    'This is not a telephone number. Take one of availablePhoneNumbers.',
  );
}

/**
 * Writes the orders. The caller holds the account's numbers (NUMBERS_SUBJECT).
 * @returns the ids of the numbers, which are ORDERING, in the order of the wishes
 * @throws Refused NUMBER_UNAVAILABLE, RESERVATION_EXPIRED, NOT_FOUND (reservation), WRONG_STATE, TRUNKING_PROHIBITED;
 *   then none is ordered
 */
export async function orderNumbersIn(
  tx: Tx,
  { events, clock, jobs }: Pick<Platform, 'events' | 'clock' | 'jobs'>,
  accountId: string,
  order: NumberOrder,
): Promise<string[]> {
  const { companyId, trackerId, numbers, destination, replaces } = order;
  await refuseOwned(tx, accountId, numbers);
  await refuseTrunking(tx, accountId, { destination, numbers });
  const now = clock.now(accountId);
  await takeFromReservations(tx, accountId, now, order);
  const rows = numbers.map(({ number }) => ({
    id: newId(),
    trackerId,
    number,
    replacesId: replaces?.id ?? null,
    graceDays: replaces?.graceDays ?? null,
    checkAt: nextCheck('ORDERING', null, now),
    createdAt: now,
  }));
  await insertPhoneNumbers(tx, accountId, rows);
  const told = rows.map((row) =>
    numberEvent({ ...row, companyId, status: 'ORDERING', problems: [] }, 1, now),
  );
  await events.append(tx, accountId, told);
  const ids = rows.map(({ id }) => id);
  await jobs.enqueueAll(
    tx,
    orderNumberJob,
    ids.map((phoneNumberId) => ({ accountId, phoneNumberId })),
  );
  return ids;
}

async function refuseOwned(
  tx: Tx,
  accountId: string,
  wanted: readonly WantedNumber[],
): Promise<void> {
  const numbers = wanted.map(({ number }) => number);
  const owned = new Set(await findLiveNumbers(tx, accountId, numbers));
  const message =
    'This is already a tracking number of this account. Take another of availablePhoneNumbers.';
  refuseAll(
    wanted
      .filter(({ number }) => owned.has(number))
      .map(({ field }) =>
        policyRefused('NUMBER_UNAVAILABLE', message, { field: [...field, 'phoneNumber'] }),
      ),
  );
}
