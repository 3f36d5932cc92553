// Numbers that the visitors of a chat leave, as they are written in the country of its page.
import { expect, it } from 'vitest';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();

it('a number without a country is of that of the page; what is none there is refused', async () => {
  const { visitor, chats } = await desk.settle();
  const ada = visitor({ person: { phone: '020 7946 0994', country: 'GB' } });
  await ada.opens('Hello');
  expect((await chats())[0].lead.phoneNumbers).toEqual([`+${'442079460994'}`]);
  const told = await ada.sends('tell', { person: { phone: '020 7946 0995', country: 'GB' } });
  expect(told.status).toBe(204);
  expect((await chats())[0].visitor.phoneNumber).toBe(`+${'442079460995'}`);
  for (const [country, where] of [
    ['GB', 'that of the page'],
    ['44', 'that of the page'],
    // the name of none: numbers are read as of the US
    ['UK', 'the US'],
    [undefined, 'the US'],
  ]) {
    const refused = await ada.sends('tell', { person: { phone: '030', country } });
    expect(refused).toMatchObject({ status: 400, body: { field: 'person' } });
    expect(refused.body.message).toBe(
      `phone takes a telephone number, with its country unless it is in ${where}.`,
    );
  }
});
