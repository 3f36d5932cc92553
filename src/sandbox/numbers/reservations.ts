// Reservations: numbers that are held for half an hour, line by line.
import { randomUUID } from 'node:crypto';
import type { NumberReservation as Shown } from 'telnyx/resources/number-reservations';
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import { ruleFor } from '../scripts/number-rule.ts';
import type { NumberReservation } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { stockOf } from './inventory.ts';

const HELD_MS = 30 * 60_000;

/** The numbers that some reservation holds now. */
export function heldNumbers({ store, clock }: Carrier): Set<string> {
  const live = store.state.reservations.filter(({ expiresMs }) => expiresMs > clock.now());
  return new Set(
    live.flatMap(({ lines }) =>
      lines.filter(({ status }) => status !== 'failure').map(({ phoneNumber }) => phoneNumber),
    ),
  );
}

/** Holds those of the numbers that can be had; a rule may have a line fail or wait. */
export function reserveNumbers(
  carrier: Carrier,
  request: { phoneNumbers: string[]; customerReference: string | null },
): NumberReservation {
  const { state } = carrier.store;
  const stock = new Set(stockOf(carrier.seed).map(({ phoneNumber }) => phoneNumber));
  const owned = new Set(state.numbers.map(({ phoneNumber }) => phoneNumber));
  const held = heldNumbers(carrier);
  const nowMs = carrier.clock.now();
  const reservation: NumberReservation = {
    id: randomUUID(),
    customerReference: request.customerReference,
    lines: request.phoneNumbers.map((phoneNumber) => {
      const canBeHad = stock.has(phoneNumber) && !owned.has(phoneNumber) && !held.has(phoneNumber);
      const status = canBeHad ? ('pending' as const) : ('failure' as const);
      return { id: randomUUID(), phoneNumber, status, error: canBeHad ? '' : 'Not available.' };
    }),
    expiresMs: nowMs + HELD_MS,
    createdMs: nowMs,
    updatedMs: nowMs,
  };
  state.reservations.push(reservation);
  for (const line of reservation.lines.filter(({ status }) => status === 'pending')) {
    const rule = ruleFor(carrier.numberRules, 'reservation', line.phoneNumber);
    const decide = () => {
      line.status = rule?.outcome ?? 'success';
      line.error = line.status === 'failure' ? 'Not available.' : '';
      carrier.store.save();
    };
    if (rule?.delaySeconds) carrier.clock.after(rule.delaySeconds * 1000, decide);
    else decide();
  }
  carrier.store.save();
  return reservation;
}

/** Holds the numbers for another half an hour. 422 when it has run out. */
export function extendReservation(carrier: Carrier, reservation: NumberReservation): void {
  const nowMs = carrier.clock.now();
  if (reservation.expiresMs <= nowMs) {
    throw refusals.invalid('/number_reservation_id', 'The reservation has expired.');
  }
  reservation.expiresMs = nowMs + HELD_MS;
  reservation.updatedMs = nowMs;
  carrier.store.save();
}

/** A reservation as the API shows it. */
export function shownReservation(reservation: NumberReservation) {
  const statuses = reservation.lines.map(({ status }) => status);
  const decided = statuses.some((status) => status === 'success') ? 'success' : 'failure';
  return {
    record_type: 'number_reservation',
    id: reservation.id,
    status: statuses.includes('pending') ? 'pending' : decided,
    phone_numbers: reservation.lines.map((line) => ({
      record_type: 'reserved_phone_number',
      id: line.id,
      phone_number: line.phoneNumber,
      status: line.status,
      errors: line.error,
      expired_at: isoTime(reservation.expiresMs),
      created_at: isoTime(reservation.createdMs),
      updated_at: isoTime(reservation.updatedMs),
    })),
    created_at: isoTime(reservation.createdMs),
    updated_at: isoTime(reservation.updatedMs),
    ...(reservation.customerReference === null
      ? {}
      : { customer_reference: reservation.customerReference }),
  } satisfies Shown;
}
