// The job that orders a number from the carrier.
import { expect, it } from 'vitest';
import { numbersJobHandlers } from '#domains/numbers/index.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

it('numbers.order brings a number into service', async () => {
  const { create, numberOf, accountId } = await depot.settle();
  const stop = new AbortController();
  const live = depot.events.follow({ accountId, filter: {}, signal: stop.signal });
  const { id, number } = await numberOf((await create()).id);
  await (await depot.line()).orderNumber(number, id);
  await depot.fillOrders();
  await depot.jobs.work(numbersJobHandlers(depot));
  const told = [(await live.next()).value?.payload, (await live.next()).value?.payload];
  stop.abort();
  expect(told).toMatchObject([
    { phoneNumberId: id, status: 'ORDERING' },
    { phoneNumberId: id, status: 'ACTIVE' },
  ]);
});
