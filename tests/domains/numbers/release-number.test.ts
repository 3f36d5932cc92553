// Numbers are given back: when they may be, once, and what the carrier makes of it.
import { describe, expect, it } from 'vitest';
import { findTracker } from '#domains/numbers/find-tracker.ts';
import { giveBackNumber } from '#domains/numbers/give-back-number.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { releasePhoneNumber } from '#domains/numbers/release-number.ts';
import { disableTracker } from '#domains/numbers/update-tracker.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

/** A number in service whose tracker is disabled, so that it may be given back. */
async function idle() {
  const people = await depot.settle();
  const { viewer, accountId } = people;
  const { tracker, phoneNumberId } = await people.serve();
  await disableTracker(depot, viewer, { trackerId: tracker.id });
  const key = { accountId, phoneNumberId };
  const release = (more: { expectedVersion?: number } = {}, as = viewer) =>
    releasePhoneNumber(depot, as, { phoneNumberId, ...more });
  const statuses = async () =>
    (await people.told(`number:${phoneNumberId}`)).map(
      ({ payload }) => (payload as { status: string }).status,
    );
  return { ...people, tracker, phoneNumberId, key, release, statuses };
}

/** The real line, whose deletes fail as told. */
async function shaky(fails: (Error | null)[]) {
  const line = await depot.line();
  const broken: NumberInventory = {
    ...line,
    async releaseNumber(id) {
      const error = fails.shift();
      if (error) throw error;
      await line.releaseNumber(id);
    },
  };
  return { ...depot, carriers: { of: async () => broken } };
}

describe('releasePhoneNumber', () => {
  it('is RELEASING at once, leads nowhere, and RELEASED when the carrier has it', async () => {
    const { release, number, key, statuses, accountId, phoneNumberId } = await idle();
    const { number: e164, version } = await number(phoneNumberId);
    expect(await release({ expectedVersion: version })).toMatchObject({ status: 'RELEASING' });
    expect(await findTracker(depot.db, accountId, e164)).toBeNull();
    expect(await depot.waiting('numbers.release', accountId)).toEqual([key]);
    expect(await giveBackNumber(depot, key)).toBe('released');
    expect(await (await depot.line()).findOwnedNumber(e164)).toBeNull();
    expect(await number(phoneNumberId)).toMatchObject({ status: 'RELEASED', checkAt: null });
    expect(await statuses()).toEqual(['ORDERING', 'ACTIVE', 'RELEASING', 'RELEASED']);
    const [entry] = await depot.db.prisma.auditEntry.findMany({
      where: { accountId, action: 'releasePhoneNumber' },
    });
    expect(entry).toMatchObject({ subject: `phoneNumber:${phoneNumberId}` });
  });

  it('asked again changes nothing, whether it is on its way or gone', async () => {
    const { release, key, statuses, accountId } = await idle();
    await release();
    expect(await release()).toMatchObject({ status: 'RELEASING' });
    await giveBackNumber(depot, key);
    expect(await release()).toMatchObject({ status: 'RELEASED' });
    expect(await giveBackNumber(depot, key)).toBe('settled before');
    expect(await statuses()).toHaveLength(4);
    expect(await depot.waiting('numbers.release', accountId)).toHaveLength(1);
  });

  it('is refused for the only number of a tracker in service', async () => {
    const people = await depot.settle();
    const { phoneNumberId } = await people.serve();
    const refusal = await refusalOf(releasePhoneNumber(depot, people.viewer, { phoneNumberId }));
    expect(refusal).toMatchObject({ code: 'WRONG_STATE', field: ['phoneNumberId'] });
    expect(refusal.message).toMatch(/Disable the tracker, or replace the number/);
    expect(await people.number(phoneNumberId)).toMatchObject({ status: 'ACTIVE' });
  });

  it('is refused while the number is on order, and for strangers, readers and stale versions', async () => {
    const { viewer, release, create, numberOf, otherCompanyId } = await idle();
    const { id: phoneNumberId } = await numberOf((await create()).id);
    expect(await refusalOf(releasePhoneNumber(depot, viewer, { phoneNumberId }))).toMatchObject({
      code: 'WRONG_STATE',
    });
    const stranger = (await depot.settle()).viewer;
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    for (const other of [stranger, kept]) {
      expect(await refusalOf(release({}, other))).toMatchObject({
        code: 'NOT_FOUND',
        field: ['phoneNumberId'],
      });
    }
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    await expect(release({}, reader)).rejects.toThrow(/NUMBERS_WRITE/);
    expect(await refusalOf(release({ expectedVersion: 1 }))).toMatchObject({
      code: 'VERSION_CONFLICT',
      currentVersion: 2,
    });
  });
});

describe('the return to the carrier', () => {
  it('that was made before, its answer lost, is RELEASED', async () => {
    const { release, number, key, phoneNumberId } = await idle();
    await release();
    const { carrierNumberId } = await number(phoneNumberId);
    await depot.byHand('DELETE', `/phone_numbers/${carrierNumberId}`);
    expect(await giveBackNumber(depot, key)).toBe('released');
  });

  it('waits while the carrier is out of reach or refuses the key', async () => {
    const { release, number, key, phoneNumberId } = await idle();
    await release();
    const platform = await shaky([
      new CarrierUnreachable('No answer.'),
      new CarrierRefused(401, '10009', 'Wrong key.'),
    ]);
    await expect(giveBackNumber(platform, key)).rejects.toThrow('No answer.');
    await expect(giveBackNumber(platform, key)).rejects.toThrow('Wrong key.');
    expect(await number(phoneNumberId)).toMatchObject({ status: 'RELEASING' });
    expect(await giveBackNumber(platform, key)).toBe('released');
  });

  it('that the carrier refuses leaves the number in service with the reason, and can be asked anew', async () => {
    const { release, number, key, statuses, phoneNumberId } = await idle();
    const { number: phoneNumber } = await number(phoneNumberId);
    const lock = (deletionLock: boolean) => depot.sandbox.own({ phoneNumber, deletionLock });
    lock(true);
    await release();
    expect(await giveBackNumber(depot, key)).toBe('refused');
    expect(await number(phoneNumberId)).toMatchObject({
      status: 'ACTIVE',
      failure: expect.stringMatching(/^The carrier would not take it back: .*deletion lock/),
    });
    lock(false);
    expect(await release()).toMatchObject({ status: 'RELEASING', failure: null });
    expect(await giveBackNumber(depot, key)).toBe('released');
    expect((await statuses()).slice(2)).toEqual(['RELEASING', 'ACTIVE', 'RELEASING', 'RELEASED']);
  });

  it('told late that an earlier try was refused does not bring it back', async () => {
    const { release, number, key, phoneNumberId } = await idle();
    await release();
    const line = await depot.line();
    let refuse = () => {};
    const refused = new Promise<never>((_resolve, reject) => {
      refuse = () => reject(new CarrierRefused(422, '10015', 'Locked.'));
    });
    refused.catch(() => {});
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const slow: NumberInventory = {
      ...line,
      releaseNumber: () => {
        asked();
        return refused;
      },
    };
    const late = giveBackNumber({ ...depot, carriers: { of: async () => slow } }, key);
    await isAsked;
    expect(
      await giveBackNumber(await shaky([new CarrierRefused(422, '10015', 'Locked.')]), key),
    ).toBe('refused');
    await release();
    refuse();
    expect(await late).toBe('settled before');
    expect(await number(phoneNumberId)).toMatchObject({ status: 'RELEASING' });
  });
});

it('a number that was given back is bought again, beside its history', async () => {
  const { release, number, key, create, numberOf, phoneNumberId, accountId } = await idle();
  const { number: e164, carrierNumberId } = await number(phoneNumberId);
  await release();
  await giveBackNumber(depot, key);
  const again = await create({ number: { phoneNumber: e164 } });
  const { id } = await numberOf(again.id);
  await depot.bring(accountId, id);
  expect(await number(id)).toMatchObject({ status: 'ACTIVE', number: e164 });
  expect(await number(phoneNumberId)).toMatchObject({ status: 'RELEASED' });
  expect((await findTracker(depot.db, accountId, e164))?.tracker.id).toBe(again.id);
  // the old return, tried once more, cannot take the new one away
  await (await depot.line()).releaseNumber(carrierNumberId ?? '');
  expect(await (await depot.line()).findOwnedNumber(e164)).not.toBeNull();
});
