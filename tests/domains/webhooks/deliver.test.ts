// One event, one delivery, one signed POST; and what becomes of it when the receiver does not take it.
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { delayAfter } from '#domains/webhooks/machine.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const { clock, deliveries: worker } = office;
const DAY = 86_400_000;

/** An account with one endpoint and its receiver. */
async function subscribed(more: object = {}) {
  const people = await office.settle();
  const receiver = await openReceiver();
  const { endpoint, secret } = await people.endpoint(receiver.url, more);
  /** Turns the clock to when the first delivery is due, and has it tried. */
  const due = async () => {
    const [delivery] = await people.deliveries();
    clock.set(delivery?.dueAt ?? new Date(0));
    await worker.quiet();
  };
  return { ...people, receiver, made: endpoint, secret: secret as string, due };
}

describe('a delivery', () => {
  it('is the event, signed, once for each endpoint that wants it', async () => {
    const { endpoint, happens, deliveries } = await office.settle();
    const [first, second] = [await openReceiver(), await openReceiver()];
    const { secret } = await endpoint(first.url);
    await endpoint(second.url);
    await endpoint(second.url, { eventTypes: ['call.ended'] });
    const occurredAt = clock.now('').toISOString();
    const [id] = await happens();
    expect(first.ids()).toEqual([id]);
    expect(second.ids()).toEqual([id]);
    const [letter] = first.letters;
    const body = new Webhook(secret as string).verify(letter?.body ?? '', letter?.headers ?? {});
    expect(body).toEqual({
      type: 'lead.updated',
      timestamp: occurredAt,
      data: expect.objectContaining({
        id,
        type: 'LEAD_UPDATED',
        leadChanges: ['name'],
        company: { id: expect.any(String), name: 'Garage Doors' },
        lead: expect.objectContaining({ phoneNumbers: ['+14155550134'] }),
      }),
    });
    expect(await deliveries()).toMatchObject([
      { state: 'DELIVERED', attempts: 1, attemptLog: [{ n: 1, status: 204, failure: null }] },
      { state: 'DELIVERED', attempts: 1 },
    ]);
  });

  it('is made for events behind the endpoint’s making only, of the companies that it names', async () => {
    const { endpoint, happens, companyId, otherCompanyId } = await office.settle();
    const [some, all] = [await openReceiver(), await openReceiver()];
    await happens();
    await endpoint(some.url, { companyIds: [companyId] });
    await endpoint(all.url);
    const [mine] = await happens(1, companyId);
    const [others] = await happens(1, otherCompanyId);
    const [nobodys] = await happens(1, null);
    expect(some.ids()).toEqual([mine]);
    expect(all.ids()).toEqual([mine, others, nobodys]);
  });

  it('is tried eight times with growing pauses, every time with the same id and bytes, then given up', async () => {
    const { happens, deliveries, receiver, due, secret } = await subscribed();
    receiver.behaves(503);
    const start = clock.now('');
    const [id] = await happens();
    const [first] = await deliveries();
    const expected = [start.getTime()];
    for (let tries = 1; tries < 8; tries += 1) {
      expected.push((expected.at(-1) ?? 0) + (delayAfter({ id: first?.id ?? '', tries }) ?? 0));
      await due();
    }
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: 'FAILED', failure: 'STATUS', attempts: 8 });
    expect(delivery?.attemptLog.map(({ at }) => at.getTime())).toEqual(expected);
    expect(new Set(receiver.ids())).toEqual(new Set([id]));
    expect(receiver.letters).toHaveLength(8);
    expect(new Set(receiver.letters.map(({ body }) => body)).size).toBe(1);
    for (const { body, headers } of receiver.letters) new Webhook(secret).verify(body, headers);
    clock.advance(DAY);
    await worker.quiet();
    expect(receiver.letters).toHaveLength(8);
  });

  it('sends the bytes of its first attempt although what it tells of has changed since', async () => {
    const { happens, receiver, due, leadId, accountId } = await subscribed();
    receiver.behaves(500);
    await happens();
    await office.db.prisma.lead.update({
      where: { accountId_id: { accountId, id: leadId } },
      data: { name: 'Somebody Else' },
    });
    receiver.behaves(200);
    await due();
    const [first, second] = receiver.letters.map(({ body }) => body);
    expect(first).toContain('Ada Caller');
    expect(second).toBe(first);
  });

  it.each([
    ['answers 302', 302, 'STATUS'],
    ['answers 404', 404, 'STATUS'],
    [
      'resets',
      (_response: unknown, socket: import('node:net').Socket) => socket.resetAndDestroy(),
      'CONNECTION_FAILED',
    ],
  ] as const)(
    'waits for its next attempt when the receiver %s',
    async (_what, behaviour, failure) => {
      const { happens, deliveries, receiver } = await subscribed();
      receiver.behaves(behaviour as never);
      await happens();
      const [delivery] = await deliveries();
      expect(delivery).toMatchObject({
        state: 'PENDING',
        failure,
        attemptLog: [{ failure }],
      });
    },
  );

  it('keeps what the receiver said, cut and cleaned', async () => {
    const { happens, deliveries, receiver } = await subscribed();
    receiver.behaves((response) => response.writeHead(500).end(`\u0000no${'!'.repeat(997)}😀`));
    await happens();
    const [delivery] = await deliveries();
    // half a character is none
    expect(delivery?.attemptLog[0]?.response).toBe(`no${'!'.repeat(997)}`);
  });
});

describe('a receiver', () => {
  it('gets four deliveries at once at most', async () => {
    const { happens, receiver, deliveries } = await subscribed();
    const waiting: (() => void)[] = [];
    receiver.behaves((response) => {
      // the first four are answered together, so they must all have come
      waiting.push(() => response.end());
      if (waiting.length >= 4) for (const answer of waiting.splice(0)) answer();
    });
    await happens(20);
    expect(receiver.letters).toHaveLength(20);
    expect(receiver.mostOpen()).toBe(4);
    expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(20);
  });

  it('that says 410 is paused, and everybody who listens is told', async () => {
    const { happens, deliveries, receiver, made, endpointRow, told } = await subscribed();
    receiver.behaves(410);
    await happens(1);
    expect(await endpointRow(made.id)).toMatchObject({ state: 'PAUSED', pauseReason: 'GONE' });
    expect(await told('webhook.endpoint_paused')).toEqual([
      {
        payload: { webhookEndpointId: made.id, reason: 'GONE' },
        subject: `webhook:${made.id}`,
        subjectVersion: 2,
        companyId: null,
      },
    ]);
    await happens(3);
    expect(receiver.letters).toHaveLength(1);
    expect((await deliveries()).map(({ state }) => state)).toEqual([
      'FAILED',
      'PENDING',
      'PENDING',
      'PENDING',
    ]);
  });

  it('is left alone as long as it asks, the other deliveries included', async () => {
    const { happens, receiver } = await subscribed();
    receiver.behaves((response) => response.writeHead(429, { 'retry-after': '60' }).end());
    await happens();
    receiver.behaves(200);
    await happens();
    clock.advance(59_999);
    await worker.quiet();
    expect(receiver.letters).toHaveLength(1);
    clock.advance(1);
    await worker.quiet();
    expect(receiver.letters).toHaveLength(3);
  });

  it('is paused after five days of failure, with one event, though four attempts end at once', async () => {
    const { happens, receiver, made, endpointRow, told, companyId } = await subscribed();
    await office.db.prisma.webhookEndpoint.update({
      where: { accountId_id: { accountId: made.accountId, id: made.id } },
      data: { allCompanies: false, companyIds: [companyId] },
    });
    receiver.behaves(500);
    for (let day = 0; day < 5; day += 0.5) {
      await happens(1);
      clock.advance(DAY / 2);
    }
    expect((await endpointRow(made.id)).state).toBe('ACTIVE');
    await happens(4);
    expect(await endpointRow(made.id)).toMatchObject({ state: 'PAUSED', pauseReason: 'FAILING' });
    expect(await told('webhook.endpoint_paused')).toEqual([
      expect.objectContaining({
        companyId,
        payload: { webhookEndpointId: made.id, reason: 'FAILING' },
      }),
    ]);
  });
});
