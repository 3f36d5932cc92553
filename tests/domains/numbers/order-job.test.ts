import { expect, it } from 'vitest';
import { orderNumberHandler } from '#domains/numbers/index.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

it('numbers.order brings a number into service', async () => {
  const { create, numberOf, accountId } = await depot.settle();
  const { id, number } = await numberOf((await create()).id);
  await (await depot.line()).orderNumber(number, id);
  await depot.fillOrders();
  const stop = new AbortController();
  const live = depot.events.follow({
    accountId,
    filter: { types: ['number.status_changed'] },
    signal: stop.signal,
  });
  await depot.jobs.work([orderNumberHandler(depot)]);
  const { value } = await live.next();
  stop.abort();
  expect(value?.payload).toMatchObject({ phoneNumberId: id, status: 'ACTIVE' });
});
