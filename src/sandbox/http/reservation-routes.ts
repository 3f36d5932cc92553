// Reservations of numbers: made, listed, read, extended. The carrier has no request that ends one early.
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { extendReservation, reserveNumbers, shownReservation } from '../numbers/reservations.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import { pageOf, type Route } from './router.ts';

const Body = z.looseObject({
  phone_numbers: z
    .array(z.looseObject({ phone_number: z.string() }))
    .min(1)
    .max(50),
  customer_reference: z.string().optional(),
});

/** Routes under /v2/number_reservations. */
export function reservationRoutes(carrier: Carrier): Route[] {
  const { state } = carrier.store;
  const path = '/v2/number_reservations';
  const find = (id: string | undefined) => {
    const found = state.reservations.find((one) => one.id === id);
    if (!found) throw refusals.notFound('number reservation');
    return found;
  };
  return [
    {
      method: 'POST',
      path,
      handle({ body }) {
        const given = parseBody(Body, body);
        const made = reserveNumbers(carrier, {
          phoneNumbers: given.phone_numbers.map((line) => line.phone_number),
          customerReference: given.customer_reference ?? null,
        });
        return { status: 200, body: { data: shownReservation(made) } };
      },
    },
    {
      method: 'GET',
      path,
      handle({ query }) {
        const reference = query.get('filter[customer_reference]');
        const phoneNumber = query.get('filter[phone_numbers.phone_number]');
        const status = query.get('filter[status]');
        const rows = state.reservations
          .filter(
            (one) =>
              (reference === null || one.customerReference === reference) &&
              (phoneNumber === null || one.lines.some((line) => line.phoneNumber === phoneNumber)),
          )
          .map(shownReservation)
          .filter((one) => status === null || one.status === status);
        return { status: 200, body: pageOf(rows, query) };
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      handle: ({ params }) => ({ status: 200, body: { data: shownReservation(find(params.id)) } }),
    },
    {
      method: 'POST',
      path: `${path}/:id/actions/extend`,
      handle({ params }) {
        const found = find(params.id);
        extendReservation(carrier, found);
        return { status: 200, body: { data: shownReservation(found) } };
      },
    },
  ];
}
