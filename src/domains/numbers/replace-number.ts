// Another number for a tracker (product.md 2.4, replace_tracking_number): the new one is ordered, and once it is in
// service the old one goes on for some days, for those who still have it on a card, and is then given back. Calls stay
// with the tracker, whichever number they came by.
import { z } from 'zod';
import { answerById, audit, authorize, once, wasDone } from '#domains/accounts/index.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { isTollFree } from '#values/phone-number.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { GRACE_DAYS, graceDaysShape, refuseShortGrace } from './grace.ts';
import type { Inventories } from './inventory.ts';
import {
  orderNumbersIn,
  readWantedNumber,
  type WantedNumber,
  wantedNumberShape,
} from './order-number.ts';
import { seePhoneNumber } from './see-phone-number.ts';
import { readTracker } from './store.ts';
import {
  findLiveNumbers,
  findReplacement,
  type PhoneNumberRow,
  readPhoneNumber,
} from './store-numbers.ts';

const shape = z.object({
  phoneNumberId: z.uuid(),
  number: wantedNumberShape.nullish(),
  graceDays: graceDaysShape,
  expectedVersion: z.int().nullish(),
  idempotencyKey: z.string().nullish(),
});

/**
 * Orders a number that takes another one's place.
 * @param request.phoneNumberId an ACTIVE number, or one whose order FAILED, of an active tracker
 * @param request.number left out: the first that the carrier offers in the same area code (toll-free for toll-free)
 * @param request.graceDays how many days the old one goes on; 30 when left out, at least 1 in a pool
 * @returns the new number, ORDERING. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE,
 *   NUMBER_UNAVAILABLE, RESERVATION_EXPIRED, TRUNKING_PROHIBITED, CARRIER_REFUSED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function replacePhoneNumber(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'> & { carriers: Inventories },
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<PhoneNumberRow> {
  authorize(viewer, 'numbers.replace');
  const input = parseInput(shape, request);
  const { phoneNumberId, number: wanted, expectedVersion, idempotencyKey } = input;
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  const seen = await seePhoneNumber(db.prisma, viewer, phoneNumberId, null);
  const field = ['number'];
  const number = wanted
    ? readWantedNumber(wanted, field)
    : (await wasDone(platform, viewer, idempotencyKey))
      ? null // a repetition is answered though the carrier be away
      : await findLikeOne(platform, accountId, seen.number, field);
  return once(
    { db, clock },
    viewer,
    { mutation: 'replacePhoneNumber', key: idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
      const old = await seePhoneNumber(tx, viewer, phoneNumberId, expectedVersion);
      const tracker = old.trackerId ? await readTracker(tx, accountId, old.trackerId) : null;
      const wrong =
        old.status !== 'ACTIVE' && old.status !== 'FAILED'
          ? 'Only a number in service, or one that could not be had, can be replaced.'
          : tracker?.status !== 'ACTIVE'
            ? 'The number leads to no tracker in service.'
            : old.releaseAt || (await findReplacement(tx, accountId, phoneNumberId))
              ? 'Another number takes its place already.'
              : null;
      if (wrong || !tracker) {
        throw policyRefused('WRONG_STATE', wrong ?? '', { field: 'phoneNumberId' });
      }
      if (!number) {
        throw policyRefused(
          'NUMBER_UNAVAILABLE',
          'The carrier has no number of this area code left. Choose one with availablePhoneNumbers.',
          { field: [...field, 'phoneNumber'] },
        );
      }
      const graceDays = input.graceDays ?? GRACE_DAYS.usual;
      if (old.status === 'ACTIVE') refuseShortGrace(tracker, graceDays);
      const [id = ''] = await orderNumbersIn(tx, platform, accountId, {
        companyId: tracker.companyId,
        trackerId: tracker.id,
        destination: tracker.destination,
        numbers: [number],
        replaces: { id: phoneNumberId, graceDays },
      });
      await audit(tx, viewer, clock, {
        action: 'replacePhoneNumber',
        subject: `phoneNumber:${phoneNumberId}`,
        after: { replacedBy: id, graceDays },
      });
      const made = await readPhoneNumber(tx, accountId, id);
      if (!made) throw new Error('A number that was just written cannot be read.');
      return made;
    },
    answerById('TrackingNumber', (tx, id) => readPhoneNumber(tx, accountId, id)),
  );
}

/** The first number on offer of the same area code, or toll-free for toll-free; null when there is none. */
async function findLikeOne(
  { db, carriers }: Pick<Platform, 'db'> & { carriers: Inventories },
  accountId: string,
  number: string,
  field: readonly string[],
): Promise<WantedNumber | null> {
  const line = await carriers.of(accountId);
  const like = isTollFree(number) ? { tollFree: true } : { areaCode: number.slice(2, 5) };
  const offers = await line.searchNumbers(like).catch((error: unknown) => {
    if (!(error instanceof CarrierRefused || error instanceof CarrierUnreachable)) throw error;
    const message = `The carrier gave no list of numbers: ${error.message} Try again shortly, or choose a number.`;
    throw policyRefused('CARRIER_REFUSED', message, { field: 'number' });
  });
  const offered = offers.map(({ phoneNumber }) => phoneNumber);
  const owned = new Set(await findLiveNumbers(db.prisma, accountId, offered));
  const free = offered.find((one) => !owned.has(one));
  return free ? { number: free, reservationId: null, field } : null;
}
