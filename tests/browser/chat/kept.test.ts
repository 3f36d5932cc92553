// What a browser keeps of a chat: one conversation for all its tabs, of which nothing unsent is lost, and which outlives
// whatever a server says of it but that it is gone.
import { expect, it } from 'vitest';
import { openChat, openChatTown, said, write } from '../support/chat-town.ts';

const { company, tag, visits, wire, troubles } = await openChatTown();

type Page = Awaited<ReturnType<typeof visits>>;

async function hasConsent(page: Page, key: string): Promise<void> {
  await page.waitForFunction((name) => document.cookie.includes(name), key);
}

it('two tabs keep one conversation, and neither loses what the other has not sent', async () => {
  const doors = await company();
  const one = await visits(tag(doors.key, true));
  await hasConsent(one, doors.key);
  const two = await visits(tag(doors.key, true), one.context());
  await openChat(one);
  await openChat(two);
  wire.cut();
  await write(one, 'from the first tab');
  await two.locator('[data-waits]', { hasText: 'from the first tab' }).waitFor();
  await write(two, 'from the second tab');
  await write(one, 'and once more');
  await expect.poll(() => said(two), { timeout: 9_000 }).toHaveLength(3);
  // both are closed before anything could be sent
  const context = one.context();
  await one.close();
  await two.close();
  wire.mend();
  const later = await visits(tag(doors.key, true), context);
  await openChat(later);
  const all = ['from the first tab', 'from the second tab', 'and once more'];
  await expect
    .poll(() => later.locator('.thread p:not([data-waits])').count(), { timeout: 9_000 })
    .toBe(3);
  expect(await said(later)).toEqual(all);
  // what is sent in one tab comes to the other
  const other = await visits(tag(doors.key, true), context);
  await openChat(other);
  await write(other, 'here as well');
  await later.locator('.thread p:not([data-waits])', { hasText: 'here as well' }).waitFor();
  expect((await doors.chats()).map(({ lastSeq }: { lastSeq: number }) => lastSeq)).toEqual([4]);
  expect(troubles).toEqual([]);
});

it('a conversation that is refused for now goes on afterwards', async () => {
  const doors = await company();
  const page = await visits(tag(doors.key, true));
  await hasConsent(page, doors.key);
  await openChat(page);
  await write(page, 'one');
  await page.locator('.thread p:not([data-waits])', { hasText: 'one' }).waitFor();
  let refused = 0;
  await page.route('**/collect/chat/stream', (route) => {
    refused += 1;
    return route.fulfill({
      ...{ status: 403, contentType: 'application/json' },
      headers: { 'access-control-allow-origin': '*' },
      body: JSON.stringify({ code: 'SITE_DISABLED', message: 'x' }),
    });
  });
  wire.cut();
  wire.mend();
  await page.getByText('Connecting again…').waitFor();
  await expect.poll(() => refused, { timeout: 9_000 }).toBeGreaterThan(0);
  expect(await said(page)).toEqual(['one']);
  await page.unroute('**/collect/chat/stream');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => page.getByText('Connecting again…').count(), { timeout: 9_000 }).toBe(0);
  await write(page, 'two');
  await page.locator('.thread p:not([data-waits])', { hasText: 'two' }).waitFor();
  expect(await said(page)).toEqual(['one', 'two']);
  expect((await doors.chats()).map(({ lastSeq }: { lastSeq: number }) => lastSeq)).toEqual([2]);
  expect(troubles.filter((one) => !one.includes('403'))).toEqual([]);
});
