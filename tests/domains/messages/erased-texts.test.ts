// Erasing what was sent does not make room to send anew: the limits go on counting it, by what says nothing of anybody.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { purgeErasedTextsHandler } from '#domains/messages/purge-erased-texts.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const DAY_MS = 24 * 3_600_000;
const JOB = { id: '1', attempt: 1, signal: new AbortController().signal };
const numberOf = (n: number) => `+1312555${String(160 + n).padStart(4, '0')}`;

/** People who have agreed to be texted, and an account with limits of its own. */
async function settle(people: number, limits: object) {
  const town = await desk.settle(1);
  const { accountId, companyId, viewer } = town;
  const optedInAt = desk.clock.now(accountId);
  await desk.db.prisma.consent.createMany({
    data: Array.from({ length: people }, (_, n) => ({
      ...{ accountId, companyId, id: randomUUID(), number: numberOf(n) },
      ...{ optedInAt, changedAt: optedInAt },
    })),
  });
  await desk.change(viewer, 'updateMessageLimits', limits, 'messageLimits { version }');
  /** Why a text to the n-th of them does not go; null when it went. */
  const writes = async (n: number, text: string) => {
    const company = { companyId: encodeGlobalId('Company', companyId), to: numberOf(n) };
    const { userErrors } = await town.send({ ...company, text });
    await town.dispatch();
    return userErrors[0]?.code ?? null;
  };
  const erasesAll = async () => {
    for (const { id: conversationId } of await town.conversations()) {
      const { userErrors } = await desk.change(viewer, 'eraseConversation', { conversationId }, '');
      expect(userErrors).toEqual([]);
    }
    expect(await town.conversations()).toEqual([]);
  };
  const kept = () => desk.db.prisma.erasedText.findMany({ where: { accountId } });
  return { ...town, writes, erasesAll, kept };
}

it('of an hour and of an agent’s minute are counted on, to the text', async () => {
  const { writes, erasesAll } = await settle(4, { accountInHour: 3, agentInMinute: 2 });
  expect(await writes(0, 'The blue door is in')).toBeNull();
  expect(await writes(1, 'Springs come on Monday')).toBeNull();
  await erasesAll();
  expect(await writes(2, 'A key lies under the mat')).toBe('BULK_MESSAGING');
  desk.clock.advance(61_000);
  expect(await writes(2, 'A key lies under the mat')).toBeNull();
  await erasesAll();
  desk.clock.advance(61_000);
  expect(await writes(3, 'Your invoice follows')).toBe('RATE_LIMITED');
  desk.clock.advance(3_600_000);
  expect(await writes(3, 'Your invoice follows')).toBeNull();
});

it('of the share of inbound texts are counted on, both ways', async () => {
  const { writes, erasesAll, texts } = await settle(6, { ratioFrom: 3 });
  for (const n of [0, 1]) expect(await writes(n, `Door no. ${n} is in`)).toBeNull();
  await texts('Thank you', { from: numberOf(0) });
  await erasesAll();
  // 3 of 4 go out
  expect(await writes(2, 'A key lies under the mat')).toBeNull();
  expect(await writes(3, 'Springs come on Monday')).toBeNull();
  await erasesAll();
  // with this one 5 of 6 would
  expect(await writes(4, 'Your invoice follows')).toBe('INBOUND_RATIO_LOW');
  desk.clock.advance(30 * DAY_MS);
  expect(await writes(4, 'Your invoice follows')).toBeNull();
});

it('of nearly the same text are known again by hashes of their words, for a day', async () => {
  const { accountId, viewer, writes, erasesAll, kept } = await settle(5, { samePeopleInHour: 2 });
  const offer = (name: string) => `Hi ${name}, 20 % off all our garage doors until Friday!`;
  expect(await writes(0, offer('Ann'))).toBeNull();
  expect(await writes(1, offer('Bob'))).toBeNull();
  await erasesAll();
  expect(await writes(2, offer('Cy'))).toBe('BULK_MESSAGING');
  const heldSince = desk.clock.now(accountId);
  await desk.change(viewer, 'releaseSending', { heldSince }, '');
  expect(await writes(2, 'A key lies under the mat, as it always did')).toBeNull();
  expect(JSON.stringify(await kept())).not.toMatch(/garage|ann|312555/i);
  const purge = () => purgeErasedTextsHandler(desk).run({}, JOB);
  await purge();
  expect((await kept()).filter(({ wordHashes }) => wordHashes.length > 0)).toHaveLength(2);
  desk.clock.advance(DAY_MS + 1);
  await purge();
  expect(await kept()).toHaveLength(2);
  expect((await kept()).flatMap(({ wordHashes }) => wordHashes)).toEqual([]);
  desk.clock.advance(30 * DAY_MS);
  await purge();
  expect(await desk.db.prisma.erasedText.count({ where: { accountId } })).toBe(0);
});

it('that never went are forgotten', async () => {
  const { send, erasesAll, kept, companyId } = await settle(1, {});
  const sendAt = new Date(desk.clock.now('any').getTime() + 3_600_000);
  const input = { companyId: encodeGlobalId('Company', companyId), to: numberOf(0), sendAt };
  expect((await send({ ...input, text: 'Later' })).userErrors).toEqual([]);
  await erasesAll();
  expect(await kept()).toEqual([]);
});
