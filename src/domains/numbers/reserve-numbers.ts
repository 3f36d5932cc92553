// Reserving numbers: the row first, then the carrier is asked under the row's id, at once for the person who waits and
// by a job when that fails. Nothing is reserved twice, and what nobody orders runs out by itself.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, notFound, policyRefused, refuseAll } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import type { Inventories } from './inventory.ts';
import { settleReservationJob } from './jobs.ts';
import { settleReservation } from './settle-reservation.ts';
import { findLiveNumbers } from './store-numbers.ts';
import {
  findHeld,
  insertReservation,
  type ReservationRow,
  readReservation,
} from './store-reservations.ts';

export const MOST_RESERVED = 10;
/** what the carrier gives; its own word on the end follows */
const HELD_MS = 30 * 60_000;
/** the job looks when the one who reserved should have had the answer */
const JOB_AFTER_MS = 15_000;

const shape = z.object({
  companyId: z.uuid(),
  phoneNumbers: z
    .array(z.string())
    .min(1, 'phoneNumbers takes at least one number.')
    .max(MOST_RESERVED, `phoneNumbers takes at most ${MOST_RESERVED} numbers at a time.`),
  idempotencyKey: z.string().nullish(),
});

/**
 * Has the carrier hold numbers for half an hour.
 * @param request.phoneNumbers 1 to 10, in any usual spelling
 * @returns the reservation, each number HELD or REFUSED, or PENDING while the carrier has not decided. Throws Forbidden;
 *   Refused INVALID_INPUT, NOT_FOUND (company), NUMBER_UNAVAILABLE, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function reserveNumbers(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log'> & { carriers: Inventories },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ReservationRow> {
  authorize(viewer, 'numbers.reserve');
  const { companyId, phoneNumbers, idempotencyKey } = parseInput(shape, request);
  authorize(viewer, 'numbers.reserve', companyId);
  const numbers = [...new Set(phoneNumbers.map(readNumber))];
  const { db, events, clock, jobs, log } = platform;
  const { accountId } = viewer;
  const reservation = await once(
    { db, clock },
    viewer,
    {
      mutation: 'reservePhoneNumbers',
      key: idempotencyKey,
      request: { companyId, phoneNumbers },
    },
    async (tx) => {
      await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
      const key = { accountId_id: { accountId, id: companyId } };
      if (!(await tx.company.findUnique({ where: key, select: { id: true } }))) {
        throw notFound('companyId', 'Company');
      }
      const now = clock.now(accountId);
      const taken = new Set([
        ...(await findLiveNumbers(tx, accountId, numbers)),
        ...(await findHeld(tx, accountId, numbers, now)),
      ]);
      const message = 'This number is a tracking number of this account or reserved by it already.';
      refuseAll(
        numbers.flatMap((number, n) =>
          taken.has(number)
            ? policyRefused('NUMBER_UNAVAILABLE', message, { field: ['phoneNumbers', String(n)] })
            : [],
        ),
      );
      const id = newId();
      const expiresAt = new Date(now.getTime() + HELD_MS);
      await insertReservation(tx, accountId, { id, companyId, expiresAt, createdAt: now }, numbers);
      const startAfter = new Date(now.getTime() + JOB_AFTER_MS);
      await jobs.enqueue(
        tx,
        settleReservationJob,
        { accountId, reservationId: id },
        { startAfter },
      );
      await audit(tx, viewer, clock, {
        action: 'reservePhoneNumbers',
        subject: `numberReservation:${id}`,
        after: { companyId, count: numbers.length },
      });
      const made = await readReservation(tx, accountId, id);
      if (!made) throw new Error('A reservation that was just written cannot be read.');
      return made;
    },
    answerById('NumberReservation', (tx, id) => readReservation(tx, accountId, id)),
  );
  const { id } = reservation;
  try {
    await settleReservation(platform, { accountId, reservationId: id });
  } catch (err) {
    if (!(err instanceof CarrierUnreachable || err instanceof CarrierRefused)) throw err;
    log.warn({ err, reservationId: id }, 'the carrier could not be asked to reserve; tried again');
  }
  return (await readReservation(db.prisma, accountId, id)) ?? reservation;
}

function readNumber(text: string, n: number): string {
  const number = parsePhoneNumber(text);
  if (number) return number;
  const message = 'This is not a telephone number. Take one of availablePhoneNumbers.';
  throw invalidInput(['phoneNumbers', String(n)], message);
}
