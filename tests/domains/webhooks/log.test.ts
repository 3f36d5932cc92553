// The delivery log afterwards: replayed, forgotten after thirty days, erased with what it tells of.
import { describe, expect, it } from 'vitest';
import { eraseDeliveries } from '#domains/webhooks/index.ts';
import { webhooksJobHandlers } from '#domains/webhooks/job-handlers.ts';
import { replayWebhookDeliveries } from '#domains/webhooks/replay-deliveries.ts';
import { refusalOf } from '#tests/domains/accounts/town.ts';
import { JOB, openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const { clock, deliveries: worker } = office;
const DAY = 86_400_000;
const [replayHandler, purgeHandler] = webhooksJobHandlers(office);

async function subscribed() {
  const people = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made } = await people.endpoint(receiver.url);
  return {
    ...people,
    receiver,
    made,
    replay: (wanted: object) => replayWebhookDeliveries(office, people.viewer, wanted),
    /** Does the replays that wait, as a worker does. */
    work: async (signal = JOB.signal) => {
      const { rows } = await office.db.pool.query(
        `select id, data from pgboss.job where name = 'webhooks.replay' and data->>'accountId' = $1
          order by created_on`,
        [people.accountId],
      );
      const outcomes: string[] = [];
      for (const { data } of rows) outcomes.push(await replayHandler.run(data, { ...JOB, signal }));
      await worker.quiet();
      return outcomes;
    },
  };
}

describe('a replay', () => {
  it('of chosen deliveries sends the same bytes under the same id', async () => {
    const { happens, receiver, deliveries, replay } = await subscribed();
    const [, second] = await happens(3);
    const [, chosen] = await deliveries();
    clock.advance(DAY);
    expect(await replay({ deliveryIds: [chosen?.id] })).toEqual({ count: 1 });
    await worker.quiet();
    expect(receiver.ids()).toHaveLength(4);
    expect(receiver.ids()[3]).toBe(second);
    const again = receiver.letters.filter(({ headers }) => headers['webhook-id'] === second);
    expect(new Set(again.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await deliveries({ id: chosen?.id });
    expect(delivery).toMatchObject({ state: 'DELIVERED', attempts: 2, replayedAt: clock.now('') });
    expect(delivery?.attemptLog.map(({ n }) => n)).toEqual([1, 2]);
  });

  it('of all that were given up has the whole schedule before it again', async () => {
    const { happens, receiver, deliveries, replay, work, made } = await subscribed();
    await happens(1);
    receiver.behaves(400);
    const [failing] = await happens(1);
    await office.db.prisma.webhookDelivery.updateMany({
      where: { eventId: failing ?? '' },
      data: { state: 'FAILED', tries: 8, attempts: 8 },
    });
    clock.advance(DAY);
    expect(await replay({ webhookEndpointId: made.id, failedOnly: true })).toEqual({ count: 1 });
    expect(await work()).toEqual(['replayed 1']);
    expect(receiver.ids().filter((id) => id === failing)).toHaveLength(2);
    const [delivery] = await deliveries({ eventId: failing });
    expect(delivery).toMatchObject({ state: 'PENDING', tries: 1, attempts: 9 });
  });

  it('of a range takes all in it, whatever became of them, once however often the job is done', async () => {
    const { happens, receiver, replay, work, made } = await subscribed();
    const start = clock.now('');
    const told: (string | undefined)[] = [];
    for (let hour = 0; hour < 4; hour += 1) {
      told.push((await happens(1))[0]);
      clock.advance(3_600_000);
    }
    const at = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
    const range = { createdFrom: at(1), createdBefore: at(3) };
    expect(await replay({ webhookEndpointId: made.id, ...range })).toEqual({ count: 2 });
    expect(await work()).toEqual(['replayed 2']);
    expect(receiver.ids().slice(4)).toEqual([told[1], told[2]]);
    clock.advance(1);
    expect(await work()).toEqual(['replayed 0']);
    expect(receiver.ids()).toHaveLength(6);
  });

  it('of more than one piece leaves nothing out', { timeout: 60_000 }, async () => {
    const { accountId, made, replay, work, deliveries } = await subscribed();
    const createdAt = clock.now('');
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { id: made.id },
      data: { state: 'PAUSED', pauseReason: 'FAILING' },
    });
    await office.db.prisma.webhookDelivery.createMany({
      data: Array.from({ length: 2_345 }, (_, n) => ({
        accountId,
        id: `0195b1d0-0000-7000-8000-${String(n).padStart(12, '0')}`,
        endpointId: made.id,
        eventId: `1-1-${n}`,
        eventType: 'lead.updated',
        state: 'FAILED' as const,
        dueAt: createdAt,
        // several of the same time, at the edges of pieces too, and not in the order of their ids
        createdAt: new Date(createdAt.getTime() - (n % 7)),
      })),
    });
    clock.advance(1);
    const all = { webhookEndpointId: made.id, failedOnly: true };
    expect(await replay(all)).toEqual({ count: 2_345 });
    await expect(work(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await work()).toEqual(['replayed 2345']);
    expect(await deliveries({ state: 'FAILED' })).toEqual([]);
  });

  it('waits with a paused endpoint', async () => {
    const { happens, receiver, made, replay, deliveries } = await subscribed();
    receiver.behaves(410);
    await happens(1);
    receiver.behaves(200);
    const [gone] = await deliveries();
    expect(await replay({ deliveryIds: [gone?.id] })).toEqual({ count: 1 });
    await worker.quiet();
    expect(receiver.letters).toHaveLength(1);
    expect(
      (await office.db.prisma.webhookEndpoint.findFirst({ where: { id: made.id } }))?.dueAt,
    ).toBe(null);
  });

  it.each([
    ['nothing', () => ({}), 'webhookEndpointId'],
    ['an endpoint without saying which', (id: string) => ({ webhookEndpointId: id }), 'failedOnly'],
    [
      'both',
      (id: string) => ({ webhookEndpointId: id, failedOnly: true, deliveryIds: [id] }),
      'deliveryIds',
    ],
    ['no deliveries', () => ({ deliveryIds: [] }), 'deliveryIds'],
    ['too many', (id: string) => ({ deliveryIds: Array(101).fill(id) }), 'deliveryIds'],
  ])('of %s is refused', async (_what, wanted, field) => {
    const { made, replay } = await subscribed();
    expect(await refusalOf(replay(wanted(made.id)))).toEqual({ code: 'INVALID_INPUT', field });
  });

  it('reaches no delivery and no endpoint of others', async () => {
    const { happens, deliveries, made } = await subscribed();
    await happens(1);
    const [theirs] = await deliveries();
    const { replay } = await subscribed();
    expect(await refusalOf(replay({ deliveryIds: [theirs?.id] }))).toEqual({
      code: 'NOT_FOUND',
      field: 'deliveryIds',
    });
    expect(await refusalOf(replay({ webhookEndpointId: made.id, failedOnly: true }))).toEqual({
      code: 'NOT_FOUND',
      field: 'webhookEndpointId',
    });
  });
});

it('forgets deliveries and attempts after thirty days, by the account’s own time', async () => {
  const { happens, accountId, deliveries } = await subscribed();
  await office.db.prisma.account.updateMany({ data: { name: 'Town' } });
  await happens(3);
  clock.advance(2 * DAY);
  await happens(1);
  clock.advance(28 * DAY);
  expect(await purgeHandler.run({}, JOB)).toBe('purged 0');
  clock.advance(1);
  expect(await purgeHandler.run({}, JOB)).toBe('purged 3');
  expect(await deliveries()).toHaveLength(1);
  const attempts = await office.db.prisma.webhookAttempt.count({ where: { accountId } });
  expect(attempts).toBe(1);
});

describe('an erasure', () => {
  it('takes bodies and answers out of the whole database, and nothing of it is sent any more', async () => {
    const { happens, receiver, accountId, leadId, deliveries, replay } = await subscribed();
    receiver.behaves((response) => response.writeHead(500).end('I heard Ada Caller'));
    await happens(2);
    const erase = (subjects: string[]) =>
      office.db.transaction((tx) => eraseDeliveries(tx, office, accountId, subjects));
    const kept = await happens(1).then(() => deliveries());
    expect(kept[0]?.body?.body).toContain('Ada Caller');
    expect(kept[0]?.attemptLog[0]?.response).toContain('Ada Caller');
    expect(await erase([`call:${leadId}`])).toBe(0);
    expect(await erase([`lead:${leadId}`])).toBe(3);
    for (const [table, count] of [
      ['webhook_delivery', 3],
      ['webhook_body', 0],
      ['webhook_attempt', 3],
    ] as const) {
      const { rows } = await office.db.pool.query(
        `select row_to_json(t)::text as row from ${table} t where account_id = $1`,
        [accountId],
      );
      expect(rows).toHaveLength(count);
      expect(JSON.stringify(rows)).not.toMatch(/Ada|4155550134/);
    }
    receiver.behaves(200);
    clock.advance(DAY);
    await worker.quiet();
    expect(receiver.letters).toHaveLength(3);
    const after = await deliveries();
    expect(after.map(({ state, failure }) => [state, failure])).toEqual(
      Array(3).fill(['FAILED', 'ERASED']),
    );
    expect(await replay({ deliveryIds: after.map(({ id }) => id) })).toEqual({ count: 0 });
  });

  it('of something else that they may tell of has what waits rendered anew, and sent all the same', async () => {
    const { happens, receiver, accountId, leadId, deliveries, replay } = await subscribed();
    await happens(1);
    receiver.behaves((response) => response.writeHead(500).end('I heard Ada Caller'));
    await happens(1);
    expect(await office.db.prisma.webhookBody.count({ where: { accountId } })).toBe(2);
    await office.db.transaction((tx) =>
      eraseDeliveries(tx, office, accountId, ['call:gone'], [`lead:${leadId}`]),
    );
    expect(await office.eraseSettled(accountId)).toEqual({ before: 1, after: 0 });
    receiver.behaves(200);
    clock.advance(DAY);
    await worker.quiet();
    expect(await office.eraseSettled(accountId)).toEqual({ before: 1, after: 1 });
    expect(receiver.letters).toHaveLength(3);
    expect(receiver.ids()[2]).toBe(receiver.ids()[1]);
    const after = await deliveries();
    expect(after.map(({ state }) => state)).toEqual(['DELIVERED', 'DELIVERED']);
    expect(after.filter(({ erasedAt }) => erasedAt)).toHaveLength(1);
    expect(await replay({ deliveryIds: after.map(({ id }) => id) })).toEqual({ count: 1 });
  });

  it('in the midst of an attempt keeps what the receiver says out as well', async () => {
    const { happens, receiver, accountId, leadId, deliveries } = await subscribed();
    receiver.behaves((response) => {
      void office.db
        .transaction((tx) => eraseDeliveries(tx, office, accountId, [`lead:${leadId}`]))
        .then(() => response.writeHead(500).end('I heard Ada Caller'));
    });
    await happens(1);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({
      body: null,
      erasedAt: expect.any(Date),
      attemptLog: [{ status: 500, response: null }],
    });
  });
});
