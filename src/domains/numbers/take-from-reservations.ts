// Orders and the reservations of the account: a number that one of them holds is ordered through it, and by no other.
import type { Tx } from '#platform/db/index.ts';
import { notFound, policyRefused, type Refused, refuseAll } from '#values/refusals.ts';
import type { WantedNumber } from './order-number.ts';
import {
  findHeld,
  type ReservationRow,
  readReservations,
  writeOrderedNumbers,
} from './store-reservations.ts';

/**
 * Judges the orders and, where reservations are named, marks their numbers as ordered.
 * @throws Refused NUMBER_UNAVAILABLE when another reservation holds a number; NOT_FOUND, RESERVATION_EXPIRED,
 *   WRONG_STATE about a reservation that is named
 */
export async function takeFromReservations(
  tx: Tx,
  accountId: string,
  now: Date,
  order: { companyId: string; numbers: readonly WantedNumber[] },
): Promise<void> {
  const free = order.numbers.filter(({ reservationId }) => reservationId === null);
  const held = new Set(
    await findHeld(
      tx,
      accountId,
      free.map(({ number }) => number),
      now,
    ),
  );
  const reserved = order.numbers.flatMap(({ number, reservationId, field }) =>
    reservationId === null ? [] : [{ number, reservationId, field }],
  );
  const ids = [...new Set(reserved.map(({ reservationId }) => reservationId))];
  const reservations = new Map(
    (await readReservations(tx, accountId, ids)).map((row) => [row.id, row]),
  );
  refuseAll([
    ...free.filter(({ number }) => held.has(number)).map(({ field }) => heldByAnother(field)),
    ...reserved.flatMap((wanted) => {
      const reservation = reservations.get(wanted.reservationId);
      const isOurs = reservation?.companyId === order.companyId;
      return judge(isOurs ? reservation : null, wanted, now) ?? [];
    }),
  ]);
  await writeOrderedNumbers(tx, accountId, reserved);
}

function heldByAnother(field: readonly string[]): Refused {
  return policyRefused(
    'NUMBER_UNAVAILABLE',
    'A reservation of this account holds this number. Name it in reservationId, or take another number.',
    { field: [...field, 'phoneNumber'] },
  );
}

/** Why the number cannot be ordered through the reservation; null when it can. */
function judge(
  reservation: ReservationRow | null,
  wanted: Pick<WantedNumber, 'number' | 'field'>,
  now: Date,
): Refused | null {
  const field = [...wanted.field, 'reservationId'];
  if (!reservation) return notFound(field, 'NumberReservation');
  const held = reservation.numbers.find(({ number }) => number === wanted.number);
  if (!held || held.state === 'REFUSED') {
    return policyRefused('NUMBER_UNAVAILABLE', 'This reservation does not hold this number.', {
      field: [...wanted.field, 'phoneNumber'],
    });
  }
  if (reservation.releasedAt || reservation.expiresAt <= now) {
    return policyRefused(
      'RESERVATION_EXPIRED',
      'This reservation has run out. Reserve the number again, if it is still on offer.',
      { field },
    );
  }
  if (held.state === 'HELD') return null;
  return policyRefused(
    'WRONG_STATE',
    held.state === 'PENDING'
      ? 'The carrier has not said yet whether it holds this number. Try again in a moment.'
      : 'This number was ordered from this reservation already.',
    { field },
  );
}
