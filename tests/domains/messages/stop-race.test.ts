// STOP against a text that is on its way: it waits for a request that is out, and after its commit nothing leaves. And many
// senders at once against the limits: exactly as many get through as may.
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { agreedBefore, sentBefore } from './sent-before.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const NAMES =
  'Ann Bob Cy Dee Ed Flo Gus Hal Ida Jo Kim Lee Mo Ned Oz Pam Quin Ray Sue Tom Uma Vic Wes Xi Yan Zoe Al Bo'.split(
    ' ',
  );

/** Waits until somebody waits for an advisory lock, or until it is too late for that. */
async function somebodyWaits(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { rows } = await desk.db.pool.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`,
    );
    if (rows.length > 0) return;
  }
}

const conversationWith = async (people: Awaited<ReturnType<typeof desk.settle>>) => {
  await people.texts('Hello');
  return (await people.conversations())[0].id as string;
};

it('an opt-out waits for the request that is out, and what comes after it does not leave', async () => {
  const people = await desk.settle();
  const conversationId = await conversationWith(people);
  await people.send({ conversationId, text: 'One' });
  await people.send({ conversationId, text: 'Two' });
  let isOut = () => {};
  let answers = () => {};
  const out = new Promise<void>((done) => {
    isOut = done;
  });
  const answer = new Promise<void>((done) => {
    answers = done;
  });
  desk.line.gate = () => {
    isOut();
    return answer;
  };
  const stop = await people.texts('STOP', { later: true });
  const sending = people.dispatch();
  await out;
  let isStopped = false;
  const stopping = stop.take().finally(() => {
    isStopped = true;
  });
  await somebodyWaits(() => isStopped);
  expect(isStopped).toBe(false);
  expect(await desk.db.prisma.message.count({ where: { accountId: people.accountId } })).toBe(3);
  answers();
  await Promise.all([sending, stopping]);
  expect(desk.line.sent.map(({ text }) => text.split('\n')[0])).toEqual(['One']);
  await people.again();
  const [row] = await people.conversations();
  const told = row.messages.nodes.map((one: Record<string, unknown>) => [
    ...[one.kind, one.state, one.failure],
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['PERSONAL', 'SENT', null],
      ['PERSONAL', 'FAILED', 'OPTED_OUT'],
    ]),
  );
});

it('however the two meet, no request begins after the opt-out has committed', async () => {
  const people = await desk.settle();
  let clock = 0;
  for (let round = 0; round < 8; round++) {
    const from = `+1312555${String(160 + round).padStart(4, '0')}`;
    await people.texts('Hello', { from });
    const [{ id: conversationId }] = await people.conversations({ customerNumbers: [from] });
    await people.send({ conversationId, text: `Text ${round}` });
    desk.line.sent.length = 0;
    let beganAt = 0;
    desk.line.gate = async () => {
      beganAt ||= ++clock;
    };
    const stop = await people.texts('STOP', { from, autoresponse: 'STOP', later: true });
    const stopped = async () => {
      for (let n = 0; n < round * 3; n++) await Promise.resolve();
      if (round % 2) await desk.db.pool.query('select 1');
      await stop.take();
      return ++clock;
    };
    const [, stoppedAt] = await Promise.all([people.dispatch(), stopped()]);
    const where = { accountId: people.accountId, direction: 'OUTBOUND' as const };
    const { state } = await desk.db.prisma.message.findFirstOrThrow({
      where: { ...where, conversation: { customerNumber: from } },
    });
    if (beganAt > 0) expect(beganAt).toBeLessThan(stoppedAt);
    expect(state).toBe(beganAt > 0 ? 'SENT' : 'FAILED');
    expect(desk.line.sent.length).toBe(beganAt > 0 ? 1 : 0);
  }
});

it('of fifty who send for one agent at once exactly those get through that the month has room for', async () => {
  const people = await desk.settle();
  const { accountId, agentId, companyId } = people;
  const conversationId = await conversationWith(people);
  const month = new Date('2026-03-01');
  await desk.db.prisma.agentUsage.create({
    data: { accountId, agentId, month, messagesSent: 4_993, messagesReceived: 2 },
  });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => people.send({ conversationId, text: `Answer ${n}` })),
  );
  const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: never) => code));
  expect(refused).toEqual(Array(45).fill('AGENT_MESSAGES_EXHAUSTED'));
  expect(await desk.db.prisma.agentUsage.findFirstOrThrow({ where: { agentId } })).toMatchObject({
    ...{ messagesSent: 4_998, messagesReceived: 2 },
  });
  await people.texts('One more');
  expect((await people.conversations({ companyIds: [] })).length).toBe(0);
  expect(await desk.db.prisma.message.count({ where: { accountId, direction: 'INBOUND' } })).toBe(
    2,
  );
  expect(companyId).toBeTruthy();
});

it('the same text, but for the name, goes to twenty-five people an hour, however many send it at once', async () => {
  const people = await desk.settle();
  const { accountId, companyId } = people;
  const to = Array.from({ length: 28 }, (_, n) => `+1312555${String(100 + n).padStart(4, '0')}`);
  const of = { accountId, companyId, at: desk.clock.now(accountId) };
  await agreedBefore(desk.db.prisma, of, to);
  const textOf = (n: number) => `Hi ${NAMES[n]}, 20 % off all doors until Friday!`;
  const ownNumber = people.trackers[0]?.number ?? '';
  for (const [n, customerNumber] of to.slice(0, 24).entries()) {
    const sent = { ...of, ownNumber, customerNumber, texts: [textOf(n)] };
    await sentBefore(desk.db.prisma, sent);
  }
  const offer = (number: string, n: number) =>
    people.send({
      companyId: encodeGlobalId('Company', companyId),
      to: number,
      text: textOf(24 + n),
    });
  const answers = await Promise.all(to.slice(24).map(offer));
  const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: never) => code));
  expect(refused).toEqual(Array(3).fill('BULK_MESSAGING'));
  const another = { companyId: encodeGlobalId('Company', companyId), to: to[27] };
  const own = { ...another, text: 'Your key is under the mat, as ever' };
  // that was tried: until an administrator has looked at it, nobody is begun with
  expect((await people.send(own)).userErrors).toMatchObject([{ code: 'BULK_MESSAGING' }]);
  const heldSince = desk.clock.now(accountId);
  await desk.change(people.viewer, 'releaseSending', { heldSince }, '');
  expect((await people.send(own)).userErrors).toEqual([]);
});
