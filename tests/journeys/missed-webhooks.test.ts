// A call that came and went while nobody took the carrier's webhooks, and whose deliveries the carrier has given up: the
// carrier's own log tells of it, and it is told late with its true times. Calls that are met late are counted in order.
import { expect, it } from 'vitest';
import { catchUpJob } from '#domains/calls/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { readHead } from '#platform/carrier/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';

const SPEED = 8;
const town = await openTown({ speed: SPEED });
const tracker = await town.tracker({ ringSeconds: 60 });
const { sandbox, server } = town;

/** Sends the webhooks of the account's application to an address where nobody listens, until they are turned back. */
async function loseWebhooks(): Promise<() => Promise<void>> {
  const headers = { authorization: `Bearer ${SANDBOX_KEY}`, 'content-type': 'application/json' };
  const list = await fetch(`${sandbox.url}/v2/call_control_applications`, { headers });
  const { data } = (await list.json()) as {
    data: { id: string; webhook_event_url: string; application_name: string }[];
  };
  const point = async (address: (url: string) => string) => {
    for (const { id, application_name, webhook_event_url } of data) {
      const answer = await fetch(`${sandbox.url}/v2/call_control_applications/${id}`, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ application_name, webhook_event_url: address(webhook_event_url) }),
      });
      expect(answer.status).toBe(200);
    }
  };
  await point(() => 'http://127.0.0.1:9/nobody');
  return () => point((url) => url);
}

/** Until when the account's webhooks were held against the carrier's log. */
async function heardTo(accountId = town.accountId): Promise<number> {
  const row = await server.platform.db.prisma.carrierCatchUp.findUnique({ where: { accountId } });
  return row?.heardTo.getTime() ?? 0;
}
const catchUp = () =>
  server.platform.db.transaction((tx) => server.platform.jobs.enqueue(tx, catchUpJob, {}));

it('is told once it is found in the carrier’s log, before a later call of the same person', {
  timeout: 60_000,
}, async () => {
  town.business(tracker).is('answer');
  const caller = town.caller();
  const findAgain = await loseWebhooks();
  const lost = caller.dials(tracker, { hangUpAfterSeconds: 12 });
  await town.until('the caller has left', () =>
    sandbox
      .calls()
      .legs.find((leg) => leg.callControlId === lost.callControlId && leg.endedAt !== null),
  );
  await findAgain();
  sandbox.clock.setSpeed(100);
  await town.until('the carrier has given up', () =>
    sandbox.deliveries().every((one) => one.status !== 'pending'),
  );
  sandbox.clock.setSpeed(SPEED);

  caller.dials(tracker, { say: [] });
  const second = await town.endedCall(caller.from);
  expect(second).toMatchObject({ outcome: 'ANSWERED', firstCall: true, priorCalls: 0 });

  await catchUp();
  const ended = await town.sees(
    'CALL_ENDED',
    (e) => e.call.from === caller.from && e.call.id !== second.id,
  );
  const first = await town.call(ended.call.id);
  expect(first).toMatchObject({ outcome: 'ABANDONED', firstCall: true, priorCalls: 0 });
  expect(first.durationSeconds).toBe(12);
  expect(first.lead.id).toBe(second.lead.id);
  expect(await town.call(second.id)).toMatchObject({ firstCall: false, priorCalls: 1 });
  await town.sees(
    'CALL_UPDATED',
    (e) => e.call.id === second.id && e.changes.includes('priorCalls'),
  );

  // a second look finds nothing new
  const told = town.seen((e) => e.call?.from === caller.from).length;
  const before = await heardTo();
  await catchUp();
  await town.until('the carrier was asked again', async () => (await heardTo()) > before);
  expect(town.seen((e) => e.call?.from === caller.from)).toHaveLength(told);
});

it('a text is stored once it is found in the carrier’s log of what it gave up', {
  timeout: 60_000,
}, async () => {
  const from = '+13125550173';
  await town.until('the number takes texts', async () => {
    const source = '{ phoneNumbers(first: 10) { nodes { number messagingStatus } } }';
    const { nodes } = (await town.ask(source)).phoneNumbers;
    return nodes.some(
      (one: { number: string; messagingStatus: string }) =>
        one.number === tracker.number && one.messagingStatus === 'RECEIVES_ONLY',
    );
  });
  const headers = { authorization: `Bearer ${SANDBOX_KEY}`, 'content-type': 'application/json' };
  const profiles = `${sandbox.url}/v2/messaging_profiles`;
  const { data } = (await (await fetch(profiles, { headers })).json()) as {
    data: { id: string; webhook_url: string }[];
  };
  const point = async (address: (url: string) => string) => {
    for (const { id, webhook_url } of data) {
      const body = JSON.stringify({ webhook_url: address(webhook_url) });
      const answer = await fetch(`${profiles}/${id}`, { method: 'PATCH', headers, body });
      expect(answer.status).toBe(200);
    }
  };
  await point((url) => `http://127.0.0.1:9${new URL(url).pathname}`);
  sandbox.text({ from, to: tracker.number, text: 'Is anybody there?' });
  sandbox.clock.setSpeed(100);
  await town.until('the carrier has given up', () => {
    const texts = sandbox.deliveries().filter((one) => one.webhook.event_type.startsWith('mess'));
    return texts.length > 0 && texts.every((one) => one.status !== 'pending');
  });
  sandbox.clock.setSpeed(SPEED);
  await point((url) => url);
  const stored = async () => {
    const { conversations } = await town.ask(
      '{ conversations(first: 9) { nodes { customerNumber messages { nodes { text } } } } }',
    );
    return conversations.nodes;
  };
  expect(await stored()).toEqual([]);
  await catchUp();
  await town.until('the text is here', async () => (await stored())[0]);
  const before = await heardTo();
  await catchUp();
  await town.until('the carrier was asked again', async () => (await heardTo()) > before);
  expect(await stored()).toEqual([
    { customerNumber: from, messages: { nodes: [{ text: 'Is anybody there?' }] } },
  ]);
});

it('leaves alone a live call of another account that the same carrier’s customer has', async () => {
  const { accountId } = await town.stranger();
  const { url, publicKey } = sandbox;
  await connectSandbox(server.platform, { url, publicKey, apiKey: SANDBOX_KEY });
  town.business(tracker).is('answer', { hangUpAfterSeconds: 600 });
  const caller = town.caller();
  const leg = caller.dials(tracker, { hangUpAfterSeconds: 300 });
  await town.sees('CALL_ANSWERED', (e) => e.call.from === caller.from);

  await catchUp();
  const { prisma } = server.platform.db;
  await town.until('the other account’s carrier was asked', () => heardTo(accountId));
  expect(await prisma.carrierEvent.findMany({ where: { accountId } })).toEqual([]);

  sandbox.hangUp(leg.callControlId);
  expect(await town.endedCall(caller.from)).toMatchObject({ outcome: 'ANSWERED' });
  // what declines a call goes by this name
  const subject = `session:${leg.sessionId}`;
  expect(await prisma.carrierCommand.count({ where: { subject } })).toBe(0);
});

it('of a number that has called a thousand times since: all are counted, the last are told', {
  timeout: 60_000,
}, async () => {
  const { accountId, companyId } = town;
  const { clock, db, inbox } = server.platform;
  const { from } = town.caller();
  const nowMs = clock.now(accountId).getTime();
  const first = new Date(nowMs - 3_600_000);
  const since = Array.from({ length: 1_100 }, (_, n) => ({
    id: newId(),
    startedAt: new Date(first.getTime() + n * 1_000),
  }));
  await db.prisma.interaction.createMany({
    data: since.map(({ id, startedAt }) => ({
      ...{ accountId, companyId, id },
      kind: 'CALL',
      occurredAt: startedAt,
    })),
  });
  await db.prisma.call.createMany({
    data: since.map(({ id, startedAt }, n) => ({
      ...{ accountId, companyId, id, startedAt, endedAt: startedAt, from, to: tracker.number },
      ...{ direction: 'INBOUND', state: 'ENDED', outcome: 'MISSED', carrierSessionId: id },
      ...{ firstCall: n === 0, priorCalls: n, machine: {} },
    })),
  });
  const arrived = {
    data: {
      id: newId(),
      event_type: 'call.initiated',
      occurred_at: new Date(nowMs - 7_200_000).toISOString(),
      payload: {
        ...{ call_control_id: 'gone', call_leg_id: 'gone', call_session_id: newId() },
        ...{ direction: 'incoming', from, to: tracker.number },
      },
    },
  };
  await inbox.store(
    accountId,
    readHead(arrived),
    JSON.stringify(arrived),
    new Date(nowMs - 60_000),
  );
  await town.until('it is met', () =>
    db.prisma.call.findFirst({
      where: { accountId, from, startedAt: { lt: first } },
    }),
  );

  const priorCalls = await db.prisma.call.findMany({
    where: { id: { in: since.map(({ id }) => id) } },
    orderBy: { startedAt: 'asc' },
    select: { priorCalls: true, firstCall: true },
  });
  expect(priorCalls).toEqual(since.map((_, n) => ({ priorCalls: n + 1, firstCall: false })));
  const told = await db.pool.query(
    `select subject from event where account_id = $1 and type = 'call.updated' and subject = any($2)`,
    [accountId, since.map(({ id }) => `call:${id}`)],
  );
  expect(told.rows.map(({ subject }) => subject).sort()).toEqual(
    since
      .slice(100)
      .map(({ id }) => `call:${id}`)
      .sort(),
  );
});
