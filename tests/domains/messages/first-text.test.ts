// The first text that somebody gets says who writes and how to opt out.
import { expect, it } from 'vitest';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const HOUR = 3_600_000;

it('also when another was to come later', async () => {
  const { texts, send, dispatch, conversations } = await desk.settle();
  await texts('Hello');
  const [{ id: conversationId }] = await conversations();
  const sendAt = new Date(desk.clock.now('').getTime() + HOUR);
  await send({ conversationId, text: 'Later', sendAt });
  await send({ conversationId, text: 'Now' });
  await dispatch();
  expect(desk.line.sent.map(({ text }) => text)).toEqual([
    'Now\nGarage Doors. Reply STOP to opt out.',
  ]);
});
