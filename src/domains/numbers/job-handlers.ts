// Who does this domain's jobs.
import { type AnyJobHandler, type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { checkNumber } from './check-number.ts';
import { giveBackNumber } from './give-back-number.ts';
import type { Inventories } from './inventory.ts';
import {
  checkNumberJob,
  checkRegistrationJob,
  keepNumbersJob,
  orderNumberJob,
  releaseNumberJob,
  settleReservationJob,
} from './jobs.ts';
import { keepNumbers } from './keep-numbers.ts';
import type { NumberKey } from './move-number.ts';
import { advanceRegistration, type RegistrationKey } from './registration/advance-registration.ts';
import { failNumberOrder, placeNumberOrder } from './settle-number-order.ts';
import { type ReservationKey, refuseReservation, settleReservation } from './settle-reservation.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log'> & { carriers: Inventories };

/**
 * Orders a number, then asks until it is ACTIVE or FAILED. An order that the carrier still has at the last try goes on:
 * numbers.keep looks after it. One of which the carrier cannot be asked has failed; should it have been taken all the
 * same, that is found when it is looked up later.
 */
export function orderNumberHandler(platform: Omit<Needs, 'jobs' | 'log'>): JobHandler<NumberKey> {
  return {
    definition: orderNumberJob,
    // most of it is waiting for the carrier, and a pool has hundreds
    concurrency: 4,
    async run(order) {
      const outcome = await placeNumberOrder(platform, order);
      if (outcome === 'pending') throw new NotYet('the carrier has not filled the order');
      return outcome;
    },
    async giveUp(order, error) {
      if (!(error instanceof Error) || error instanceof NotYet) return 'looked after from now on';
      const reason = `The carrier could not be asked: ${error.message}`;
      return failNumberOrder(platform, order, reason, { isUnsure: true });
    },
  };
}

/** All of this domain's handlers, for the worker that does them. */
export function numbersJobHandlers(platform: Needs): AnyJobHandler[] {
  const release: JobHandler<NumberKey> = {
    definition: releaseNumberJob,
    run: (number) => giveBackNumber(platform, number),
  };
  const check: JobHandler<NumberKey> = {
    definition: checkNumberJob,
    concurrency: 2,
    run: (number) => checkNumber(platform, number),
  };
  const register: JobHandler<RegistrationKey> = {
    definition: checkRegistrationJob,
    concurrency: 2,
    run: (registration) => advanceRegistration(platform, registration),
  };
  const settle: JobHandler<ReservationKey> = {
    definition: settleReservationJob,
    async run(reservation) {
      const outcome = await settleReservation(platform, reservation);
      if (outcome === 'pending') throw new NotYet('the carrier has not decided the reservation');
      return outcome;
    },
    giveUp: (reservation) => refuseReservation(platform, reservation),
  };
  const keep: JobHandler<Record<string, never>> = {
    definition: keepNumbersJob,
    async run() {
      const { due, registrations, dropped } = await keepNumbers(platform);
      return `${due} numbers and ${registrations} registrations due, ${dropped} reservations dropped`;
    },
  };
  return [orderNumberHandler(platform), release, check, register, settle, keep];
}
