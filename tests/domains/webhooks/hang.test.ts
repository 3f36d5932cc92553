// Receivers that never answer: they cost four sockets for the time of an exchange, and nobody else anything.
import { expect, it } from 'vitest';
import { openPostOffice, openReceiver } from './post-office.ts';

const { settle } = await openPostOffice({ exchangeMs: 2_000 });

it('a receiver that hangs holds up nobody else', { timeout: 60_000 }, async () => {
  const { happens, endpoint, deliveries } = await settle();
  const [hanging, healthy] = [await openReceiver(), await openReceiver()];
  hanging.behaves(() => {});
  /** how many were with the hanging one when the last of the healthy one's came */
  let before = 0;
  healthy.behaves((response) => {
    if (healthy.letters.length === 10) before = hanging.letters.length;
    response.end();
  });
  await endpoint(hanging.url);
  await endpoint(healthy.url);
  await happens(10);
  expect(healthy.letters).toHaveLength(10);
  expect(before).toBeLessThan(10);
  expect(hanging.mostOpen()).toBe(4);
  // each has had its first attempt, four by four
  const timedOut = await deliveries({ state: 'PENDING', failure: 'TIMEOUT', attempts: 1 });
  expect(timedOut).toHaveLength(10);
});
