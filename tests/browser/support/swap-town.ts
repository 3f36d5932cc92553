// A business with a website, a Switchboard beside it, and visitors in a real browser.
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { openChromium } from './chromium.ts';
import { BROWSER, openCollectTown } from './collect-town.ts';
import { openWebsite } from './website.ts';

/**
 * Starts all of it, stopped after the file. Call it at the top of a test file.
 * @param options see openChromium
 */
export async function openSwapTown(options: Parameters<typeof openChromium>[0] = {}) {
  const browser = await openChromium(options);
  const { collect, door, settle, site } = await openCollectTown();
  const website = await openWebsite();

  const tag = (attributes = '', key = site().key) =>
    `<script src="${collect.url}/swap.js" data-key="${key}" ${attributes}></script>`;

  /** What the page threw or refused, by page. */
  const troubles = new WeakMap<Page, string[]>();

  async function visitor(options: Parameters<typeof browser.newContext>[0] = {}) {
    return browser.newContext({
      locale: 'en-US',
      timezoneId: 'UTC',
      userAgent: BROWSER,
      ...options,
    });
  }
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  /** Opens a page for a new visitor, or for one who is there. */
  async function open(path: string, as?: BrowserContext, host?: string): Promise<Page> {
    const page = await (as ?? (await visitor())).newPage();
    const told: string[] = [];
    troubles.set(page, told);
    page.on('pageerror', (error) => told.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') told.push(message.text());
    });
    await page.goto(website.at(path, host));
    return page;
  }

  /** Puts a page on the website and opens it. */
  async function show(
    html: string,
    { headers, ...rest }: { headers?: Record<string, string>; as?: BrowserContext } = {},
  ): Promise<Page> {
    website.pages.set('/', { html: `<!doctype html>${html}`, ...(headers ? { headers } : {}) });
    return open('/', rest.as);
  }

  return {
    browser,
    collect,
    door,
    settle,
    site,
    website,
    tag,
    visitor,
    open,
    show,
    troublesOf: (page: Page) => troubles.get(page) ?? [],
  };
}

/** For the top of a page: by its clock no work takes any time, however busy the machine is that the tests run on. */
export const STILL = '<script>{ const at = Date.now(); Date.now = () => at; }</script>';

/** Waits until the page's text holds this; in a world of its own, whatever the page has done to its globals. */
export const untilText = (page: Page, text: string) =>
  page.locator('body', { hasText: text }).waitFor({ state: 'attached' });
