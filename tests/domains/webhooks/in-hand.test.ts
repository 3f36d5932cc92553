// What is in whose hand: over all processes four of an endpoint are under way at most, taken up from the dead at once,
// never written down by a hand that it has left, and let go when it must not be sent any more.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { revokeApiKey } from '#domains/accounts/revoke-api-key.ts';
import { eraseDeliveries } from '#domains/webhooks/erase-deliveries.ts';
import { runDeliveries } from '#domains/webhooks/index.ts';
import { storeBodies } from '#domains/webhooks/store-deliveries.ts';
import { takeTurn } from '#domains/webhooks/take-turn.ts';
import { openPresence } from '#platform/db/index.ts';
import { until } from '#tests/support/town.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const NOBODY = 2 ** 31 - 1;
/** how far the process's own clock is ahead */
const watch = { aheadMs: 0 };

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

describe('an endpoint in the hand of a process that is dead', () => {
  it('is taken up at once, with what that process had under way', async () => {
    const { happens, endpoint, deliveries } = await office.settle();
    const receiver = await openReceiver();
    const { endpoint: made } = await endpoint(receiver.url);
    receiver.behaves(410);
    await happens(10);
    const waiting = await deliveries({ state: 'PENDING' });
    expect(waiting.length).toBeGreaterThanOrEqual(6);
    receiver.behaves(204);
    // as a killed process leaves it: in its hand, and nobody asked to look
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { id: made.id },
      data: { state: 'ACTIVE', claimedBy: NOBODY, claims: { increment: 1 }, dueAt: null },
    });
    await until('all are sent', async () => receiver.letters.length === 10);
    await office.deliveries.quiet();
    expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(waiting.length);
  });

  it('is found behind all those at which others are that live', async () => {
    const { happens, endpoint, deliveries } = await office.settle();
    const receiver = await openReceiver();
    const { id } = (await endpoint(receiver.url)).endpoint;
    const other = await openPresence(office);
    onTestFinished(() => other.close());
    const row = await office.db.prisma.webhookEndpoint.findFirstOrThrow({ where: { id } });
    const before = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    await office.db.prisma.webhookEndpoint.createMany({
      data: Array.from({ length: 600 }, (_, n) => {
        return { ...row, id: before(n), eventTypes: [], claimedBy: other.id };
      }),
    });
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { id },
      data: { claimedBy: NOBODY, claims: { increment: 1 } },
    });
    await happens(1);
    expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(1);
  });
});

/** An endpoint with one delivery that failed, in the hand of another process. */
async function inAnotherHand() {
  const settled = await office.settle();
  const { accountId } = settled;
  const receiver = await openReceiver();
  const { endpoint: made } = await settled.endpoint(receiver.url);
  receiver.behaves(500);
  await settled.happens(1);
  const [delivery] = await settled.deliveries();
  if (!delivery) throw new Error('There is a delivery.');
  const other = await openPresence(office);
  onTestFinished(() => other.close());
  const held = { claimedBy: other.id, claims: 7 };
  await office.db.prisma.webhookEndpoint.updateMany({ where: { id: made.id }, data: held });
  return { ...settled, delivery, claim: { accountId, id: made.id, ...held } };
}

describe('a hand that has lost an endpoint', () => {
  it('can neither write down what came of an attempt nor take more', async () => {
    const { deliveries, delivery, claim, accountId } = await inAnotherHand();
    const attempt = {
      at: office.clock.now(accountId),
      durationMs: 1,
      status: 200,
      failure: null,
      response: null,
    };
    const outcome = { failure: null, status: 200, retryAfterMs: null };
    const turn = (as: { claimedBy?: number; claims?: number }) =>
      takeTurn(office, { ...claim, ...as }, [{ delivery, attempt, outcome }], {
        known: [],
        limit: 4,
      });
    expect(await turn({ claimedBy: NOBODY })).toBeNull();
    expect(await turn({ claims: 6 })).toBeNull();
    expect((await deliveries())[0]?.attemptLog).toHaveLength(1);
    expect(await turn({})).toMatchObject({ released: true });
    expect((await deliveries())[0]).toMatchObject({ state: 'DELIVERED', attempts: 2 });
  });

  it('keeps no body', async () => {
    const { delivery, claim, accountId } = await inAnotherHand();
    await office.db.prisma.webhookBody.deleteMany({ where: { accountId } });
    const bodies = [{ id: delivery.id, body: 'Ada Caller' }];
    expect(await storeBodies(office.db.prisma, { ...claim, claims: 6 }, bodies)).toEqual(new Set());
    expect(await storeBodies(office.db.prisma, claim, bodies)).toEqual(new Set([delivery.id]));
  });
});

it.each([
  ['of it', (lead: string) => [[lead]]],
  ['of what it may tell of', (lead: string) => [['call:gone'], [lead]]],
] as const)(
  'a body that is rendered while an erasure %s runs is not kept',
  async (_of, erasing) => {
    const { delivery, claim, accountId, leadId } = await inAnotherHand();
    await office.db.prisma.webhookBody.deleteMany({ where: { accountId } });
    let storing: Promise<Set<string>> | undefined;
    await office.db.transaction(async (tx) => {
      const [erased = [], mayTell] = erasing(`lead:${leadId}`);
      await eraseDeliveries(tx, office, accountId, erased, mayTell);
      storing = storeBodies(office.db.prisma, claim, [{ id: delivery.id, body: 'Ada Caller' }]);
      await until('it waits for the erasure', async () => {
        const { rows } = await office.db.pool.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%into webhook_body%'`,
        );
        return rows.length === 1;
      });
    });
    expect(await storing).toEqual(new Set());
    expect(await office.db.prisma.webhookBody.count({ where: { accountId } })).toBe(0);
  },
);

describe('what is in hand beyond the four under way', () => {
  /** Ten deliveries; the receiver has had four and waits to be told what to answer. */
  async function fourUnderWay() {
    const settled = await office.settle();
    const receiver = await openReceiver();
    const { apiKey, viewer } = await settled.keyWith(['leads:read', 'webhooks:write']);
    const { endpoint: made } = await settled.endpoint(receiver.url, {}, viewer);
    const four = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<number>();
    receiver.behaves((response) => {
      if (receiver.letters.length === 4) four.resolve();
      void answer.promise.then((status) =>
        response.writeHead(status, status === 429 ? { 'retry-after': '60' } : {}).end(),
      );
    });
    const sent = settled.happens(10);
    await four.promise;
    return { ...settled, receiver, made, apiKey, sent, answer: answer.resolve };
  }

  it('is not sent once the receiver asks to be left alone', async () => {
    const { receiver, made, sent, answer, deliveries, endpointRow } = await fourUnderWay();
    answer(429);
    await sent;
    expect(receiver.letters).toHaveLength(4);
    expect(await deliveries({ attempts: 0, state: 'PENDING' })).toHaveLength(6);
    expect(await endpointRow(made.id)).toMatchObject({
      claimedBy: null,
      dueAt: expect.any(Date),
    });
  });

  it('is not sent once the endpoint is paused', async () => {
    const { receiver, sent, answer, deliveries } = await fourUnderWay();
    answer(410);
    await sent;
    expect(receiver.letters).toHaveLength(4);
    expect(await deliveries({ attempts: 0, state: 'PENDING' })).toHaveLength(6);
  });

  describe('is prepared anew after a second', () => {
    const now = performance.now.bind(performance);
    beforeEach(() => {
      vi.spyOn(performance, 'now').mockImplementation(() => now() + watch.aheadMs);
    });
    afterEach(() => {
      vi.restoreAllMocks();
      watch.aheadMs = 0;
    });

    it('and is not sent when it was erased', async () => {
      const { receiver, sent, answer, deliveries, accountId, leadId } = await fourUnderWay();
      await office.db.transaction((tx) =>
        eraseDeliveries(tx, office, accountId, [`lead:${leadId}`]),
      );
      watch.aheadMs = 1_001;
      answer(204);
      await sent;
      expect(receiver.letters).toHaveLength(4);
      expect(await deliveries({ state: 'FAILED', failure: 'ERASED' })).toHaveLength(6);
      expect(await office.db.prisma.webhookBody.count({ where: { accountId } })).toBe(0);
    });

    it('and is not sent when its owner has lost their rights', async () => {
      const { receiver, made, apiKey, viewer, sent, answer, deliveries, endpointRow } =
        await fourUnderWay();
      await revokeApiKey(office, viewer, { apiKeyId: apiKey.id });
      watch.aheadMs = 1_001;
      answer(204);
      await sent;
      expect(receiver.letters).toHaveLength(4);
      expect(await deliveries({ attempts: 0, state: 'PENDING' })).toHaveLength(6);
      expect(await endpointRow(made.id)).toMatchObject({ pauseReason: 'RIGHTS_LOST' });
    });
  });
});
