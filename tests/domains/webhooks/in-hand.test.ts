// What is in whose hand: over all processes four of an endpoint at most, taken up from the dead at once, and never
// written down by a hand that it has left.
import { afterAll, describe, expect, it } from 'vitest';
import { runDeliveries } from '#domains/webhooks/index.ts';
import { refreshDue } from '#domains/webhooks/store.ts';
import { settleDelivery } from '#domains/webhooks/store-deliveries.ts';
import { openPresence } from '#platform/db/index.ts';
import { until } from '#tests/support/town.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const NOBODY = 1_234_567;

describe('two workers beside each other', () => {
  it('have four of an endpoint in hand together, and deliver each once', {
    timeout: 60_000,
  }, async () => {
    const { happens, endpoint, deliveries } = await office.settle();
    const receiver = await openReceiver();
    await endpoint(receiver.url);
    const other = await runDeliveries(office);
    const waiting: (() => void)[] = [];
    receiver.behaves((response) => {
      waiting.push(() => response.end());
      if (waiting.length >= 4) for (const answer of waiting.splice(0)) answer();
    });
    await happens(40);
    await other.quiet();
    await other.stop();
    expect(receiver.mostOpen()).toBe(4);
    expect(receiver.ids()).toHaveLength(40);
    expect(new Set(receiver.ids()).size).toBe(40);
    expect(await deliveries({ state: 'DELIVERED', attempts: 1 })).toHaveLength(40);
  });
});

describe('a delivery in the hand of a process that is dead', () => {
  it('is taken up at once, though all four places of its endpoint were taken', async () => {
    const { happens, endpoint, deliveries, accountId } = await office.settle();
    const receiver = await openReceiver();
    const { endpoint: made } = await endpoint(receiver.url);
    receiver.behaves(410);
    await happens(1);
    await happens(9);
    // as a killed process leaves it: four in its hand, and nobody asked to look
    const waiting = await deliveries({ state: 'PENDING' });
    await office.db.transaction(async (tx) => {
      await tx.webhookDelivery.updateMany({
        where: { accountId, id: { in: waiting.slice(0, 4).map(({ id }) => id) } },
        data: { claimedBy: NOBODY, claims: { increment: 1 } },
      });
      await tx.webhookEndpoint.updateMany({ where: { id: made.id }, data: { state: 'ACTIVE' } });
      await refreshDue(tx, accountId, [made.id]);
      const left = await tx.webhookEndpoint.findFirstOrThrow({ where: { id: made.id } });
      expect(left.dueAt).toBeNull();
    });
    receiver.behaves(204);
    await until('the four are sent', async () => receiver.letters.length === 10);
    await office.deliveries.quiet();
    expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(9);
  });
});

describe('a hand that has lost a delivery', () => {
  it('cannot write down what came of it', async () => {
    const { happens, endpoint, deliveries, accountId } = await office.settle();
    const receiver = await openReceiver();
    await endpoint(receiver.url);
    receiver.behaves(500);
    await happens(1);
    const [delivery] = await deliveries();
    const at = office.clock.now(accountId);
    const attempt = { at, durationMs: 1, status: 200, failure: null, response: null };
    const after = { state: 'DELIVERED', failure: null, dueAt: at } as const;
    const settle = (claim: { claimedBy: number; claims: number }) =>
      office.db.transaction((tx) =>
        settleDelivery(tx, accountId, { id: delivery?.id ?? '', ...claim }, attempt, after),
      );
    const other = await openPresence(office);
    afterAll(() => other.close());
    const holder = other.id;
    await office.db.prisma.webhookDelivery.updateMany({
      where: { id: delivery?.id ?? '' },
      data: { claimedBy: holder, claims: 7 },
    });
    expect(await settle({ claimedBy: NOBODY, claims: 7 })).toBe(false);
    expect(await settle({ claimedBy: holder, claims: 6 })).toBe(false);
    expect((await deliveries())[0]?.attemptLog).toHaveLength(1);
    expect(await settle({ claimedBy: holder, claims: 7 })).toBe(true);
    expect((await deliveries())[0]).toMatchObject({ state: 'DELIVERED', attempts: 2 });
  });
});
