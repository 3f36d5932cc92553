// The chat of a company's page in a real browser, under a policy that allows no script and no style of the page's own.
import { expect, it } from 'vitest';
import { openChat, openChatTown, said, write } from '../support/chat-town.ts';

const { company, desk, tag, visits, wire, troubles } = await openChatTown();

const untilSaid = (page: Parameters<typeof said>[0], text: string) =>
  page.locator('.thread .text', { hasText: text }).waitFor();

/** An agent of a company, who answers its newest chat. */
async function agentOf({ person, chats }: Awaited<ReturnType<typeof company>>) {
  const { as } = await person();
  const chatId = async () => (await chats())[0].id;
  return {
    says: async (text: string) =>
      desk.change(as, 'sendChatMessage', { chatId: await chatId(), text }, 'message { seq }'),
    types: async () =>
      desk.change(as, 'setChatTyping', { chatId: await chatId(), isTyping: true }, 'chat { id }'),
    reads: async (seq: number) =>
      desk.change(as, 'markChatRead', { chatId: await chatId(), seq }, 'chat { id }'),
    ends: async () => desk.change(as, 'endChat', { chatId: await chatId() }, 'chat { state }'),
  };
}

it('a chat from the first word to the last, by keyboard alone', async () => {
  const doors = await company({ greeting: 'Hello, how can we help?' });
  const page = await visits(tag(doors.key, true, 'data-country="GB"'));
  await page.waitForFunction((key) => document.cookie.includes(key), doors.key);
  const launcher = page.getByRole('button', { name: 'Chat with Garage Doors' });
  await launcher.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Garage Doors' });
  await dialog.waitFor();
  expect(await page.getByRole('log').innerText()).toBe('Hello, how can we help?');
  await page.keyboard.type('Is my door still under warranty?');
  await page.keyboard.press('Enter');
  const sam = await agentOf(doors);
  await page
    .getByText(/^\d\d:\d\d [AP]M$/)
    .first()
    .waitFor();
  await sam.reads(2);
  await page.getByText(/· Read$/).waitFor();
  await sam.types();
  await page.getByText('Somebody is writing…').waitFor();
  await sam.says('For ten years.');
  await untilSaid(page, 'For ten years.');
  expect(await said(page)).toEqual([
    'Hello, how can we help?',
    'Is my door still under warranty?',
    'For ten years.',
  ]);
  expect(await page.locator('.thread .by').last().textContent()).toBe('Sam: ');

  const focused = () =>
    page.evaluate(() => {
      const inner = document.querySelector('[data-switchboard-chat]')?.shadowRoot?.activeElement;
      return inner?.getAttribute('aria-label') ?? inner?.tagName;
    });
  const stops: (string | undefined)[] = [];
  for (let n = 0; n < 7; n += 1) {
    stops.push(await focused());
    await page.keyboard.press('Tab');
  }
  const inOrder = ['Message', 'Send', 'Close chat', 'Messages', 'SUMMARY', 'Send a file'];
  expect(stops).toEqual([...inOrder, 'Message']);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused()).toBe('Chat with Garage Doors');
  await sam.says('Anything else?');
  await page.getByRole('button', { name: 'Chat with Garage Doors: 1 new message' }).press('Enter');
  await sam.ends();
  await page.getByText('This chat was ended.').waitFor();
  await write(page, 'No, thank you.');
  await expect.poll(() => page.getByText('This chat was ended.').count()).toBe(0);

  // the next page goes on with it
  await page.reload();
  await openChat(page);
  await untilSaid(page, 'No, thank you.');
  await page.getByText('How can we reach you?').click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
  await page.getByRole('textbox', { name: 'Phone' }).fill('020 7946 0993');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor({ state: 'hidden' });
  const [chat] = await doors.chats();
  expect(chat).toMatchObject({
    ...{ state: 'OPEN', lastSeq: 5, visitor: { email: 'ada@example.com' } },
    ...{
      lead: { emails: ['ada@example.com'], phoneNumbers: [`+${'442079460993'}`] },
      session: { id: expect.any(String) },
    },
  });
  expect(troubles).toEqual([]);
});

it('a connection that is cut in the middle loses nothing and doubles nothing', async () => {
  const doors = await company();
  const page = await visits(tag(doors.key));
  await openChat(page);
  await write(page, 'one');
  const sam = await agentOf(doors);
  await page.locator('.thread p:not([data-waits])', { hasText: 'one' }).waitFor();
  await sam.says('two');
  await untilSaid(page, 'two');
  // taken by the server, whose answer is lost: it is sent again
  wire.loseAnswers();
  await write(page, 'three');
  await expect.poll(async () => (await doors.chats())[0].lastSeq).toBe(3);
  wire.cut();
  await write(page, 'four');
  await sam.says('five');
  await page.getByText('Connecting again…').waitFor();
  await page.locator('[data-waits]', { hasText: 'four' }).waitFor();
  wire.mend();
  await page.locator('.thread p:not([data-waits])', { hasText: 'four' }).waitFor();
  await expect.poll(() => said(page)).toEqual(['one', 'two', 'three', 'five', 'four']);
  const [{ messages, lastSeq }] = await doors.chats();
  expect(lastSeq).toBe(5);
  expect(messages.nodes.map(({ text }: { text: string }) => text).reverse()).toEqual(
    await said(page),
  );
  expect(troubles).toEqual([]);
});

it('two companies on one page share nothing', async () => {
  const [doors, roofs] = [await company(), await company()];
  await desk.db.prisma.company.update({
    where: { accountId_id: { accountId: roofs.accountId, id: roofs.companyId } },
    data: { name: 'Roofs' },
  });
  const page = await visits(tag(doors.key, true) + tag(roofs.key, true));
  await page.getByRole('button', { name: 'Chat with Garage Doors' }).press('Enter');
  const ours = page.getByRole('dialog', { name: 'Garage Doors' });
  await ours.getByLabel('Message', { exact: true }).fill('For the doors');
  await ours.getByRole('button', { name: 'Send' }).click();
  await ours.locator('.thread p:not([data-waits])', { hasText: 'For the doors' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Chat with Roofs' }).press('Enter');
  const theirs = page.getByRole('dialog', { name: 'Roofs' });
  await theirs.getByLabel('Message', { exact: true }).fill('For the roofs');
  await theirs.getByRole('button', { name: 'Send' }).click();
  await theirs.locator('.thread p:not([data-waits])', { hasText: 'For the roofs' }).waitFor();
  expect(await theirs.locator('.text').allInnerTexts()).toEqual(['For the roofs']);
  const rows = await desk.db.prisma.chat.findMany({
    where: { accountId: { in: [doors.accountId, roofs.accountId] } },
  });
  expect(rows.map(({ lastSeq }) => lastSeq)).toEqual([1, 1]);
  const sessions = await desk.db.prisma.visitorSession.findMany({
    where: { id: { in: rows.map(({ sessionId }) => sessionId ?? '') } },
  });
  const own = sessions.flatMap(({ id, visitorId }) => [id, visitorId]);
  expect(new Set([...rows.map(({ id }) => id), ...own]).size).toBe(6);
  const token = JSON.parse(
    (await page.evaluate((name) => localStorage.getItem(name), `${doors.key}.chat`)) ?? '{}',
  ).token;
  const asOther = await roofs.chatPost('send', {
    token,
    message: { id: crypto.randomUUID(), text: 'x' },
  });
  expect(asOther.body.code).toBe('CHAT_TOKEN_INVALID');
  expect(troubles).toEqual([]);
});

it('script in a message is text, on both sides; a token that was changed opens a chat of its own', async () => {
  const doors = await company({ greeting: '<b>Hello</b>' });
  const page = await visits(tag(doors.key, true));
  await page.waitForFunction((key) => document.cookie.includes(key), doors.key);
  await openChat(page);
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  await write(page, evil);
  const sam = await agentOf(doors);
  await page.locator('.thread p:not([data-waits])', { hasText: 'img' }).waitFor();
  await sam.says(evil);
  await expect.poll(() => said(page)).toEqual(['<b>Hello</b>', evil, evil]);
  expect(await page.locator('.thread img, .thread script, .thread b').count()).toBe(0);
  await page.evaluate((name) => {
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}');
    localStorage.setItem(
      name,
      JSON.stringify({ ...kept, token: kept.token.replace(/\..*/, `.${'x'.repeat(43)}`) }),
    );
  }, `${doors.key}.chat`);
  await page.reload();
  await openChat(page);
  await write(page, 'Is anybody there?');
  await expect.poll(() => said(page)).toEqual(['<b>Hello</b>', 'Is anybody there?']);
  expect((await doors.chats()).length).toBe(2);
  expect(troubles.filter((one) => !one.includes('403'))).toEqual([]);
});

it('without consent a chat works, and leaves nothing in the browser', async () => {
  const doors = await company();
  const page = await visits(tag(doors.key));
  await openChat(page);
  await write(page, 'Hello');
  await page.locator('.thread p:not([data-waits])', { hasText: 'Hello' }).waitFor();
  expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, '']);
  const row = await desk.db.prisma.chat.findFirstOrThrow({ where: { accountId: doors.accountId } });
  expect(row.sessionId).toBeNull();
  expect(await desk.db.prisma.visitor.count({ where: { accountId: doors.accountId } })).toBe(0);
});

it('while nobody answers there is a form, which reaches the company as one of its forms', async () => {
  // a Monday morning: the chat is answered on Sundays
  const hours = [{ day: 'SUNDAY', opens: '09:00', closes: '10:00' }];
  const doors = await company({ hours, offlineText: 'Back on Sunday.' });
  const page = await visits(tag(doors.key));
  await openChat(page);
  await page.getByText('Back on Sunday.').waitFor();
  await page.getByLabel('Name').fill('Ada');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
  await page.getByLabel('Message').fill('My door squeaks.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Thank you. We will get back to you.').waitFor();
  const form = await desk.db.prisma.formSubmission.findFirstOrThrow({
    where: { accountId: doors.accountId },
  });
  expect(form).toMatchObject({ formId: 'switchboard-chat', formName: 'Chat' });
  expect(form.fields).toContainEqual({ name: 'message', value: 'My door squeaks.' });
  expect(await doors.chats()).toEqual([]);
  const off = await company({ enabled: false });
  const bare = await visits(tag(off.key) + tag(doors.key));
  await bare.getByRole('button', { name: /^Chat with/ }).waitFor();
  expect(await bare.locator('[data-switchboard-chat]').count()).toBe(1);
  expect(troubles).toEqual([]);
});
