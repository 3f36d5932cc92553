// What waits for the server in the browser's storage, which all tabs of a site share: none loses what another has not sent
// yet, and a form is not lost for page views.
import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { openFormsPage } from '../support/forms-page.ts';
import { untilText } from '../support/swap-town.ts';

const { town, CONTACT, ADA, followed, fill, stored } = await openFormsPage();
const { collect, website, site, tag, visitor, open } = town;

type Globals = { Switchboard: Switchboard };

beforeEach(() => {
  for (const [path, consent] of [
    ['/', 'granted'],
    ['/asking', 'pending'],
  ]) {
    const html = `<!doctype html>${tag(`data-consent="${consent}"`)}<p>Call 312-555-0100</p>${CONTACT}`;
    website.pages.set(path as string, { html });
  }
});

/** What waits, a line each. */
const waiting = (page: Page): Promise<string[]> =>
  page.evaluate((key) => localStorage.getItem(key)?.split('\n') ?? [], site().key);

/** Sends a form in a tab of its own while the server is away, and goes on to a page without the script. */
async function sendInVain(as: BrowserContext): Promise<void> {
  const page = await open('/', as);
  await untilText(page, '0142');
  await followed(page);
  collect.failing = 503;
  await fill(page, ADA);
  await page.click('button');
  await page.waitForURL('**/thanks?token=1');
  expect((await waiting(page)).join()).toContain(ADA.email);
  collect.failing = undefined;
}

describe('a form that could not be told', () => {
  it('is not lost when another tab has told its own', async () => {
    const as = await visitor();
    const other = await open('/', as);
    await untilText(other, '0142');
    await sendInVain(as);
    await other.evaluate(() => history.pushState({}, '', '/more'));
    await collect.heard('page-view', ({ url }) => url === website.at('/more'));
    // its own is through, and what is not its own has stayed
    await expect.poll(async () => (await waiting(other)).length).toBe(1);
    expect((await waiting(other)).join()).toContain(ADA.email);
    await open('/', as);
    expect((await collect.heard('form')).fields).toEqual(ADA);
    await expect.poll(() => waiting(other)).toEqual([]);
    expect(await stored()).toHaveLength(1);
  });

  it('is not lost on a page that waits for the visitor’s decision, whatever that one tells', async () => {
    const as = await visitor();
    await sendInVain(as);
    const asking = await open('/asking', as);
    await asking.evaluate(() =>
      (window as unknown as Globals).Switchboard.captureForm({ email: 'eve@example.com' }),
    );
    await collect.heard('form', ({ fields }) => JSON.stringify(fields).includes('eve@'));
    expect((await waiting(asking)).join()).toContain(ADA.email);
  });

  it('is kept so that a tab which still runs the script of before reads it', async () => {
    const as = await visitor();
    await sendInVain(as);
    const [line = ''] = await waiting(await open('/asking', as));
    const [, path, body = ''] = /^\S+ (\S+) (\{.*\})$/s.exec(line) ?? [];
    expect(path).toBe('form');
    expect(JSON.parse(body)).toMatchObject({ fields: ADA });
  });

  it('stays when so many page views wait that some are let go', async () => {
    const page = await open('/', await visitor());
    await untilText(page, '0142');
    await page.waitForFunction(() => localStorage.length === 0);
    collect.failing = 0;
    await page.evaluate((fields) => {
      (window as unknown as Globals).Switchboard.captureForm(fields);
    }, ADA);
    await expect.poll(async () => (await waiting(page)).length).toBe(1);
    await page.evaluate(() => {
      for (let n = 1; n <= 25; n += 1) history.pushState({}, '', `/page-${n}`);
    });
    const lines = await waiting(page);
    expect(lines).toHaveLength(20);
    expect(lines[0]).toContain(ADA.email);
    expect(lines[1]).toContain('/page-7');
    expect(lines[19]).toContain('/page-25');
    collect.failing = undefined;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    expect((await collect.heard('form')).fields).toEqual(ADA);
  });
});
