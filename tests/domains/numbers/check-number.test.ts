// Numbers are looked after at the carrier: what is set otherwise there is set back, what cannot be is shown.
import { describe, expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { updatePhoneNumber } from '#domains/numbers/update-number.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();
const HOUR_MS = 3_600_000;

async function served() {
  const people = await depot.settle();
  const { tracker, phoneNumberId } = await people.serve();
  const key = { accountId: people.accountId, phoneNumberId };
  const row = () => people.number(phoneNumberId);
  const path = `/phone_numbers/${(await row()).carrierNumberId}`;
  const check = (platform: Parameters<typeof checkNumber>[0] = depot) => checkNumber(platform, key);
  const versions = async () => (await people.told(`number:${phoneNumberId}`)).length;
  const update = (patch: object, as = people.viewer) =>
    updatePhoneNumber(depot, as, { phoneNumberId, ...patch });
  return { ...people, tracker, key, row, path, check, versions, update, phoneNumberId };
}

/** The real line with some verbs of its own. */
async function lineWith(verbs: Partial<NumberInventory>) {
  const line = { ...(await depot.line()), ...verbs };
  return { ...depot, carriers: { of: async () => line } };
}

describe('a number in service', () => {
  it('that stands as it is to stand is noted, with no new version', async () => {
    const { row, check, versions } = await served();
    await check();
    const before = await versions();
    depot.clock.advance(HOUR_MS);
    expect(await check()).toBe('as it is to be');
    const now = depot.clock.now('');
    expect(await row()).toMatchObject({
      carrierStatus: 'active',
      problems: [],
      checkedAt: now,
      checkAt: new Date(now.getTime() + 24 * HOUR_MS),
    });
    expect(await versions()).toBe(before);
  });

  it.each([
    ['its connection', 'NOT_ON_OUR_CONNECTION', '', { connection_id: '' }],
    ['caller names', 'SETTINGS_DIFFER', '/voice', { caller_id_name_enabled: false }],
    [
      'a forward past us',
      'SETTINGS_DIFFER',
      '/voice',
      { call_forwarding: { call_forwarding_enabled: true, forwards_to: '+12125550199' } },
    ],
    [
      'recording without notice',
      'SETTINGS_DIFFER',
      '/voice',
      { call_recording: { inbound_call_recording_enabled: true } },
    ],
    ['another number in its stead', 'SETTINGS_DIFFER', '/voice', { translated_number: '100' }],
  ])('is set back, and it is written down, when %s was changed by hand', async (...changed) => {
    const [, problem, suffix, body] = changed;
    const { row, check, path, accountId, phoneNumberId } = await served();
    await check();
    const hand = await depot.byHand('PATCH', `${path}${suffix}`, body);
    expect(hand.status).toBe(200);
    expect(await check()).toBe(`mended ${problem}`);
    expect(await check()).toBe('as it is to be');
    expect(await row()).toMatchObject({ problems: [] });
    const [entry] = await depot.db.prisma.auditEntry.findMany({
      where: { accountId, action: 'mendPhoneNumber' },
    });
    expect(entry).toMatchObject({
      actor: 'system:numbers',
      subject: `phoneNumber:${phoneNumberId}`,
      before: { problems: [problem] },
    });
  });

  it('that the carrier will not set back keeps its problem, told once', async () => {
    const { row, check, path, versions, told, phoneNumberId } = await served();
    await check();
    const before = await versions();
    await depot.byHand('PATCH', path, { connection_id: '' });
    const stubborn = await lineWith({
      configureNumber: () => Promise.reject(new CarrierRefused(422, '10015', 'Locked.')),
    });
    expect(await check(stubborn)).toBe('NOT_ON_OUR_CONNECTION');
    expect(await check(stubborn)).toBe('NOT_ON_OUR_CONNECTION');
    expect(await row()).toMatchObject({ problems: ['NOT_ON_OUR_CONNECTION'] });
    expect(await versions()).toBe(before + 1);
    expect((await told(`number:${phoneNumberId}`)).at(-1)).toMatchObject({
      payload: { status: 'ACTIVE', problems: ['NOT_ON_OUR_CONNECTION'] },
    });
    expect(await check()).toBe('mended NOT_ON_OUR_CONNECTION');
  });

  it('that the carrier has lost says so, and is found again under another id', async () => {
    const { row, check, path, accountId, key } = await served();
    await depot.byHand('DELETE', path);
    expect(await check()).toBe('CARRIER_LOST');
    expect(await row()).toMatchObject({ status: 'ACTIVE', carrierStatus: null });
    const { number, carrierNumberId } = await row();
    await (await depot.line()).orderNumber(number, 'bought back by hand');
    await depot.fillOrders();
    expect(await checkNumber(depot, key)).toMatch(/^mended/);
    const again = await row();
    expect(again.carrierNumberId).not.toBe(carrierNumberId);
    expect(again).toMatchObject({ problems: [], carrierStatus: 'active', accountId });
  });

  it('that is about to leave the carrier says so', async () => {
    const { row, check } = await served();
    const { number } = await row();
    depot.sandbox.own({
      phoneNumber: number,
      connectionId: (await connectionOf(number)) ?? null,
      status: 'port-out-pending',
    });
    expect(await check()).toBe('CARRIER_NOT_ACTIVE');
    expect(await row()).toMatchObject({ carrierStatus: 'port-out-pending' });
  });

  it('is looked at again when the carrier is out of reach', async () => {
    const { check, row } = await served();
    const down = await lineWith({
      readNumber: () => Promise.reject(new CarrierUnreachable('No answer.')),
    });
    await expect(check(down)).rejects.toThrow('No answer.');
    expect((await row()).checkedAt).toBeNull();
  });

  it('that is changed while it is looked at is looked at once more', async () => {
    const { check, update, row } = await served();
    const line = await depot.line();
    let changed = false;
    const meddling = await lineWith({
      async readNumber(id) {
        const found = await line.readNumber(id);
        if (!changed) {
          changed = true;
          await update({ callScreening: 'FLAG_CALLS' });
        }
        return found;
      },
    });
    expect(await check(meddling)).toBe('mended SETTINGS_DIFFER');
    const { carrierNumberId } = await row();
    expect(await line.readNumber(carrierNumberId ?? '')).toMatchObject({
      callScreening: 'FLAG_CALLS',
    });
  });
});

async function connectionOf(number: string): Promise<string | undefined> {
  const { data } = await depot.byHand('GET', `/phone_numbers/${encodeURIComponent(number)}`);
  return data.connection_id;
}

describe('updatePhoneNumber', () => {
  it('writes the wish, tells it, and a job makes it so', async () => {
    const { update, check, row, versions, accountId, key } = await served();
    const before = await versions();
    const waited = (await depot.waiting('numbers.check', accountId)).length;
    const made = await update({ callerNameLookup: false, callScreening: 'REJECT_CALLS' });
    expect(made).toMatchObject({ callerNameLookup: false, callScreening: 'REJECT_CALLS' });
    expect(await versions()).toBe(before + 1);
    expect((await depot.waiting('numbers.check', accountId)).slice(waited)).toEqual([key]);
    await check();
    const { carrierNumberId } = await row();
    expect(await (await depot.line()).readNumber(carrierNumberId ?? '')).toMatchObject({
      callerNameLookup: false,
      callScreening: 'REJECT_CALLS',
      isConnected: true,
    });
  });

  it('changes nothing twice, and refuses what it cannot do', async () => {
    const { update, versions, viewer, create, numberOf, row } = await served();
    await update({ callScreening: 'FLAG_CALLS' });
    const before = await versions();
    await update({ callScreening: 'FLAG_CALLS' });
    expect(await versions()).toBe(before);
    const soon = new Date(depot.clock.now('').getTime() + HOUR_MS);
    expect(await refusalOf(update({ releaseAt: soon }))).toMatchObject({
      code: 'WRONG_STATE',
      field: ['releaseAt'],
    });
    expect(await refusalOf(update({ callScreening: null }))).toMatchObject({
      field: ['callScreening'],
    });
    expect(await refusalOf(update({ expectedVersion: 1 }))).toMatchObject({
      currentVersion: (await row()).version,
    });
    const { id: phoneNumberId } = await numberOf((await create()).id);
    expect(
      await refusalOf(updatePhoneNumber(depot, viewer, { phoneNumberId, callerNameLookup: true })),
    ).toMatchObject({ code: 'WRONG_STATE' });
    const stranger = (await depot.settle()).viewer;
    expect(await refusalOf(update({}, stranger))).toMatchObject({ code: 'NOT_FOUND' });
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    await expect(update({}, reader)).rejects.toThrow(/NUMBERS_WRITE/);
  });
});
