// GraphiQL in a real browser, as somebody sees it who has a key and has never been here.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { openChromium } from '../support/chromium.ts';

const town = await openTown();
const browser = await openChromium();

it('opens each tab at the first click, and a key that was used in one counts for all', async () => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(`${town.server.url}/graphql`);
  const tab = (name: string) => page.locator('.graphiql-tab-button', { hasText: name });
  const isOpen = (name: string) =>
    page.locator('.graphiql-tab-active', { hasText: name }).waitFor({ timeout: 20_000 });
  await isOpen('Live');
  for (const name of ['Calls', 'NumbersOnOffer', 'Report', 'RateLimit']) {
    // as a hand does it: where the tab is at this moment, without waiting until it rests
    const { x = 0, y = 0 } = (await tab(name).boundingBox()) ?? {};
    await page.mouse.click(x + 20, y + 10, { delay: 60 });
    await isOpen(name);
  }

  const run = page.locator('.graphiql-execute-button');
  // for half a second GraphiQL still asks for the operation of the tab before
  const ask = (part: string) =>
    expect
      .poll(
        async () => {
          await run.click();
          return page.locator('.graphiql-response').textContent();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain(part);
  await ask('UNAUTHENTICATED');
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool').click();
  // between the quotes of { "Authorization": "" }
  await page.keyboard.press('End');
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.insertText(`Bearer ${town.key}`);
  await ask('currentlyAvailable');

  await tab('Calls').click();
  await isOpen('Calls');
  await ask('hasNextPage');
  expect(troubles).toEqual([]);
  // it is kept nowhere
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toContain(town.key);
});
