// An endpoint at which the database refuses the same thing again and again: it is let go, told of and tried later, by
// whoever comes first; the others are sent to meanwhile.
import { expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

/** what is refused of which endpoint: taking it, or writing down what came of it */
let refused: { id: string; step: 'take' | 'turn' } | null = null;
const refusing = (db: Db): Db => ({
  ...db,
  transaction: (work) =>
    db.transaction(async (tx) => {
      const result = await work(tx);
      if (result && typeof result === 'object' && stepOf(result) === refused?.step) {
        const { turn = result } = result as { turn?: object };
        const { endpoint } = turn as { endpoint: { id: string } };
        if (endpoint.id === refused.id) throw new Error('a check refuses this');
      }
      return result;
    }),
});
function stepOf(result: object): 'take' | 'turn' | null {
  if ('claim' in result) return 'take';
  return 'released' in result ? 'turn' : null;
}

const office = await openPostOffice({ wire: refusing });

it.each([
  ['cannot be taken', 'take', 0],
  ['cannot be written down', 'turn', 1],
] as const)('an endpoint that %s rests for a minute', async (_what, step, sent) => {
  const { happens, endpoint, deliveries, endpointRow, accountId } = await office.settle();
  const [receiver, healthy] = [await openReceiver(), await openReceiver()];
  const { id } = (await endpoint(receiver.url)).endpoint;
  await endpoint(healthy.url);
  const told = vi.spyOn(office.log, 'error');
  refused = { id, step };
  await happens(1);
  expect(healthy.letters).toHaveLength(1);
  expect(receiver.letters).toHaveLength(sent);
  const dueAt = new Date(office.clock.now(accountId).getTime() + 60_000);
  expect(await endpointRow(id)).toMatchObject({ claimedBy: null, dueAt });
  expect(told.mock.calls).toMatchObject([[{ webhookEndpointId: id }, expect.any(String)]]);
  told.mockRestore();

  refused = null;
  await office.deliveries.quiet();
  expect(receiver.letters).toHaveLength(sent);
  office.clock.advance(60_000);
  await office.deliveries.quiet();
  expect(receiver.letters).toHaveLength(sent + 1);
  expect(await deliveries({ state: 'DELIVERED', attempts: 1 })).toHaveLength(2);
});
