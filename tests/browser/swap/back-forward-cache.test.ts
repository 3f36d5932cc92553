// Whether the browser may put a page with the script aside whole, to take it out again. The headless one never does (its
// window is said to be unable to), but it judges each page all the same, and says what the page itself has against it.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, website, tag, open } = await openSwapTown({ keepsPages: true });

/** Leaves the page and comes back. Answers why it was not kept: `type reason`; Circumstantial is nothing of the page's. */
async function comesBack(page: Page): Promise<string[]> {
  website.pages.set('/next', { html: '<!doctype html><p>next</p>' });
  await page.goto(website.at('/next'));
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  const told = new Promise<string[]>((resolve) => {
    session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
      resolve(notRestoredExplanations.map(({ type, reason }) => `${type} ${reason}`)),
    );
  });
  await page.goBack();
  return told;
}

const ofPage = (reasons: string[]) => reasons.filter((one) => !one.startsWith('Circumstantial'));

it('nothing that the script does keeps a page out of the back/forward cache', async () => {
  website.pages.set('/', {
    html: `<!doctype html>${tag()}<p>312-555-0100</p><form><input name="email"></form>`,
  });
  const page = await open('/');
  await untilText(page, '0142');
  await page.fill('input', 'ada@example.com');
  const reasons = await comesBack(page);
  // on its way out the page says that its visitor was there until now
  await collect.heard('heartbeat');
  expect(reasons).toContain('Circumstantial BackForwardCacheDisabledForDelegate');
  expect(ofPage(reasons)).toEqual([]);
});

it('what would keep it out is told', async () => {
  website.pages.set('/', {
    html: `<!doctype html><script>addEventListener('unload', () => {});</script>${tag()}<p>312-555-0100</p>`,
  });
  const page = await open('/');
  await untilText(page, '0142');
  expect(ofPage(await comesBack(page))).toEqual([
    'PageSupportNeeded UnloadHandlerExistsInMainFrame',
  ]);
});
