// A reservation is kept for another half an hour, or given up.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import type { Inventories } from './inventory.ts';
import { type ReservationRow, readReservation, writeReservation } from './store-reservations.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;
const shape = z.object({ reservationId: z.uuid() });

/**
 * Has the carrier hold the numbers for half an hour from now.
 * @throws Forbidden; Refused NOT_FOUND, RESERVATION_EXPIRED, WRONG_STATE while the carrier has not made it,
 *   CARRIER_REFUSED
 */
export async function extendReservation(
  platform: Needs & { carriers: Inventories },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ReservationRow> {
  authorize(viewer, 'numbers.reserve');
  const { reservationId } = parseInput(shape, request);
  const { accountId } = viewer;
  const { db, clock, carriers } = platform;
  const seen = await seeReservation(db.prisma, viewer, reservationId);
  if (seen.releasedAt || seen.expiresAt <= clock.now(accountId)) throw expired();
  if (seen.carrierReservationId === null) {
    throw policyRefused(
      'WRONG_STATE',
      'The carrier has not made this reservation yet. Try again in a moment.',
      { field: 'reservationId' },
    );
  }
  const line = await carriers.of(accountId);
  const { expiresAt } = await line
    .extendReservation(seen.carrierReservationId)
    .catch((error: unknown) => {
      if (!(error instanceof CarrierRefused || error instanceof CarrierUnreachable)) throw error;
      const message = `The carrier did not extend the reservation: ${error.message}`;
      throw policyRefused('CARRIER_REFUSED', message, { field: 'reservationId' });
    });
  return change(platform, viewer, reservationId, 'extendNumberReservation', { expiresAt });
}

/**
 * Gives a reservation up: its numbers can be ordered by anybody in the account at once. The carrier knows no request for
 * it, so others can have them when the half hour is over.
 * @returns the reservation; one that was given up before stays as it is. Throws Forbidden; Refused NOT_FOUND.
 */
export async function releaseReservation(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ReservationRow> {
  authorize(viewer, 'numbers.reserve');
  const { reservationId } = parseInput(shape, request);
  const seen = await seeReservation(platform.db.prisma, viewer, reservationId);
  if (seen.releasedAt) return seen;
  const releasedAt = platform.clock.now(viewer.accountId);
  return change(platform, viewer, reservationId, 'releaseNumberReservation', { releasedAt });
}

function change(
  { db, events, clock }: Needs,
  viewer: Viewer,
  id: string,
  action: string,
  fields: Partial<Pick<ReservationRow, 'expiresAt' | 'releasedAt'>>,
): Promise<ReservationRow> {
  return db.transaction(async (tx) => {
    await events.lock(tx, viewer.accountId, [NUMBERS_SUBJECT]);
    const before = await seeReservation(tx, viewer, id);
    // given up while the carrier was asked
    if (before.releasedAt) {
      if (fields.releasedAt) return before;
      throw expired();
    }
    await writeReservation(tx, viewer.accountId, id, fields);
    const subject = `numberReservation:${id}`;
    await audit(tx, viewer, clock, { action, subject, after: fields });
    return seeReservation(tx, viewer, id);
  });
}

async function seeReservation(tx: Tx, viewer: Viewer, id: string): Promise<ReservationRow> {
  const row = await readReservation(tx, viewer.accountId, id);
  if (row && seesCompany(viewer, row.companyId)) return row;
  throw notFound('reservationId', 'NumberReservation');
}

function expired() {
  return policyRefused(
    'RESERVATION_EXPIRED',
    'This reservation has run out. Reserve the numbers again, if they are still on offer.',
    { field: 'reservationId' },
  );
}
