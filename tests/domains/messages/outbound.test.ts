// Texts that go out: handed to the carrier once, judged again before they leave, whatever the carrier answers and whenever.
import { describe, expect, it } from 'vitest';
import { cancelOptedOutHandler } from '#domains/messages/cancel-opted-out.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { ADA, openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const HOUR = 3_600_000;
const FIELDS = 'message { id state kind text from to failure at sentBy { kind part } }';
const lost = () => new CarrierUnreachable('The carrier did not answer.');

describe('an answer', () => {
  it('goes to the carrier, with the name of who writes and how to opt out the first time', async () => {
    const { texts, send, dispatch, receipt, conversations, told, agentId, companyId, trackers } =
      await desk.settle();
    await texts('Is my door ready?');
    const [{ id: conversationId }] = await conversations();
    const { message, userErrors } = await send({ conversationId, text: 'It is.' }, FIELDS);
    expect(userErrors).toEqual([]);
    const text = 'It is.\nGarage Doors. Reply STOP to opt out.';
    const number = trackers[0]?.number;
    expect(message).toMatchObject({
      ...{ state: 'QUEUED', kind: 'PERSONAL', text, from: number, to: ADA, failure: null },
      sentBy: { kind: 'SYSTEM', part: 'town' },
    });
    expect(await dispatch()).toEqual(['sent']);
    expect(desk.line.sent).toMatchObject([{ from: number, to: ADA, text, profileId: companyId }]);
    await receipt('message.sent', 'sent');
    await receipt('message.finalized', 'delivered');
    const [row] = await conversations();
    expect(row.messages.nodes[0]).toMatchObject({ state: 'DELIVERED', segments: 1, failure: null });
    expect(
      (await told('message')).map(({ type, subjectVersion }) => [type, subjectVersion]),
    ).toEqual([
      ['message.received', 1],
      ['message.queued', 2],
      ['message.sent', 3],
      ['message.delivered', 4],
    ]);
    await send({ conversationId, text: 'Come by.' });
    await dispatch();
    expect(desk.line.sent.at(-1)?.text).toBe('Come by.');
    const usage = await desk.db.prisma.agentUsage.findFirstOrThrow({ where: { agentId } });
    expect(usage).toMatchObject({ messagesSent: 2, messagesReceived: 0 });
    await texts('Thanks!');
    expect(await desk.db.prisma.agentUsage.findFirstOrThrow({ where: { agentId } })).toMatchObject({
      messagesReceived: 1,
    });
  });

  it('is taken once for one idempotencyKey, and told with the carrier’s reason when it fails', async () => {
    const { texts, send, dispatch, receipt, conversations } = await desk.settle();
    await texts('Hello');
    const [{ id: conversationId }] = await conversations();
    const input = { conversationId, text: 'Hello!', idempotencyKey: 'once' };
    const [one, two] = [await send(input), await send(input)];
    expect(one.message.id).toBe(two.message.id);
    expect(await dispatch()).toEqual(['sent']);
    await receipt('message.finalized', 'delivery_failed', '40002');
    const [row] = await conversations();
    expect(row.messages.nodes[0]).toMatchObject({
      ...{ state: 'FAILED', failure: 'BLOCKED_AS_SPAM', carrierCode: '40002' },
    });
  });

  it('that the carrier refuses has failed, by its reason', async () => {
    const { texts, send, dispatch, conversations } = await desk.settle();
    await texts('Hello');
    const [{ id: conversationId }] = await conversations();
    await send({ conversationId, text: 'Hello!' });
    desk.line.fault = () => new CarrierRefused(403, '40300', 'Blocked due to STOP message');
    await dispatch();
    expect((await conversations())[0].messages.nodes[0]).toMatchObject({
      ...{ state: 'FAILED', failure: 'OPTED_OUT', carrierCode: '40300' },
    });
  });
});

it('what the carrier surely did not take is handed to it again', async () => {
  const { texts, send, dispatch, again, conversations } = await desk.settle();
  await texts('Hello');
  const [{ id: conversationId }] = await conversations();
  await send({ conversationId, text: 'Hello!' });
  desk.line.fault = () => new CarrierUnreachable('Too many requests', { isUntaken: true });
  expect(await dispatch()).toEqual(['postponed']);
  desk.line.fault = null;
  expect(await again()).toEqual(['sent']);
  expect(await again()).toEqual(['already-done']);
});

describe('what the carrier does not answer to', () => {
  const unanswered = async () => {
    const people = await desk.settle();
    await people.texts('Hello');
    const [{ id: conversationId }] = await people.conversations();
    await people.send({ conversationId, text: 'Hello!' });
    desk.line.fault = lost;
    expect(await people.dispatch()).toEqual(['unanswered']);
    const newest = async () => (await people.conversations())[0].messages.nodes[0];
    expect(await newest()).toMatchObject({ state: 'QUEUED' });
    return { ...people, newest };
  };

  it('is never sent again, and moves on by its webhook', async () => {
    const { again, receipt, newest } = await unanswered();
    expect(await again()).toEqual(['already-done']);
    desk.clock.advance(20_000);
    expect(await again()).toEqual(['already-done']);
    await receipt('message.finalized', 'delivered');
    expect(await newest()).toMatchObject({ state: 'DELIVERED' });
    expect(desk.line.sent).toHaveLength(1);
  });

  it('is found when the carrier is asked', async () => {
    const { reconcile, newest } = await unanswered();
    desk.line.known = {
      carrierMessageId: 'c-found',
      state: 'SENT',
      code: null,
      detail: null,
      segments: 2,
    };
    expect(await reconcile()).toEqual(['settled']);
    expect(await newest()).toMatchObject({ state: 'SENT', segments: 2 });
    expect(await reconcile()).toEqual([]);
  });

  it('has failed after five minutes without a word, and a late word corrects that', async () => {
    const { reconcile, receipt, newest } = await unanswered();
    expect(await reconcile()).toEqual(['waiting']);
    desk.clock.advance(5 * 60_000 + 1);
    expect(await reconcile()).toEqual(['given-up']);
    expect(await newest()).toMatchObject({ state: 'FAILED', failure: 'UNCONFIRMED' });
    await receipt('message.sent', 'sent');
    expect(await newest()).toMatchObject({ state: 'SENT', failure: null });
    expect(desk.line.sent).toHaveLength(1);
  });
});

describe('a text for later', () => {
  const later = async (ms = HOUR) => {
    const people = await desk.settle();
    await people.texts('Hello');
    const [{ id: conversationId }] = await people.conversations();
    const sendAt = new Date(desk.clock.now('').getTime() + ms);
    await people.send({ conversationId, text: 'Good morning!', sendAt });
    const newest = async () => (await people.conversations())[0].messages.nodes[0];
    return { ...people, newest, sendAt };
  };

  it('waits for its time, is counted then, and goes', async () => {
    const { dispatch, again, newest, agentId, sendAt } = await later();
    expect(desk.enqueued.at(-1)?.startAfter).toEqual(sendAt);
    expect(await dispatch()).toEqual(['early']);
    const usage = { where: { agentId } };
    expect(await desk.db.prisma.agentUsage.findFirst(usage)).toBeNull();
    desk.clock.advance(HOUR);
    // put back by the carrier meanwhile, it is counted no second time
    desk.line.fault = () => new CarrierUnreachable('Too many requests', { isUntaken: true });
    expect(await again()).toEqual(['postponed']);
    desk.line.fault = null;
    expect(await again()).toEqual(['sent']);
    expect(await newest()).toMatchObject({ state: 'SENT', at: sendAt.toISOString() });
    expect(await desk.db.prisma.agentUsage.findFirst(usage)).toMatchObject({ messagesSent: 1 });
  });

  it('is judged again when it goes', async () => {
    const { again, newest, trackers, accountId } = await later();
    const where = { accountId, id: trackers[0]?.phoneNumberId ?? '' };
    await desk.db.prisma.phoneNumber.updateMany({ where, data: { assignment: 'FAILED' } });
    desk.clock.advance(HOUR);
    expect(await again()).toEqual(['A2P_NOT_REGISTERED']);
    expect(await newest()).toMatchObject({ state: 'FAILED', failure: 'A2P_NOT_REGISTERED' });
    expect(desk.line.sent).toEqual([]);
  });

  it('is refused at once where consent will have ended by then', async () => {
    const { send, conversations } = await later();
    const [{ id: conversationId }] = await conversations();
    const sendAt = new Date(desk.clock.now('').getTime() + 24 * HOUR);
    const { userErrors } = await send({ conversationId, text: 'Tomorrow', sendAt });
    expect(userErrors).toMatchObject([{ code: 'CONSENT_EXPIRED', field: ['to'] }]);
  });

  it('is cancelled by STOP at once, and confirmed as opted out where the carrier does not', async () => {
    const { texts, dispatch, newest, conversations, told, again } = await later();
    await texts('Opt out');
    const [row] = await conversations();
    expect(
      row.messages.nodes.map((one: Record<string, unknown>) => [one.kind, one.state, one.failure]),
    ).toEqual([
      ['PERSONAL', 'FAILED', 'OPTED_OUT'],
      ['OPT_OUT_CONFIRMATION', 'QUEUED', null],
      ['PERSONAL', 'RECEIVED', null],
      ['PERSONAL', 'RECEIVED', null],
    ]);
    expect((await told('message')).at(-2)).toMatchObject({
      ...{ type: 'message.failed', payload: { failure: 'OPTED_OUT' } },
    });
    await dispatch();
    expect(desk.line.sent.map(({ text }) => text)).toEqual([
      'Garage Doors: you have opted out and will get no more texts. Reply START to opt in again.',
    ]);
    await texts('STOP');
    desk.clock.advance(HOUR);
    await again();
    expect(desk.line.sent, 'one confirmation').toHaveLength(1);
    expect(await newest()).toMatchObject({ failure: 'OPTED_OUT' });
  });

  it('is cancelled by an opt-out by telephone, too', async () => {
    const { accountId, companyId, viewer, newest } = await later();
    const input = {
      ...{ companyId: encodeGlobalId('Company', companyId), phoneNumber: ADA },
      ...{ kind: 'OPT_OUT', source: 'VERBAL' },
    };
    const { userErrors } = await desk.change(viewer, 'recordConsent', input, 'consent { state }');
    expect(userErrors).toEqual([]);
    const { id: consentId } = await desk.db.prisma.consent.findFirstOrThrow({
      where: { accountId },
    });
    const { run } = cancelOptedOutHandler(desk.platform as never);
    const job = {} as never;
    expect(await run({ accountId, consentId }, job)).toBe('cancelled');
    expect(await newest()).toMatchObject({ state: 'FAILED', failure: 'OPTED_OUT' });
    expect(await run({ accountId, consentId: accountId }, job)).toBe('none');
  });

  it('is taken back by whoever may send, until it goes', async () => {
    const { viewer, newest } = await later();
    const { id: messageId } = await newest();
    const cancel = () =>
      desk.change(viewer, 'cancelMessage', { messageId }, 'message { state failure }');
    const cancelled = { message: { state: 'FAILED', failure: 'CANCELLED' }, userErrors: [] };
    expect(await cancel()).toEqual(cancelled);
    expect(await cancel()).toEqual(cancelled);
  });
});

it('HELP is answered once in a while, and what the carrier answers is not said twice', async () => {
  const { texts, dispatch, trackers } = await desk.settle();
  await texts('help');
  await texts('HELP');
  await texts('Stop', { from: '+13125550156', autoresponse: 'STOP' });
  await dispatch();
  expect(desk.line.sent.map(({ text }) => text)).toEqual([
    `Garage Doors: call us at ${trackers[0]?.number} for help. Message and data rates may apply. Reply STOP to opt out.`,
  ]);
});
