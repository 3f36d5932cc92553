// Reservations are extended, given up, and dropped in the end.
import { describe, expect, it } from 'vitest';
import { extendReservation, releaseReservation } from '#domains/numbers/change-reservation.ts';
import { keepNumbers } from '#domains/numbers/keep-numbers.ts';
import { reserveNumbers } from '#domains/numbers/reserve-numbers.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();
const MINUTE_MS = 60_000;

async function customer() {
  const people = await depot.settle();
  const { viewer, companyId } = people;
  const reserve = (platform: Parameters<typeof reserveNumbers>[0] = depot) =>
    reserveNumbers(platform, viewer, { companyId, phoneNumbers: [depot.nextNumber()] });
  const orders = (phoneNumber: string, reservationId: string | null) =>
    people.create({ number: { phoneNumber, reservationId } });
  return { ...people, reserve, orders };
}

describe('a reservation', () => {
  it('is extended by half an hour from now, but not when it has run out', async () => {
    const { reserve, viewer, accountId } = await customer();
    const { id: reservationId, expiresAt } = await reserve();
    await depot.passes(20 * MINUTE_MS);
    const longer = await extendReservation(depot, viewer, { reservationId });
    expect(longer.expiresAt.getTime() - expiresAt.getTime()).toBe(20 * MINUTE_MS);
    await depot.passes(longer.expiresAt.getTime() - depot.clock.now(accountId).getTime());
    const late = await refusalOf(extendReservation(depot, viewer, { reservationId }));
    expect(late).toMatchObject({ code: 'RESERVATION_EXPIRED', field: ['reservationId'] });
  });

  it('that the carrier will not extend, or has not made, stays as it is', async () => {
    const { reserve, viewer } = await customer();
    const { id: reservationId } = await reserve();
    const silent = () => Promise.reject(new CarrierUnreachable('No answer.'));
    const line = { ...(await depot.line()), extendReservation: silent, findReservation: silent };
    const down = { ...depot, carriers: { of: async () => line } };
    expect(await refusalOf(extendReservation(down, viewer, { reservationId }))).toMatchObject({
      code: 'CARRIER_REFUSED',
    });
    const { id } = await reserve(down);
    expect(await refusalOf(extendReservation(depot, viewer, { reservationId: id }))).toMatchObject({
      code: 'WRONG_STATE',
    });
  });

  it('that is given up frees its numbers in the account, and cannot be extended or ordered from', async () => {
    const { reserve, orders, viewer, otherCompanyId } = await customer();
    const { id: reservationId, numbers } = await reserve();
    const held = numbers[0]?.number ?? '';
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    for (const other of [(await depot.settle()).viewer, kept]) {
      expect(await refusalOf(releaseReservation(depot, other, { reservationId }))).toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await refusalOf(extendReservation(depot, other, { reservationId }))).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const given = await releaseReservation(depot, viewer, { reservationId });
    expect(given.releasedAt).toEqual(depot.clock.now(''));
    expect((await releaseReservation(depot, viewer, { reservationId })).version).toBe(
      given.version,
    );
    expect(await refusalOf(extendReservation(depot, viewer, { reservationId }))).toMatchObject({
      code: 'RESERVATION_EXPIRED',
    });
    expect(await refusalOf(orders(held, reservationId))).toMatchObject({
      code: 'RESERVATION_EXPIRED',
    });
    expect((await orders(held, null)).id).toBeTruthy();
  });

  it('is dropped a week after it ran out', async () => {
    const { reserve, accountId, viewer } = await customer();
    const { id: reservationId } = await reserve();
    await releaseReservation(depot, viewer, { reservationId });
    const count = () => depot.db.prisma.numberReservation.count({ where: { accountId } });
    await depot.passes(7 * 24 * 60 * MINUTE_MS);
    await keepNumbers(depot);
    expect(await count()).toBe(1);
    await depot.passes(31 * MINUTE_MS);
    await keepNumbers(depot);
    expect(await count()).toBe(0);
  });
});
