// swap.js in a real browser, on pages as businesses have them.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { openSmallCollect } from '../support/small-collect.ts';
import { openWebsite } from '../support/website.ts';

const KEY = 'sb_site_bluebird';
const browser = await openChromium();
const collect = await openSmallCollect();
const website = await openWebsite();
collect.sites.set(KEY, { '+13125550100': '+13125550142' });

const tag = (attributes = '') =>
  `<script src="${collect.url}/swap.js" data-key="${KEY}" ${attributes}></script>`;

async function open(html: string): Promise<Page> {
  website.pages.set('/', { html });
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(website.at('/'));
  return page;
}

it('a plain page shows the visitor their number, in text, in links and over inline elements', async () => {
  const page = await open(
    `<!doctype html><head>${tag()}</head><body><p>Call (312) 555-0100 <a href="tel:+13125550100">now</a> <b>312</b>.<i>555</i>.0100</p>`,
  );
  await page.waitForFunction(() => document.body.textContent?.includes('0142'));
  expect(await page.innerHTML('p')).toBe(
    'Call (312) 555-0142 <a href="tel:+13125550142">now</a> <b>312</b>.<i>555</i>.0142',
  );
});
