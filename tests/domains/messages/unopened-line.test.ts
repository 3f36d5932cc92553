// Texts for a carrier whose line cannot be opened.
import { expect, it } from 'vitest';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();

it('while the line to the carrier cannot be opened a text waits, and goes then', async () => {
  const { texts, send, dispatch, again, conversations } = await desk.settle();
  await texts('Hello');
  const [{ id: conversationId }] = await conversations();
  await send({ conversationId, text: 'Hello!' });
  const { of } = desk.platform.carriers;
  desk.platform.carriers.of = () => Promise.reject(new Error('its settings cannot be read'));
  await expect(dispatch()).rejects.toThrow('cannot be read');
  desk.platform.carriers.of = of;
  expect(await again()).toEqual(['sent']);
});
