// Companies whose websites have a chat, visitors in a real browser, and an agent. Their wire can be cut in the middle of a
// conversation: what is on its way is lost, and nothing comes through until it is mended.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import { scriptsDoor } from '#http/scripts.ts';
import { openChatsDesk } from '#tests/domains/chats/chats-desk.ts';
import { openChromium } from './chromium.ts';
import { BROWSER } from './collect-town.ts';
import { openWebsite } from './website.ts';

/** A page that trusts no script but those of the server. */
const CSP = (server: string) =>
  `default-src 'none'; script-src ${server}; connect-src ${server}; style-src 'none'; img-src ${server}`;

/** Starts all of it, stopped after the file. Call it at the top of a test file. */
export async function openChatTown() {
  const [browser, desk, website] = [
    await openChromium(),
    await openChatsDesk(),
    await openWebsite(),
  ];
  const scripts = scriptsDoor({ log: pino({ level: 'silent' }) });
  const passing = new Set<ServerResponse>();
  let isCut = false;
  /** answers are lost on their way back: what was sent has been taken all the same */
  let losesAnswers = false;

  function handOn(from: IncomingMessage, to: ServerResponse): void {
    if (isCut) return void to.destroy();
    passing.add(to);
    to.once('close', () => passing.delete(to));
    const { method, headers, url } = from;
    const sent = request(`${desk.url}${url}`, { method, headers }, (answer) => {
      if (losesAnswers && !url?.endsWith('/stream')) return void to.destroy();
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    sent.on('error', () => to.destroy());
    to.on('close', () => sent.destroy());
    from.pipe(sent);
  }
  const server = createServer(async (from, to) => {
    const url = new URL(from.url ?? '/', 'http://here');
    if (await scripts(from, to, url)) return;
    if (/^\/(collect|chat-files)\//.test(url.pathname)) handOn(from, to);
    else to.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://collect.example:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const troubles: string[] = [];
  afterEach(async () => {
    troubles.length = 0;
    isCut = losesAnswers = false;
    for (const context of browser.contexts()) await context.close();
  });

  const wire = {
    cut: () => {
      isCut = true;
      for (const one of passing) one.destroy();
    },
    loseAnswers: () => {
      losesAnswers = true;
    },
    mend: () => {
      isCut = losesAnswers = false;
    },
  };
  const tag = (key: string, swap = false, more = '') =>
    `${swap ? `<script src="${origin}/swap.js" data-key="${key}"></script>` : ''}<script async src="${origin}/chat.js" data-key="${key}" ${more}></script>`;

  return {
    desk,
    wire,
    tag,
    troubles,
    /** A company with a chat, on pages of this host. */
    company: (settings: object = {}) => desk.settle(settings),
    /** Opens a page with these tags, under a policy as strict as can be. */
    async visits(html: string, as?: BrowserContext): Promise<Page> {
      const headers = { 'content-security-policy': CSP(origin) };
      website.pages.set('/', {
        html: `<!doctype html><title>Doors</title><h1>Garage doors</h1>${html}`,
        headers,
      });
      const options = { locale: 'en-US', timezoneId: 'UTC', userAgent: BROWSER };
      const page = await (as ?? (await browser.newContext(options))).newPage();
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('dialog', (dialog) => troubles.push(`dialog ${dialog.message()}`));
      page.on('console', (message) => {
        // that a connection was cut is said by the browser itself
        if (message.type() === 'error' && !/net::ERR_|favicon/.test(message.text()))
          troubles.push(message.text());
      });
      await page.goto(website.at('/', 'www.garage.example'));
      return page;
    },
  };
}

/** Opens the chat of a page. */
export async function openChat(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Chat with/ }).click();
  await page.getByRole('dialog').waitFor();
}

/** Writes in the chat that is open. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByLabel('Message', { exact: true }).press('Enter');
}

/** What stands in the thread, without names and times. */
export const said = (page: Page): Promise<string[]> =>
  page.locator('.thread .text').allInnerTexts();
