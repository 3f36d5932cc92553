// Reservations of numbers at Telnyx. They run out by themselves after half an hour and can be extended; there is no
// request that ends one earlier.
import type Telnyx from 'telnyx';
import type { NumberReservation } from 'telnyx/resources/number-reservations';
import type { Carrier, CarrierReservation } from './port.ts';
import type { Ask } from './telnyx-numbers.ts';

/** documented at the carrier, for an answer that names no end */
const HELD_MS = 30 * 60_000;

/** The reservation verbs of one account's line. */
export function telnyxReservations(
  client: Telnyx,
  ask: Ask,
): Pick<Carrier, 'reserveNumbers' | 'findReservation' | 'extendReservation'> {
  return {
    async reserveNumbers(e164s, reference) {
      const { data } = await ask(() =>
        client.numberReservations.create({
          phone_numbers: e164s.map((phone_number) => ({ phone_number })),
          customer_reference: reference,
        }),
      );
      return read(data);
    },
    async findReservation(reference) {
      const page = await ask(() =>
        client.numberReservations.list({ filter: { customer_reference: reference } }),
      );
      const [found] = page.data ?? [];
      return found ? read(found) : null;
    },
    async extendReservation(id) {
      const { data } = await ask(() => client.numberReservations.actions.extend(id));
      return read(data);
    },
  };
}

function read(reservation: NumberReservation | undefined): CarrierReservation {
  if (!reservation?.id) throw new Error('The carrier made a reservation but named no id.');
  const lines = reservation.phone_numbers ?? [];
  const ends = lines.flatMap(({ expired_at, status }) =>
    expired_at && status !== 'failure' ? [Date.parse(expired_at)] : [],
  );
  const madeMs = Date.parse(reservation.created_at ?? '') || 0;
  return {
    id: reservation.id,
    // what ends first ends the whole: an order must not count on a number that is free again
    expiresAt: new Date(ends.length > 0 ? Math.min(...ends) : madeMs + HELD_MS),
    numbers: lines.flatMap(({ phone_number, status, errors }) =>
      phone_number
        ? [{ phoneNumber: phone_number, state: stateOf(status), failure: errors || null }]
        : [],
    ),
  };
}

/** The documents also call a line that could not be had `failed`. */
function stateOf(status: string | undefined): 'PENDING' | 'HELD' | 'REFUSED' {
  if (status === 'success') return 'HELD';
  return status === 'failure' || status === 'failed' ? 'REFUSED' : 'PENDING';
}
