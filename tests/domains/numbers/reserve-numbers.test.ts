// Numbers are held for half an hour, extended, given up, and ordered from their reservation.
import { describe, expect, it } from 'vitest';
import { numbersJobHandlers } from '#domains/numbers/index.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { reserveNumbers } from '#domains/numbers/reserve-numbers.ts';
import { searchNumbers } from '#domains/numbers/search-numbers.ts';
import { settleReservation } from '#domains/numbers/settle-reservation.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();
const MINUTE_MS = 60_000;

async function customer() {
  const people = await depot.settle();
  const { viewer, companyId, accountId } = people;
  type Wish = Partial<Parameters<typeof reserveNumbers>[2]>;
  const reserve = (wish: Wish = {}, platform: Parameters<typeof reserveNumbers>[0] = depot) =>
    reserveNumbers(platform, viewer, {
      companyId,
      phoneNumbers: wish.phoneNumbers ?? [depot.nextNumber()],
      ...wish,
    });
  const orders = (phoneNumber: string, reservationId: string | null) =>
    people.create({ number: { phoneNumber, reservationId } });
  const settle = (reservationId: string) => settleReservation(depot, { accountId, reservationId });
  return { ...people, reserve, orders, settle };
}

/** The real line with some verbs of its own. */
async function lineWith(verbs: Partial<NumberInventory>) {
  const line = { ...(await depot.line()), ...verbs };
  return { ...depot, carriers: { of: async () => line } };
}

describe('reservePhoneNumbers', () => {
  it('holds each number that can be had, for half an hour of the carrier’s', async () => {
    const { reserve, viewer, accountId } = await customer();
    const phoneNumber = depot.nextNumber();
    const made = await reserve({ phoneNumbers: [phoneNumber, '+19075550105', phoneNumber] });
    expect(made.numbers).toEqual(
      [
        { number: phoneNumber, state: 'HELD', failure: null },
        { number: '+19075550105', state: 'REFUSED', failure: 'Not available.' },
      ].sort((a, b) => a.number.localeCompare(b.number)),
    );
    const half = depot.clock.now(accountId).getTime() + 30 * MINUTE_MS;
    expect(Math.abs(made.expiresAt.getTime() - half)).toBeLessThan(MINUTE_MS);
    const areaCode = phoneNumber.slice(2, 5);
    const offers = await searchNumbers(depot, viewer, { areaCode });
    expect(offers.map((offer) => offer.phoneNumber)).not.toContain(phoneNumber);
  });

  it('is one reservation for one key, also at the carrier', async () => {
    const { reserve } = await customer();
    const wish = { phoneNumbers: [depot.nextNumber()], idempotencyKey: 'hold' };
    const made = await Promise.all([reserve(wish), reserve(wish), reserve(wish)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const { data } = await depot.byHand(
      'GET',
      `/number_reservations?filter[customer_reference]=${made[0]?.id}`,
    );
    expect(data.filter((one: { status: string }) => one.status === 'success')).toHaveLength(1);
    expect(await refusalOf(reserve({ ...wish, phoneNumbers: ['+14155550101'] }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_CONFLICT',
    });
  });

  it('whose answer was lost is found by its reference, not made again', async () => {
    const { reserve, settle, accountId } = await customer();
    const line = await depot.line();
    let made = 0;
    const broken = await lineWith({
      async reserveNumbers(numbers, reference) {
        made += 1;
        await line.reserveNumbers(numbers, reference);
        throw new CarrierUnreachable('The line broke.');
      },
    });
    const { id, numbers } = await reserve({}, broken);
    expect(numbers).toMatchObject([{ state: 'PENDING' }]);
    expect(await depot.waiting('numbers.settle-reservation', accountId)).toEqual([
      { accountId, reservationId: id },
    ]);
    expect(await settle(id)).toBe('settled');
    expect(await settle(id)).toBe('settled before');
    expect(made).toBe(1);
  });

  it('that the carrier never decides is given up by its job', async () => {
    const { reserve, accountId } = await customer();
    const number = depot.nextNumber();
    depot.sandbox.numberRules([{ on: 'reservation', phoneNumber: number, delaySeconds: 60 }]);
    const { id: reservationId } = await reserve({ phoneNumbers: [number] });
    depot.sandbox.numberRules([]);
    const key = { accountId, reservationId };
    const job = { id: 'job', attempt: 1, signal: new AbortController().signal };
    const handler = numbersJobHandlers(depot).find(
      ({ definition }) => definition.name === 'numbers.settle-reservation',
    );
    await expect(handler?.run(key, job)).rejects.toThrow(NotYet);
    expect(await handler?.giveUp?.(key, null)).toBe('given up');
    const rows = await depot.db.prisma.reservedNumber.findMany({ where: { accountId } });
    expect(rows).toMatchObject([{ state: 'REFUSED', failure: expect.stringMatching(/in time/) }]);
  });

  it('is decided later when the carrier takes its time, for each number by itself', async () => {
    const { reserve, settle, orders, accountId } = await customer();
    const [one, two] = [depot.nextNumber(), depot.nextNumber()];
    depot.sandbox.numberRules([
      { on: 'reservation', phoneNumber: one, delaySeconds: 60 },
      { on: 'reservation', phoneNumber: two, delaySeconds: 60, outcome: 'failure' },
    ]);
    const { id, numbers } = await reserve({ phoneNumbers: [one, two] });
    expect(numbers.map(({ state }) => state)).toEqual(['PENDING', 'PENDING']);
    expect(await refusalOf(orders(one, id))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await settle(id)).toBe('pending');
    await depot.passes(MINUTE_MS);
    depot.sandbox.numberRules([]);
    expect(await settle(id)).toBe('settled');
    const rows = await depot.db.prisma.reservedNumber.findMany({ where: { accountId } });
    expect(Object.fromEntries(rows.map(({ number, state }) => [number, state]))).toEqual({
      [one]: 'HELD',
      [two]: 'REFUSED',
    });
  });

  it('is refused in whole by the carrier’s last word, and waits on a refused key', async () => {
    const { reserve } = await customer();
    const saying = (status: number) =>
      lineWith({ reserveNumbers: () => Promise.reject(new CarrierRefused(status, '1', 'No.')) });
    const refused = await reserve({}, await saying(422));
    expect(refused.numbers).toMatchObject([{ state: 'REFUSED', failure: 'No.' }]);
    const waiting = await reserve({}, await saying(401));
    expect(waiting.numbers).toMatchObject([{ state: 'PENDING' }]);
  });

  it('refuses numbers that the account has or holds, none, too many, and strangers', async () => {
    const { reserve, create, viewer, otherCompanyId, companyId } = await customer();
    const phoneNumber = depot.nextNumber();
    await create({ number: { phoneNumber } });
    const held = (await reserve()).numbers[0]?.number ?? '';
    for (const taken of [phoneNumber, held]) {
      expect(await refusalOf(reserve({ phoneNumbers: [depot.nextNumber(), taken] }))).toMatchObject(
        { code: 'NUMBER_UNAVAILABLE', field: ['phoneNumbers', '1'] },
      );
    }
    const many = Array.from({ length: 11 }, (_, n) => `+141555501${n + 10}`);
    for (const phoneNumbers of [[], many]) {
      expect(await refusalOf(reserve({ phoneNumbers }))).toMatchObject({
        field: ['phoneNumbers'],
      });
    }
    expect(await refusalOf(reserve({ phoneNumbers: ['no'] }))).toMatchObject({
      field: ['phoneNumbers', '0'],
    });
    const asks = (as: typeof viewer) =>
      reserveNumbers(depot, as, { companyId, phoneNumbers: ['+14155550150'] });
    expect(await refusalOf(asks((await depot.settle()).viewer))).toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(asks({ ...viewer, companyIds: [otherCompanyId] })).rejects.toThrow(/not among/);
    await expect(asks({ ...viewer, scopes: ['numbers:read'] })).rejects.toThrow(/NUMBERS_WRITE/);
  });
});

describe('an order from a reservation', () => {
  it('takes the number, once; others cannot order it meanwhile', async () => {
    const { reserve, orders, numberOf, accountId, number } = await customer();
    const { id, numbers } = await reserve();
    const held = numbers[0]?.number ?? '';
    expect(await refusalOf(orders(held, null))).toMatchObject({
      code: 'NUMBER_UNAVAILABLE',
      message: expect.stringMatching(/reservationId/),
    });
    const tracker = await orders(held, id);
    const { id: phoneNumberId } = await numberOf(tracker.id);
    await depot.bring(accountId, phoneNumberId);
    expect(await number(phoneNumberId)).toMatchObject({ status: 'ACTIVE' });
    const rows = await depot.db.prisma.reservedNumber.findMany({ where: { accountId } });
    expect(rows).toMatchObject([{ state: 'ORDERED' }]);
  });

  it('is refused for another number, another company’s and a stranger’s reservation', async () => {
    const { reserve, orders, viewer, otherCompanyId } = await customer();
    const { id } = await reserve();
    expect(await refusalOf(orders(depot.nextNumber(), id))).toMatchObject({
      code: 'NUMBER_UNAVAILABLE',
    });
    const phoneNumbers = [depot.nextNumber()];
    const theirs = await reserveNumbers(depot, viewer, { companyId: otherCompanyId, phoneNumbers });
    const stranger = await (await customer()).reserve();
    for (const other of [theirs, stranger]) {
      expect(await refusalOf(orders(other.numbers[0]?.number ?? '', other.id))).toMatchObject({
        code: 'NOT_FOUND',
        field: ['number', 'reservationId'],
      });
    }
  });

  it('is refused at the moment when the reservation has run out, and free for all then', async () => {
    const { reserve, orders, accountId } = await customer();
    const { id, numbers, expiresAt } = await reserve();
    const held = numbers[0]?.number ?? '';
    await depot.passes(expiresAt.getTime() - depot.clock.now(accountId).getTime());
    expect(await refusalOf(orders(held, id))).toMatchObject({
      code: 'RESERVATION_EXPIRED',
      field: ['number', 'reservationId'],
    });
    expect((await orders(held, null)).id).toBeTruthy();
  });
});
