// A claim whose answer is lost: the database has committed it, and the connection broke before the process learnt so.
import { expect, it } from 'vitest';
import { DatabaseUnavailable, type Db } from '#platform/db/index.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

let losses = 0;
/** A database of which the answers to claims are lost, as often as told. */
const losing = (db: Db): Db => ({
  ...db,
  async transaction(work) {
    const result = await db.transaction(work);
    if (losses > 0 && result && typeof result === 'object' && 'claim' in result) {
      losses -= 1;
      throw new DatabaseUnavailable(new Error('the connection broke'));
    }
    return result;
  },
});
const office = await openPostOffice({ wire: losing });

it('is found again by the process that made it, and what is due goes out once', async () => {
  const { happens, endpoint, deliveries } = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made } = await endpoint(receiver.url);
  losses = 1;
  // it is taken in a look of the sender's own, or in the one that is asked for here
  await happens(3).catch((error: Error) => expect(error).toBeInstanceOf(DatabaseUnavailable));
  expect(losses).toBe(0);
  await office.deliveries.quiet();
  expect(await deliveries({ state: 'DELIVERED', attempts: 1 })).toHaveLength(3);
  expect(new Set(receiver.ids()).size).toBe(receiver.letters.length);
  const { claimedBy } = await office.db.prisma.webhookEndpoint.findFirstOrThrow({
    where: { id: made.id },
  });
  expect(claimedBy).toBeNull();
});
