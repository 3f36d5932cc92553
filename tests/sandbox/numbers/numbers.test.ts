// Buying numbers: a seeded stock, filters, an order that takes its time, and a webhook when it is done.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stockOf } from '#sandbox/numbers/inventory.ts';
import { buildTown, type Town } from '../support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

it('offers fictional numbers only, the same for the same seed', () => {
  const stock = stockOf(7).map((number) => number.phoneNumber);
  expect(stock).toEqual(stockOf(7).map((number) => number.phoneNumber));
  expect(stock).not.toEqual(stockOf(8).map((number) => number.phoneNumber));
  expect(stock.every((number) => /^\+1\d{3}55501\d\d$/.test(number))).toBe(true);
  expect(new Set(stock).size).toBe(stock.length);
});

it.each([
  [{ national_destination_code: '512' }, (number: string) => number.startsWith('+1512')],
  [{ locality: 'chicago' }, (number: string) => number.startsWith('+1312')],
  [{ administrative_area: 'WA' }, (number: string) => number.startsWith('+1206')],
  [
    { phone_number_type: 'toll_free' as const },
    (number: string) => /^\+18(00|88|77|66)/.test(number),
  ],
  [
    { national_destination_code: '305', phone_number: { ends_with: '1' } },
    (number: string) => /^\+1305.*1$/.test(number),
  ],
])('finds numbers by %j', async (filter, fits) => {
  const { data = [] } = await town.telnyx.availablePhoneNumbers.list({
    filter: { ...filter, limit: 5 },
  });
  expect(data.length).toBeGreaterThan(0);
  expect(data.length).toBeLessThanOrEqual(5);
  expect(data.every((offer) => fits(offer.phone_number ?? ''))).toBe(true);
});

it('delivers an order after a while, tells it by webhook, and lets the number ring', async () => {
  const { telnyx, sandbox, receiver, connectionId } = town;
  const { data: offers = [] } = await telnyx.availablePhoneNumbers.list({
    filter: { national_destination_code: '303' },
  });
  const phoneNumber = offers[0]?.phone_number ?? '';
  const { data: order } = await telnyx.numberOrders.create({
    phone_numbers: [{ phone_number: phoneNumber }],
    connection_id: connectionId,
    customer_reference: 'ref-1',
  });
  expect(order?.status).toBe('pending');
  expect(() => sandbox.call({ from: '+13125550155', to: phoneNumber })).toThrow(/10005/);
  const again = telnyx.numberOrders.create({ phone_numbers: [{ phone_number: phoneNumber }] });
  await expect(again).rejects.toMatchObject({ status: 422 });
  await sandbox.clock.advance(2_000);
  const hook = await receiver.once('number_order.complete');
  expect(hook.body.data.payload).toMatchObject({
    id: order?.id,
    status: 'success',
    customer_reference: 'ref-1',
  });
  expect((await telnyx.numberOrders.retrieve(order?.id ?? '')).data?.status).toBe('success');
  const owned = await telnyx.phoneNumbers.list({ filter: { phone_number: phoneNumber } });
  expect(owned.data[0]).toMatchObject({
    phone_number: phoneNumber,
    connection_id: connectionId,
    status: 'active',
  });
  const { data: left = [] } = await telnyx.availablePhoneNumbers.list({
    filter: { national_destination_code: '303' },
  });
  expect(left.map((offer) => offer.phone_number)).not.toContain(phoneNumber);
  sandbox.call({ from: '+13125550155', to: phoneNumber });
  expect((await receiver.once('call.initiated')).body.data.payload.to).toBe(phoneNumber);
  await telnyx.phoneNumbers.delete(owned.data[0]?.id ?? '');
  expect(() => sandbox.call({ from: '+13125550155', to: phoneNumber })).toThrow(/10005/);
});

it('fills a part of an order, or none, late and without a word, as a rule has it', async () => {
  const { telnyx, sandbox, receiver, connectionId } = town;
  const { data: offers = [] } = await telnyx.availablePhoneNumbers.list({
    filter: { national_destination_code: '404', limit: 3 },
  });
  const [one = '', two = '', three = ''] = offers.map((offer) => offer.phone_number ?? '');
  sandbox.numberRules([
    { on: 'order', phoneNumber: two, outcome: 'failure' },
    { on: 'order', phoneNumber: three, outcome: 'failure', delaySeconds: 600, silent: true },
  ]);
  const order = (...numbers: string[]) =>
    telnyx.numberOrders.create({
      phone_numbers: numbers.map((phone_number) => ({ phone_number })),
      connection_id: connectionId,
    });
  const { data: partial } = await order(one, two);
  const { data: none } = await order(three);
  await sandbox.clock.advance(2_000);
  const state = async (id: string | undefined) =>
    (await telnyx.numberOrders.retrieve(id ?? '')).data;
  expect(await state(partial?.id)).toMatchObject({
    status: 'success',
    phone_numbers: [{ status: 'success' }, { status: 'failure' }],
  });
  expect((await receiver.once('number_order.complete')).body.data.payload.id).toBe(partial?.id);
  expect((await state(none?.id))?.status).toBe('pending');
  await sandbox.clock.advance(600_000);
  expect((await state(none?.id))?.status).toBe('failure');
  expect(receiver.types().filter((type) => type === 'number_order.complete')).toHaveLength(1);
  const owned = await telnyx.phoneNumbers.list({ filter: { connection_id: connectionId } });
  expect(owned.data.map((number) => number.phone_number)).toContain(one);
  expect(owned.data.map((number) => number.phone_number)).not.toContain(two);
});

it('holds numbers for half an hour, hides them from those who ask, and lets them go', async () => {
  const { telnyx, sandbox } = town;
  const search = (exclude_held_numbers: boolean) =>
    telnyx.availablePhoneNumbers.list({
      filter: { national_destination_code: '617', exclude_held_numbers },
    });
  const phone_number = (await search(false)).data?.[0]?.phone_number ?? '';
  const reserve = () => telnyx.numberReservations.create({ phone_numbers: [{ phone_number }] });
  const { data: made } = await reserve();
  expect(made).toMatchObject({ status: 'success', phone_numbers: [{ status: 'success' }] });
  const seen = async (hide: boolean) =>
    ((await search(hide)).data ?? []).some((offer) => offer.phone_number === phone_number);
  expect([await seen(false), await seen(true)]).toEqual([true, false]);
  expect((await reserve()).data).toMatchObject({ status: 'failure' });
  await sandbox.clock.advance(29 * 60_000);
  await telnyx.numberReservations.actions.extend(made?.id ?? '');
  await sandbox.clock.advance(29 * 60_000);
  expect(await seen(true)).toBe(false);
  await sandbox.clock.advance(60_000);
  expect(await seen(true)).toBe(true);
  const late = telnyx.numberReservations.actions.extend(made?.id ?? '');
  await expect(late).rejects.toMatchObject({ status: 422 });
});
