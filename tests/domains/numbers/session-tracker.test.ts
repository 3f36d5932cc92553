// Pools: made with many numbers at once, grown, and shrunk only as fast as visitors can bear it.
import { describe, expect, it } from 'vitest';
import { addPoolNumbers } from '#domains/numbers/add-pool-numbers.ts';
import { checkNumber } from '#domains/numbers/check-number.ts';
import {
  createSessionTracker,
  type NewSessionTracker,
} from '#domains/numbers/create-session-tracker.ts';
import { dialledTracker, findTracker } from '#domains/numbers/index.ts';
import { releasePhoneNumber } from '#domains/numbers/release-number.ts';
import { removePoolNumber } from '#domains/numbers/remove-pool-number.ts';
import { replacePhoneNumber } from '#domains/numbers/replace-number.ts';
import { updatePhoneNumber } from '#domains/numbers/update-number.ts';
import { disableTracker, updateTracker } from '#domains/numbers/update-tracker.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { BUSINESS, openDepot } from './depot.ts';

const DAY_MS = 86_400_000;
const depot = await openDepot();
const wish = () => ({ phoneNumber: depot.nextNumber() });

async function customer() {
  const people = await depot.settle();
  const { accountId, companyId, viewer } = people;
  const createPool = (changes: Partial<NewSessionTracker> = {}, as = viewer) =>
    createSessionTracker(depot, as, {
      companyId,
      name: 'Website',
      destination: BUSINESS,
      numbers: changes.numbers ?? [wish(), wish()],
      ...changes,
    });
  const numbersOf = (trackerId: string) =>
    depot.db.prisma.phoneNumber.findMany({
      where: { accountId, trackerId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
  /** A pool whose numbers are in service. */
  const servePool = async (changes: Partial<NewSessionTracker> = {}) => {
    const pool = await createPool(changes);
    for (const { id } of await numbersOf(pool.id)) await depot.bring(accountId, id);
    return { pool, numbers: await numbersOf(pool.id) };
  };
  return { ...people, createPool, numbersOf, servePool };
}

describe('createSessionTracker', () => {
  it('orders every number, in their order, told and enqueued one by one, and is audited', async () => {
    const { createPool, numbersOf, accountId, told } = await customer();
    const numbers = [wish(), wish(), wish()];
    const pool = await createPool({ numbers });
    expect(pool).toMatchObject({
      type: 'SESSION',
      match: null,
      poolMatch: null,
      overflow: 'ORIGINAL_NUMBER',
      swapTargets: [],
      version: 1,
    });
    const rows = await numbersOf(pool.id);
    expect(rows.map(({ number, status }) => [number, status])).toEqual(
      numbers.map(({ phoneNumber }) => [phoneNumber, 'ORDERING']),
    );
    for (const { id } of rows) expect(await told(`number:${id}`)).toHaveLength(1);
    expect(await depot.waiting('numbers.order', accountId)).toEqual(
      expect.arrayContaining(rows.map(({ id }) => ({ accountId, phoneNumberId: id }))),
    );
    const [entry] = await depot.db.prisma.auditEntry.findMany({ where: { accountId } });
    expect(entry).toMatchObject({
      action: 'createSessionTracker',
      after: { phoneNumberIds: rows.map(({ id }) => id), overflow: 'ORIGINAL_NUMBER' },
    });
  });

  it('orders three hundred at once, and no number twice for one key', async () => {
    const { createPool, accountId } = await customer();
    const line = await depot.line();
    const areas = ['212', '312', '602'];
    const offers = (
      await Promise.all(areas.map((areaCode) => line.searchNumbers({ areaCode, limit: 100 })))
    ).flat();
    const numbers = offers.map(({ phoneNumber }) => ({ phoneNumber }));
    expect(numbers).toHaveLength(300);
    const make = () => createPool({ numbers, destination: '+16175550177', idempotencyKey: 'pool' });
    const pools = await Promise.all([make(), make()]);
    expect(new Set(pools.map(({ id }) => id)).size).toBe(1);
    expect(await depot.db.prisma.phoneNumber.count({ where: { accountId } })).toBe(300);
    expect(await depot.waiting('numbers.order', accountId)).toHaveLength(300);

    const tooMany = [...numbers, wish()];
    expect(await refusalOf(createPool({ numbers: tooMany }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['numbers'],
    });
  });

  it('names each number that cannot be ordered by its place, and orders none', async () => {
    const { create, createPool, numberOf, accountId } = await customer();
    const { number: taken } = await numberOf((await create()).id);
    const [one, two] = [wish(), wish()];
    const numbers = [one, { phoneNumber: taken }, two, { phoneNumber: 'no' }];
    expect(await refusalOf(createPool({ numbers }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['numbers', '3', 'phoneNumber'],
    });
    expect(await refusalOf(createPool({ numbers: numbers.slice(0, 3) }))).toMatchObject({
      code: 'NUMBER_UNAVAILABLE',
      field: ['numbers', '1', 'phoneNumber'],
    });
    expect(await refusalOf(createPool({ numbers: [one, two, one, two] }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['numbers', '2', 'phoneNumber'],
      also: [{ field: ['numbers', '3', 'phoneNumber'] }],
    });
    expect(
      await refusalOf(createPool({ numbers: [one, { phoneNumber: BUSINESS }] })),
    ).toMatchObject({ code: 'TRUNKING_PROHIBITED' });
    expect(await refusalOf(createPool({ numbers: [] }))).toMatchObject({ field: ['numbers'] });
    expect(await depot.db.prisma.tracker.count({ where: { accountId } })).toBe(1);
    expect(await depot.db.prisma.phoneNumber.count({ where: { accountId } })).toBe(1);
  });

  it('refuses a bad match, too many targets, a disabled company and who may not', async () => {
    const { createPool, viewer, accountId, companyId, otherCompanyId } = await customer();
    for (const [changes, field] of [
      [{ poolMatch: {} }, ['poolMatch']],
      [{ poolMatch: { landings: [''] } }, ['poolMatch', 'landings', '0']],
      [{ swapTargets: Array(51).fill(BUSINESS) }, ['swapTargets']],
      [{ swapTargets: [BUSINESS, 'x'] }, ['swapTargets', '1']],
      [{ destination: '911' }, ['destination']],
    ] as const) {
      const refused = refusalOf(createPool(changes as Partial<NewSessionTracker>));
      expect(await refused).toMatchObject({ field });
    }
    await depot.db.prisma.company.update({
      where: { accountId_id: { accountId, id: companyId } },
      data: { status: 'DISABLED' },
    });
    expect(await refusalOf(createPool())).toMatchObject({
      code: 'WRONG_STATE',
      field: ['companyId'],
    });
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    await expect(createPool({}, kept)).rejects.toThrow(/not among yours/);
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    await expect(createPool({}, reader)).rejects.toThrow(/NUMBERS_WRITE/);
  });
});

describe('a pool', () => {
  it('grows, once for one key; its numbers all lead to it', async () => {
    const { servePool, numbersOf, viewer, accountId } = await customer();
    const { pool } = await servePool();
    const request = { trackerId: pool.id, numbers: [wish(), wish()], idempotencyKey: 'more' };
    await Promise.all([1, 2].map(() => addPoolNumbers(depot, viewer, request)));
    const numbers = await numbersOf(pool.id);
    expect(numbers.map(({ status }) => status)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ORDERING',
      'ORDERING',
    ]);
    for (const { id } of numbers.slice(2)) await depot.bring(accountId, id);
    for (const { number } of numbers) {
      const found = await findTracker(depot.db, accountId, number);
      expect(found?.tracker).toMatchObject({ id: pool.id, destination: BUSINESS });
      const dialled = await dialledTracker(depot.db, accountId, pool.id, number);
      expect(dialled?.number).toBe(number);
    }
    const other = await dialledTracker(depot.db, accountId, pool.id, '+14155550199');
    expect(other?.number).toBeNull();
  });

  it('takes no numbers when it is no pool, out of service or somebody else’s', async () => {
    const { create, createPool, viewer, otherCompanyId } = await customer();
    const numbers = [wish()];
    const add = (trackerId: string, as = viewer) =>
      refusalOf(addPoolNumbers(depot, as, { trackerId, numbers }));
    expect(await add((await create()).id)).toMatchObject({ code: 'WRONG_STATE' });
    const pool = await createPool();
    const stranger = (await depot.settle()).viewer;
    for (const other of [stranger, { ...viewer, companyIds: [otherCompanyId] }]) {
      expect(await add(pool.id, other)).toMatchObject({ code: 'NOT_FOUND', field: ['trackerId'] });
    }
    await disableTracker(depot, viewer, { trackerId: pool.id });
    expect(await add(pool.id)).toMatchObject({ code: 'WRONG_STATE', field: ['trackerId'] });
  });

  it('lets a number go after days of grace in which calls on it still arrive', async () => {
    const { servePool, viewer, accountId, told, number } = await customer();
    const { numbers } = await servePool();
    const [first, last] = numbers;
    const phoneNumberId = first?.id ?? '';
    const removed = await removePoolNumber(depot, viewer, { phoneNumberId, graceDays: 2 });
    const releaseAt = new Date(depot.clock.now(accountId).getTime() + 2 * DAY_MS);
    expect(removed).toMatchObject({ status: 'ACTIVE', releaseAt, version: 3 });
    expect(await removePoolNumber(depot, viewer, { phoneNumberId })).toMatchObject({ version: 3 });
    expect((await told(`number:${phoneNumberId}`)).at(-1)).toMatchObject({ subjectVersion: 3 });
    expect(await findTracker(depot.db, accountId, removed.number)).not.toBeNull();
    expect(
      await refusalOf(removePoolNumber(depot, viewer, { phoneNumberId: last?.id ?? '' })),
    ).toMatchObject({ code: 'WRONG_STATE', field: ['phoneNumberId'] });

    await depot.passes(2 * DAY_MS);
    expect(await checkNumber(depot, { accountId, phoneNumberId })).toBe('grace over');
    expect((await number(phoneNumberId)).status).toBe('RELEASING');
  });

  it('never loses a number that a visitor may still see', async () => {
    const { servePool, create, viewer, accountId } = await customer();
    const { pool, numbers } = await servePool();
    const phoneNumberId = numbers[0]?.id ?? '';
    const release = () => releasePhoneNumber(depot, viewer, { phoneNumberId });
    expect(await refusalOf(release())).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('removePoolNumber'),
    });
    const soon = new Date(depot.clock.now(accountId).getTime() + DAY_MS - 1);
    for (const [refused, field] of [
      [() => removePoolNumber(depot, viewer, { phoneNumberId, graceDays: 0 }), 'graceDays'],
      [() => replacePhoneNumber(depot, viewer, { phoneNumberId, graceDays: 0 }), 'graceDays'],
      [() => updatePhoneNumber(depot, viewer, { phoneNumberId, releaseAt: soon }), 'releaseAt'],
    ] as const) {
      expect(await refusalOf(refused())).toMatchObject({ code: 'INVALID_INPUT', field: [field] });
    }
    const releaseAt = new Date(soon.getTime() + 1);
    await updatePhoneNumber(depot, viewer, { phoneNumberId, releaseAt });
    expect(await refusalOf(release())).toMatchObject({ code: 'WRONG_STATE' });
    const ordered = await create();
    const single = await depot.db.prisma.phoneNumber.findFirst({
      where: { trackerId: ordered.id },
    });
    expect(
      await refusalOf(removePoolNumber(depot, viewer, { phoneNumberId: single?.id ?? '' })),
    ).toMatchObject({ code: 'WRONG_STATE' });

    await disableTracker(depot, viewer, { trackerId: pool.id });
    expect(await release()).toMatchObject({ status: 'RELEASING' });
  });

  it('replaces one of its numbers and keeps the others', async () => {
    const { servePool, numbersOf, viewer, accountId } = await customer();
    const { pool, numbers } = await servePool();
    const made = await replacePhoneNumber(depot, viewer, {
      phoneNumberId: numbers[0]?.id ?? '',
      number: wish(),
    });
    await depot.bring(accountId, made.id);
    const after = await numbersOf(pool.id);
    expect(after.map(({ status, releaseAt }) => [status, releaseAt !== null])).toEqual([
      ['ACTIVE', true],
      ['ACTIVE', false],
      ['ACTIVE', false],
    ]);
  });
});

describe('updateTracker', () => {
  it('changes who a pool is for and what is seen when it is empty; a source tracker has neither', async () => {
    const { createPool, create, viewer } = await customer();
    const { id: trackerId } = await createPool();
    const update = (patch: object) => updateTracker(depot, viewer, { trackerId, ...patch });
    const poolMatch = { landings: ['/doors'], direct: true };
    const changed = await update({ poolMatch, overflow: 'FIRST_NUMBER' });
    const stored = { ...poolMatch, searches: [], referrers: [], inverted: false };
    expect(changed).toMatchObject({ poolMatch: stored, overflow: 'FIRST_NUMBER', version: 2 });
    expect(await update({ poolMatch })).toMatchObject({ version: 2 });
    expect(await update({ poolMatch: null })).toMatchObject({ poolMatch: null, version: 3 });
    expect(await update({ expectedVersion: 3, swapTargets: [BUSINESS] })).toMatchObject({
      swapTargets: [BUSINESS],
      version: 4,
    });
    expect(await update({ swapTargets: null })).toMatchObject({ swapTargets: [], version: 5 });
    for (const [patch, field] of [
      [{ match: { kind: 'DIRECT' } }, 'match'],
      [{ overflow: null }, 'overflow'],
    ] as const) {
      expect(await refusalOf(update(patch))).toMatchObject({ field: [field] });
    }

    const source = await create({ match: { kind: 'REFERRER', referrer: 'yelp.com' } });
    const patch = (fields: object) =>
      updateTracker(depot, viewer, { trackerId: source.id, ...fields });
    const match = { kind: 'LANDING_PARAMETER', parameter: 'promo=1' };
    expect(await patch({ match })).toMatchObject({ match, version: 2 });
    expect(await patch({ match })).toMatchObject({ version: 2 });
    for (const [fields, field] of [
      [{ match: null }, ['match']],
      [{ match: { kind: 'LANDING_URL' } }, ['match', 'landing']],
      [{ poolMatch: { direct: true } }, ['poolMatch']],
      [{ overflow: 'FIRST_NUMBER' }, ['overflow']],
    ] as const) {
      expect(await refusalOf(patch(fields))).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });
});
