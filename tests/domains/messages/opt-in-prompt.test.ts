// An agent asks somebody who wrote to opt in: YES within seven days is an explicit opt-in, proven by both texts; without a
// prompt, too late, or after an opt-out it is none.
import { expect, it } from 'vitest';
import { CarrierRefused } from '#platform/carrier/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { ADA, openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const CONSENT = `query($phoneNumber: PhoneNumber) { consents(filter: { phoneNumber: $phoneNumber }) { nodes {
  state entries { nodes { kind source evidence { shownText reference messageId } } } } } }`;

async function settle() {
  desk.clock.set(new Date('2026-03-02T15:00:00.000Z'));
  const people = await desk.settle(1);
  const { viewer, agentId, conversations, texts } = people;
  await texts('Is my door ready?');
  const [{ id: conversationId }] = await conversations();
  const asks = (more: object = {}) =>
    desk.change(
      viewer,
      'requestOptIn',
      { conversationId, agentId: encodeGlobalId('Agent', agentId), ...more },
      'message { id text state }',
    );
  const consent = async () => {
    const { consents } = await desk.ask(viewer, CONSENT, { phoneNumber: ADA });
    return consents.nodes[0];
  };
  const refused = async () => (await asks()).userErrors.map(({ code }: { code: string }) => code);
  return { ...people, conversationId, asks, consent, refused };
}

it('YES is an opt-in, by which they may be written to from then on', async () => {
  const { asks, consent, texts, dispatch, send, conversationId, told, conversations, refused } =
    await settle();
  const { message, userErrors } = await asks({ idempotencyKey: 'once' });
  expect(userErrors).toEqual([]);
  expect((await asks({ idempotencyKey: 'once' })).message.id).toBe(message.id);
  expect(message.text).toMatch(/^Garage Doors: Reply YES .* STOP to opt out\.$/);
  expect(await dispatch()).toEqual(['sent']);
  expect(desk.line.sent.map(({ text }) => text)).toEqual([message.text]);
  desk.clock.advance(WEEK - 1);
  expect((await consent()).state).toBe('EXPIRED');
  const { take } = await texts('“Yes!” 👍');
  await take();
  const stands = await consent();
  expect(stands.state).toBe('OPTED_IN');
  const [newest] = (await conversations())[0].messages.nodes;
  expect(stands.entries.nodes).toEqual([
    {
      ...{ kind: 'OPT_IN', source: 'TEXT' },
      evidence: { shownText: message.text, reference: message.id, messageId: newest.id },
    },
    { kind: 'INBOUND', source: 'TEXT', evidence: null },
  ]);
  expect((await told('consent')).map(({ payload }) => payload)).toMatchObject([
    { kind: 'INBOUND' },
    { kind: 'OPT_IN' },
  ]);
  expect(await refused()).toEqual(['WRONG_STATE']);
  desk.clock.advance(25 * HOUR);
  expect((await send({ conversationId, text: 'It is ready.' })).userErrors).toEqual([]);
});

it.each([
  ['without a prompt', async () => {}],
  [
    'at seven days',
    async ({ asks, dispatch }: Awaited<ReturnType<typeof settle>>) => {
      await asks();
      await dispatch();
      desk.clock.advance(WEEK);
    },
  ],
  [
    'to a prompt that never left',
    async ({ asks, dispatch }: Awaited<ReturnType<typeof settle>>) => {
      await asks();
      desk.line.fault = () => new CarrierRefused(400, '40310', 'No');
      await dispatch();
    },
  ],
  [
    'to a prompt that has not left yet',
    async ({ asks }: Awaited<ReturnType<typeof settle>>) => void (await asks()),
  ],
])('YES %s is a text like any other', async (_when, before) => {
  const town = await settle();
  await before(town);
  desk.clock.advance(1);
  await town.texts('YES');
  expect((await town.consent()).state).toBe('IMPLIED');
});

it('YES after STOP opens nothing, and START does, with or without a STOP before', async () => {
  const { asks, dispatch, texts, consent, refused } = await settle();
  await asks();
  await dispatch();
  desk.clock.advance(1);
  await texts('STOP');
  desk.clock.advance(1);
  await texts('YES');
  expect((await consent()).state).toBe('OPTED_OUT');
  expect(await refused()).toEqual(['OPTED_OUT']);
  desk.clock.advance(1);
  await texts('START');
  expect((await consent()).state).toBe('OPTED_IN');
  const other = await settle();
  await other.texts('Start');
  const stands = await other.consent();
  expect(stands.state).toBe('OPTED_IN');
  expect(stands.entries.nodes[0]).toEqual({ kind: 'OPT_IN', source: 'TEXT', evidence: null });
});

it('is asked only of who wrote within 24 hours, under the rules of every text', async () => {
  const { refused, accountId } = await settle();
  desk.clock.advance(24 * HOUR - 1);
  expect(await refused()).toEqual([]);
  desk.clock.advance(1);
  expect(await refused()).toEqual(['CONSENT_EXPIRED']);
  await desk.db.prisma.membership.deleteMany({ where: { accountId } });
  expect(await refused()).toEqual(['LEAD_CENTER_REQUIRED']);
});
