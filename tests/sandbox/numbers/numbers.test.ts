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
