// What axe-core, which knows the rules of WCAG 2.2 up to AA, finds in the chat: nothing, in whatever state it is shown.
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openChat, openChatTown, write } from '../support/chat-town.ts';

const { company, desk, tag, visits } = await openChatTown();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules that what is shown now breaks, and where; how many texts were measured for their contrast goes beside it. */
async function judge(page: Page): Promise<{ broken: [string, string][]; contrasts: number }> {
  // by the debugger, whom the page's policy does not bind
  await page.evaluate(axe.source);
  const chat = `document.querySelector('[data-switchboard-chat]')`;
  const { violations, passes, incomplete } = await page.evaluate<AxeResults>(
    `axe.run(${chat}, { runOnly: ${JSON.stringify(RULES)} })`,
  );
  const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
  return {
    broken: [...violations, ...unsure].flatMap(({ id, nodes }) =>
      nodes.map(({ target }): [string, string] => [id, target.flat().join(' ')]),
    ),
    contrasts: passes.find(({ id }) => id === 'color-contrast')?.nodes.length ?? 0,
  };
}

it('open: with words of both sides, one that waits, the ways to be reached, and a new one on the closed button', async () => {
  const doors = await company({ greeting: 'Hello, how can we help?' });
  const page = await visits(tag(doors.key));
  await page.getByRole('button', { name: 'Chat with Garage Doors' }).waitFor();
  expect((await judge(page)).broken).toEqual([]);
  await openChat(page);
  await write(page, 'Is my door still under warranty?');
  await page.locator('.thread p:not([data-waits])', { hasText: 'warranty' }).waitFor();
  const { as } = await doors.person();
  const [{ id: chatId }] = await doors.chats();
  const says = (text: string) =>
    desk.change(as, 'sendChatMessage', { chatId, text }, 'message { seq }');
  await says('For ten years.');
  await page.locator('.thread .other', { hasText: 'For ten years.' }).waitFor();
  await page.getByText('How can we reach you?').click();
  const open = await judge(page);
  expect(open.broken).toEqual([]);
  expect(open.contrasts).toBeGreaterThan(5);

  await page.context().setOffline(true);
  await write(page, 'Are you there?');
  await page.locator('[data-waits]', { hasText: 'Are you there?' }).waitFor();
  expect((await judge(page)).broken).toEqual([]);
  await page.context().setOffline(false);

  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await says('Anything else?');
  await page.getByRole('button', { name: /1 new message/ }).waitFor();
  expect((await judge(page)).broken).toEqual([]);
});

it('ended', async () => {
  const doors = await company();
  const page = await visits(tag(doors.key));
  await openChat(page);
  await write(page, 'Hello');
  await page.locator('.thread p:not([data-waits])', { hasText: 'Hello' }).waitFor();
  const { as } = await doors.person();
  const [{ id: chatId }] = await doors.chats();
  await desk.change(as, 'endChat', { chatId }, 'chat { state }');
  await page.getByText('This chat was ended.').waitFor();
  const { broken, contrasts } = await judge(page);
  expect(broken).toEqual([]);
  expect(contrasts).toBeGreaterThan(2);
});

it('offline: the form, and that it was sent', async () => {
  const hours = [{ day: 'SUNDAY', opens: '09:00', closes: '10:00' }];
  const doors = await company({ hours, offlineText: 'Back on Sunday.' });
  const page = await visits(tag(doors.key));
  await openChat(page);
  await page.getByText('Back on Sunday.').waitFor();
  const form = await judge(page);
  expect(form.broken).toEqual([]);
  expect(form.contrasts).toBeGreaterThan(4);
  await page.getByLabel('Name').fill('Ada');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
  await page.getByLabel('Message').fill('My door squeaks.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Thank you. We will get back to you.').waitFor();
  expect((await judge(page)).broken).toEqual([]);
});
