// Fifty who send at once against each limit of texting: exactly as many get through as may. (The month of an agent, and the
// same text to many people, are with those that race a STOP.)
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { agreedBefore, wordOf } from './sent-before.ts';
import { ADA, openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const AT_ONCE = 50;
const MAY = 7;
const numberOf = (n: number) => `+1312555${String(100 + n).padStart(4, '0')}`;

it.each([
  // to one who wrote, answers: what holds answers too
  ['an account’s hour', { accountInHour: MAY }, 'ANSWERS', 'RATE_LIMITED'],
  ['an account’s day', { accountInDay: MAY }, 'ANSWERS', 'RATE_LIMITED'],
  ['an agent’s minute', { agentInMinute: MAY }, 'ANSWERS', 'BULK_MESSAGING'],
  // to people who agreed and never wrote
  ['the inbound share', { ratioFrom: MAY + 1 }, 'ONE', 'INBOUND_RATIO_LOW'],
  ['the share that begins', { begunFrom: MAY + 1 }, 'MANY', 'BULK_MESSAGING'],
])('%s lets exactly as many through as may', async (_name, limits, to, code) => {
  const people = await desk.settle(1);
  const { accountId, companyId, viewer } = people;
  const at = desk.clock.now(accountId);
  if (to === 'ANSWERS') await people.texts('Hello');
  else {
    const agreed = Array.from({ length: AT_ONCE }, (_, n) => numberOf(n));
    await agreedBefore(desk.db.prisma, { accountId, companyId, at }, agreed);
  }
  await desk.change(viewer, 'updateMessageLimits', limits, 'messageLimits { version }');
  const Company = encodeGlobalId('Company', companyId);
  const recipient = (n: number) => (to === 'ANSWERS' ? ADA : numberOf(to === 'MANY' ? n : 0));
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) =>
      people.send({ companyId: Company, to: recipient(n), text: wordOf(n) }),
    ),
  );
  const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code: of }: never) => of));
  expect(refused).toEqual(Array(AT_ONCE - MAY).fill(code));
  const gone = await desk.db.prisma.message.count({
    where: { accountId, direction: 'OUTBOUND', state: 'QUEUED' },
  });
  expect(gone).toBe(MAY);
});
