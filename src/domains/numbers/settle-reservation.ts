// What became of a reservation at the carrier: looked up under our reference, made when there is none, written down.
import type { CarrierReservation } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isFinal } from './carrier-word.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import type { Inventories } from './inventory.ts';
import {
  type ReservationRow,
  readReservation,
  writeReservation,
  writeReservedNumber,
} from './store-reservations.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'> & { carriers: Inventories };

export interface ReservationKey {
  accountId: string;
  reservationId: string;
}

/**
 * Asks the carrier about a reservation whose numbers are not all decided.
 * @throws CarrierUnreachable, or CarrierRefused for a refused key: try again, nothing is reserved twice
 */
export async function settleReservation(
  platform: Needs,
  { accountId, reservationId }: ReservationKey,
): Promise<'settled' | 'pending' | 'settled before' | 'unknown reservation'> {
  const row = await readReservation(platform.db.prisma, accountId, reservationId);
  if (!row) return 'unknown reservation';
  if (!row.numbers.some(({ state }) => state === 'PENDING')) return 'settled before';
  const line = await platform.carriers.of(accountId);
  const found = await line.findReservation(reservationId);
  const made = found ?? (await reserve(platform, accountId, row));
  const isOpen = await writeDown(platform, accountId, reservationId, made);
  return isOpen ? 'pending' : 'settled';
}

/** Gives up the numbers that the carrier never decided. */
export async function refuseReservation(
  platform: Needs,
  { accountId, reservationId }: ReservationKey,
): Promise<'given up'> {
  const refused = 'The carrier did not say in time whether it holds this number.';
  await writeDown(platform, accountId, reservationId, { refused });
  return 'given up';
}

async function reserve(
  platform: Needs,
  accountId: string,
  { id, numbers }: ReservationRow,
): Promise<CarrierReservation | { refused: string }> {
  const line = await platform.carriers.of(accountId);
  try {
    return await line.reserveNumbers(
      numbers.map(({ number }) => number),
      id,
    );
  } catch (error) {
    if (!isFinal(error)) throw error;
    const found = await line.findReservation(id);
    return found ?? { refused: error.message };
  }
}

/** Writes what the carrier said of numbers that are undecided. True while some still are. */
function writeDown(
  { db, events }: Needs,
  accountId: string,
  reservationId: string,
  told: CarrierReservation | { refused: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const row = await readReservation(tx, accountId, reservationId);
    if (!row) return false;
    let isOpen = false;
    for (const { number } of row.numbers.filter(({ state }) => state === 'PENDING')) {
      const line =
        'refused' in told ? null : told.numbers.find((one) => one.phoneNumber === number);
      const state = line?.state ?? 'REFUSED';
      isOpen ||= state === 'PENDING';
      const failure = 'refused' in told ? told.refused : (line?.failure ?? null);
      await writeReservedNumber(tx, accountId, reservationId, {
        number,
        state,
        failure: state === 'REFUSED' ? (failure ?? 'The carrier did not hold it.') : null,
      });
    }
    const { carrierReservationId, expiresAt } =
      'refused' in told ? row : { carrierReservationId: told.id, expiresAt: told.expiresAt };
    await writeReservation(tx, accountId, reservationId, { carrierReservationId, expiresAt });
    return isOpen;
  });
}
