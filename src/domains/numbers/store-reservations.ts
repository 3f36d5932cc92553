// The tables number_reservation and reserved_number: the only place that writes them.
import type { ReservedNumberState } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';

export interface ReservedNumberRow {
  /** E.164 */
  number: string;
  state: ReservedNumberState;
  failure: string | null;
}

export interface ReservationRow {
  id: string;
  companyId: string;
  /** null until the carrier has made it */
  carrierReservationId: string | null;
  expiresAt: Date;
  releasedAt: Date | null;
  version: number;
  createdAt: Date;
  /** in the order of the numbers */
  numbers: ReservedNumberRow[];
}

/** What the API reads of a reservation. */
export const RESERVATION_COLUMNS = {
  id: true,
  companyId: true,
  carrierReservationId: true,
  expiresAt: true,
  releasedAt: true,
  version: true,
  createdAt: true,
  numbers: {
    orderBy: { number: 'asc' },
    select: { number: true, state: true, failure: true },
  },
} as const;

/** One reservation of the account, or null. */
export function readReservation(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<ReservationRow | null> {
  return tx.numberReservation.findUnique({
    where: { accountId_id: { accountId, id } },
    select: RESERVATION_COLUMNS,
  });
}

/** Those of the account's reservations with these ids, in any order. */
export function readReservations(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<ReservationRow[]> {
  return tx.numberReservation.findMany({
    where: { accountId, id: { in: [...ids] } },
    select: RESERVATION_COLUMNS,
  });
}

/** Those of these numbers (E.164) that a reservation of the account holds now, or is about to. */
export async function findHeld(
  tx: Tx,
  accountId: string,
  numbers: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.reservedNumber.findMany({
    where: {
      accountId,
      number: { in: [...numbers] },
      state: { in: ['PENDING', 'HELD'] },
      reservation: { releasedAt: null, expiresAt: { gt: now } },
    },
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/** Writes a new reservation of which the carrier has not been told. */
export async function insertReservation(
  tx: Tx,
  accountId: string,
  row: Pick<ReservationRow, 'id' | 'companyId' | 'expiresAt' | 'createdAt'>,
  numbers: readonly string[],
): Promise<void> {
  await tx.numberReservation.create({ data: { accountId, ...row } });
  await tx.reservedNumber.createMany({
    data: numbers.map((number) => ({
      accountId,
      reservationId: row.id,
      number,
      state: 'PENDING' as const,
    })),
  });
}

/** Writes fields of a reservation and raises its version. */
export async function writeReservation(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Pick<ReservationRow, 'carrierReservationId' | 'expiresAt' | 'releasedAt'>>,
): Promise<void> {
  await tx.numberReservation.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** Writes what became of one number of a reservation. */
export async function writeReservedNumber(
  tx: Tx,
  accountId: string,
  reservationId: string,
  { number, state, failure }: ReservedNumberRow,
): Promise<void> {
  await tx.reservedNumber.update({
    where: {
      accountId_reservationId_number: { accountId, reservationId, number },
    },
    data: { state, failure },
  });
}

/** Writes that these numbers, each of its reservation, were ordered. */
export async function writeOrderedNumbers(
  tx: Tx,
  accountId: string,
  ordered: readonly { reservationId: string; number: string }[],
): Promise<void> {
  if (ordered.length === 0) return;
  await tx.reservedNumber.updateMany({
    where: {
      accountId,
      OR: ordered.map(({ reservationId, number }) => ({ reservationId, number })),
    },
    data: { state: 'ORDERED' },
  });
}

/** Deletes reservations of all accounts that ran out before a moment; returns how many, at most `limit`. */
export async function deleteReservations(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = await tx.numberReservation.findMany({
    where: { expiresAt: { lt: before } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
  const { count } = await tx.numberReservation.deleteMany({
    where: {
      accountId: { in: old.map(({ accountId }) => accountId) },
      id: { in: old.map(({ id }) => id) },
    },
  });
  return count;
}
