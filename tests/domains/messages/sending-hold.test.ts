// Bulk that was tried: what the account would begin is held until an administrator has looked at it; answers go on.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { ADA, openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const CHECK = `query($input: CanSendMessageInput!) { canSendMessage(input: $input) {
  refusals { code message ... on PolicyRefusal { limit current retryAt } } limits { heldSince } } }`;
const REFUSED =
  'message { id } userErrors { code message ... on PolicyRefusal { limit current retryAt } }';
const SEND = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { ${REFUSED} } }`;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const numberOf = (n: number) => `+1312555${String(140 + n).padStart(4, '0')}`;
const TEXTS = [
  'The blue door is in',
  'Springs come on Monday',
  'Your invoice follows',
  'Thank you',
];

async function settle() {
  const town = await desk.settle(1);
  const { accountId, companyId, viewer, agentId } = town;
  const optedInAt = desk.clock.now(accountId);
  await desk.db.prisma.consent.createMany({
    data: TEXTS.map((_, n) => ({
      ...{ accountId, companyId, id: randomUUID(), number: numberOf(n) },
      ...{ optedInAt, changedAt: optedInAt },
    })),
  });
  await desk.change(viewer, 'updateMessageLimits', { begunFrom: 3 }, '');
  const inputTo = (n: number, more: object = {}) => ({
    ...{ companyId: encodeGlobalId('Company', companyId), to: numberOf(n), text: TEXTS[n] },
    ...{ agentId: encodeGlobalId('Agent', agentId), ...more },
  });
  const begins = async (n: number, more: object = {}) => {
    const input = inputTo(n, more);
    return (await desk.ask(viewer, SEND, { input })).sendMessage.userErrors;
  };
  const check = async (n: number) =>
    (await desk.ask(viewer, CHECK, { input: inputTo(n) })).canSendMessage;
  const releases = (heldSince: string, as: Viewer = viewer) =>
    desk.change(as, 'releaseSending', { heldSince }, 'messageLimits { heldSince }');
  /** Has a text to the n-th of them wait a minute, and takes it back. */
  const takesBack = async (n: number) => {
    const sendAt = new Date(desk.clock.now(accountId).getTime() + MINUTE_MS);
    const { message } = await town.send(inputTo(n, { sendAt }));
    await desk.change(viewer, 'cancelMessage', { messageId: message.id }, '');
  };
  return { ...town, begins, check, releases, takesBack };
}

it('more than half of a day’s texts begin conversations: no more do, whatever was erased, until it is released', async () => {
  const { accountId, viewer, begins, check, releases, ...town } = await settle();
  expect([await begins(0), await begins(1)]).toEqual([[], []]);
  expect(await town.dispatch()).toEqual(['sent', 'sent']);
  const [{ id: conversationId }] = await town.conversations();
  await desk.change(viewer, 'eraseConversation', { conversationId }, '');
  const asked = await check(2);
  expect(asked).toMatchObject({
    refusals: [{ code: 'BULK_MESSAGING', limit: 50, current: 100, retryAt: null }],
    limits: { heldSince: null },
  });
  // asking alone holds nothing
  expect((await check(2)).limits).toEqual({ heldSince: null });
  expect(await begins(2)).toEqual(asked.refusals);
  const heldSince = desk.clock.now(accountId).toISOString();
  desk.clock.advance(25 * HOUR_MS);
  const still = await check(3);
  expect(still).toMatchObject({ refusals: [{ code: 'BULK_MESSAGING' }], limits: { heldSince } });
  expect(await begins(3)).toEqual(still.refusals);
  await expect(releases(heldSince, { ...viewer, role: 'MANAGER' })).rejects.toThrow(/role/);
  const later = desk.clock.now(accountId).toISOString();
  expect((await releases(later)).messageLimits).toEqual({ heldSince });
  expect((await releases(heldSince)).messageLimits).toEqual({ heldSince: null });
  await releases(heldSince);
  expect([await begins(2), await begins(3)]).toEqual([[], []]);
  const where = { accountId, action: 'releaseSending' };
  expect(await desk.db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { before: { heldSince } },
  ]);
});

it('answers go, and what was taken before; what is to go later does not', async () => {
  const { accountId, begins, check, releases, ...town } = await settle();
  const sendAt = new Date(desk.clock.now(accountId).getTime() + HOUR_MS).toISOString();
  expect(await begins(3, { sendAt })).toEqual([]);
  for (const n of [0, 1]) expect(await begins(n)).toEqual([]);
  expect(await begins(2)).toMatchObject([{ code: 'BULK_MESSAGING' }]);
  const heldSince = desk.clock.now(accountId).toISOString();
  expect(await town.dispatch()).toEqual(['early', 'sent', 'sent']);
  await town.texts('Is my door in?');
  const [{ id: conversationId }] = await town.conversations();
  const answered = await town.send({ conversationId, text: 'It is' });
  expect(answered.userErrors).toEqual([]);
  expect(await town.dispatch()).toEqual(['sent']);
  desk.clock.advance(HOUR_MS);
  expect((await town.again())[0]).toBe('BULK_MESSAGING');
  // nobody else's account is held
  expect(await (await settle()).begins(0)).toEqual([]);
  expect(desk.line.sent.every(({ to }) => to !== ADA)).toBe(true);
  await releases(heldSince);
  expect((await check(2)).limits).toEqual({ heldSince: null });
});

it('what has files that would be fetched holds as well', async () => {
  const { accountId, begins, check } = await settle();
  for (const n of [0, 1]) expect(await begins(n)).toEqual([]);
  const mediaUrls = ['https://partner.example/door.png'];
  expect(await begins(2, { mediaUrls })).toMatchObject([{ code: 'BULK_MESSAGING', limit: 50 }]);
  const heldSince = desk.clock.now(accountId).toISOString();
  expect((await check(3)).limits).toEqual({ heldSince });
});

it.each([false, true])('a text that was taken back began nothing; erased: %s', async (isErased) => {
  const { viewer, begins, takesBack, ...town } = await settle();
  for (const n of [0, 1, 2]) await takesBack(n);
  desk.clock.advance(2 * MINUTE_MS);
  for (const n of [0, 1]) expect(await begins(n)).toEqual([]);
  await town.dispatch();
  const gone = (await town.conversations()).filter(
    ({ customerNumber }: { customerNumber: string }) => isErased && customerNumber !== numberOf(2),
  );
  for (const { id: conversationId } of gone) {
    await desk.change(viewer, 'eraseConversation', { conversationId }, '');
  }
  expect(await begins(2)).toMatchObject([{ code: 'BULK_MESSAGING', limit: 50, current: 100 }]);
});
