// An order and the reservations of the account: a number that one of them holds is ordered through it, and by no other.
import type { Tx } from '#platform/db/index.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { findHolder, readReservation, writeReservedNumber } from './store-reservations.ts';

/**
 * Judges the order and, when a reservation is named, marks its number as ordered.
 * @throws Refused NUMBER_UNAVAILABLE when another reservation holds the number; NOT_FOUND, RESERVATION_EXPIRED,
 *   WRONG_STATE about the reservation that is named
 */
export async function takeFromReservation(
  tx: Tx,
  accountId: string,
  now: Date,
  wanted: { companyId: string; number: string; reservationId: string | null },
): Promise<void> {
  const { companyId, number, reservationId } = wanted;
  if (reservationId === null) {
    if ((await findHolder(tx, accountId, number, now)) === null) return;
    throw policyRefused(
      'NUMBER_UNAVAILABLE',
      'A reservation of this account holds this number. Name it in reservationId, or take another number.',
      { field: ['number', 'phoneNumber'] },
    );
  }
  const field = ['number', 'reservationId'];
  const reservation = await readReservation(tx, accountId, reservationId);
  if (!reservation || reservation.companyId !== companyId) {
    throw notFound(field, 'NumberReservation');
  }
  const held = reservation.numbers.find((one) => one.number === number);
  if (!held || held.state === 'REFUSED') {
    throw policyRefused('NUMBER_UNAVAILABLE', 'This reservation does not hold this number.', {
      field: ['number', 'phoneNumber'],
    });
  }
  if (reservation.releasedAt || reservation.expiresAt <= now) {
    throw policyRefused(
      'RESERVATION_EXPIRED',
      'This reservation has run out. Reserve the number again, if it is still on offer.',
      { field },
    );
  }
  if (held.state === 'HELD') {
    await writeReservedNumber(tx, accountId, reservationId, { ...held, state: 'ORDERED' });
    return;
  }
  throw policyRefused(
    'WRONG_STATE',
    held.state === 'PENDING'
      ? 'The carrier has not said yet whether it holds this number. Try again in a moment.'
      : 'This number was ordered from this reservation already.',
    { field },
  );
}
