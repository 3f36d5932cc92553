// Forms that the server has not taken yet: nothing that rests keeps the next one back, and who takes consent back has sent
// theirs all the same.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { TARGET } from '../support/collect-town.ts';
import { openFormsPage } from '../support/forms-page.ts';
import { untilText } from '../support/swap-town.ts';

const { town, CONTACT, ADA, ready, fill, stored } = await openFormsPage();
const { collect, site, website, tag, visitor, open } = town;

type Globals = { Switchboard: Switchboard };

/** For the top of a page: what is refused is tried again a minute later; that it rests until then is seen by `tries`. */
const RESTING = '<script>tries = 0; Math.random = () => { tries += 1; return 30; }</script>';
const rests = (page: Page) => page.waitForFunction('tries > 0');

it('a form goes at once beside a letter that was refused and rests, though the page is left', async () => {
  const page = await ready(RESTING + CONTACT, 'data-consent="denied"');
  await collect.heard('visit');
  collect.failing = 503;
  await page.evaluate((target) => {
    void (window as unknown as Globals).Switchboard.getNumbers([target]);
  }, TARGET);
  await rests(page);
  collect.failing = undefined;
  let release = () => {};
  collect.slow = new Promise((resolve) => {
    release = resolve;
  });
  await fill(page, ADA);
  await page.click('button');
  await page.waitForURL('**/thanks?token=1');
  release();
  expect((await collect.heard('form')).fields).toEqual(ADA);
  expect(await stored()).toHaveLength(1);
});

it('a visit that was refused goes before its form, which has its source, at the latest by the next page', async () => {
  const as = await visitor();
  collect.failing = 503;
  const page = await ready(RESTING + CONTACT, '', as);
  await rests(page);
  await fill(page, ADA);
  const sent: string[] = [];
  as.on('request', (request) => sent.push(request.url()));
  collect.failing = undefined;
  await page.click('button');
  await page.waitForURL('**/thanks?token=1');
  await collect.heard('form');
  const paths = sent.flatMap((url) => /(?<=\/collect\/)(visit|form)$/.exec(url)?.[0] ?? []);
  expect(paths.slice(0, 2)).toEqual(['visit', 'form']);
  // a copy of each waits still
  await open('/', as);
  const joined = async () => (await stored()).map(({ sessionId }) => sessionId);
  await expect.poll(joined).not.toEqual([null]);
  expect(await joined()).toEqual([(await site().sessions())[0]?.id]);
});

describe('consent that is taken back', () => {
  const withdrawn = (told: object) => {
    expect(told).toMatchObject({ consent: 'denied', fields: ADA });
    expect(Object.keys(told)).not.toContain('visitor');
    expect(Object.keys(told)).not.toContain('session');
  };
  const keptBy = (page: Page) => page.evaluate(() => [document.cookie, localStorage.length]);
  const NOTHING = ['', 0];

  it('sends a form that waits without a word on the browser, and keeps nothing', async () => {
    const page = await ready(CONTACT);
    await untilText(page, '0142');
    await page.waitForFunction(() => localStorage.length === 0);
    collect.failing = 503;
    const refused = page.waitForResponse((response) => response.url().endsWith('/form'));
    await page.evaluate((fields) => {
      (window as unknown as Globals).Switchboard.captureForm(fields);
    }, ADA);
    await refused;
    await page.evaluate(() => history.pushState({}, '', '/more'));
    await page.evaluate(() => (window as unknown as Globals).Switchboard.consent('denied'));
    expect(await keptBy(page)).toEqual(NOTHING);
    collect.failing = undefined;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    withdrawn(await collect.heard('form'));
    await collect.heard('visit', ({ consent }) => consent === 'denied');
    expect(collect.at('page-view')).toEqual([]);
    expect(await keptBy(page)).toEqual(NOTHING);
    expect(await stored()).toMatchObject([{ sessionId: null, consentDenied: true }]);
  });

  it('on the next page, too', async () => {
    const as = await visitor();
    const page = await ready(CONTACT, '', as);
    await untilText(page, '0142');
    collect.failing = 503;
    await fill(page, ADA);
    await page.click('button');
    await page.waitForURL('**/thanks?token=1');
    expect(await page.evaluate(() => localStorage.length)).toBe(1);
    collect.failing = undefined;
    website.pages.set('/denied', {
      html: `<!doctype html>${tag('data-consent="denied"')}<p>312-555-0100</p>`,
    });
    const next = await open('/denied', as);
    withdrawn(await collect.heard('form'));
    expect(await keptBy(next)).toEqual(NOTHING);
    expect(await stored()).toHaveLength(1);
  });

  it('sends at once what waits, which is kept nowhere any more: the page may be left', async () => {
    const page = await ready(RESTING + CONTACT);
    await untilText(page, '0142');
    await page.waitForFunction(() => localStorage.length === 0);
    collect.failing = 503;
    await page.evaluate((fields) => {
      (window as unknown as Globals).Switchboard.captureForm(fields);
    }, ADA);
    await rests(page);
    collect.failing = undefined;
    await page.evaluate(() => (window as unknown as Globals).Switchboard.consent('pending'));
    await page.goto(website.at('/thanks'));
    withdrawn(await collect.heard('form'));
  });

  it('keeps no form back behind what is under way, though that is to be forgotten', async () => {
    const page = await ready(CONTACT);
    await untilText(page, '0142');
    await page.waitForFunction(() => localStorage.length === 0);
    let release = () => {};
    collect.slow = new Promise((resolve) => {
      release = resolve;
    });
    const asked = page.waitForRequest((request) => request.url().endsWith('/page-view'));
    await page.evaluate(() => history.pushState({}, '', '/more'));
    await asked;
    await page.evaluate((fields) => {
      const { Switchboard } = window as unknown as Globals;
      Switchboard.consent('pending');
      Switchboard.captureForm(fields);
    }, ADA);
    await page.goto(website.at('/thanks'));
    release();
    await collect.heard('form');
    expect(await stored()).toHaveLength(1);
  });
});
