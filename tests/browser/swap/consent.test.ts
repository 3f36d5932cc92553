// What consent allows swap.js: granted, denied, pending, and what the platforms for it say.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { TARGET } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, door, website, site, tag, show, open } = await openSwapTown();
const PAGE = `<p>Call 312-555-0100</p><a href="tel:+13125550100" onclick="return false">call</a>`;

type Globals = { Switchboard: Switchboard };

/** A number for one landing page, which nobody needs to be known for. */
const forLanding = () =>
  site().tracker({
    type: 'SOURCE',
    match: { kind: 'LANDING_PARAMETER', parameter: 'utm_source=flyer' },
    targets: [TARGET],
    numbers: ['+13125550150'],
  });

/** What the browser keeps of any kind. */
const kept = (page: Page) =>
  page.evaluate(async () => [
    document.cookie,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(await indexedDB.databases()),
  ]);
const NOTHING = ['', '{}', '{}', '[]'];

describe('consent', () => {
  it('denied: source numbers by landing, no id, and nothing is kept anywhere', async () => {
    await forLanding();
    website.pages.set('/flyer', { html: `${tag('data-consent="denied"')}${PAGE}` });
    const page = await open('/flyer?utm_source=flyer');
    await untilText(page, '0150');
    await page.click('a');
    const [visit] = collect.at('visit');
    const url = website.at('/flyer?utm_source=flyer');
    expect(visit).toMatchObject({ consent: 'denied', url, numbers: [TARGET] });
    expect(await site().sessions()).toEqual([]);
    expect(Object.keys(visit ?? {})).not.toContain('visitor');
    expect(await kept(page)).toEqual(NOTHING);
    expect(collect.at('heartbeat')).toEqual([]);
  });

  it('withdrawn: what stood is cleared', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    expect((await kept(page))[0]).toContain(site().key);
    await page.evaluate(() => (window as unknown as Globals).Switchboard.consent('denied'));
    await collect.heard('visit', ({ consent }) => consent === 'denied');
    expect(await kept(page)).toEqual(NOTHING);
    // a number of the pool is for those who may be known again
    await untilText(page, 'Call 312-555-0100');
  });

  it('who the visitor is leaves the page with consent only, and no more than is needed', async () => {
    const person = { name: 'Ada', email: 'ada@example.com', phone: '+14155550134' };
    const identify = (page: Page) =>
      page.evaluate((one) => (window as unknown as Globals).Switchboard.identify(one), person);
    const denied = await show(`${tag('data-consent="denied"')}${PAGE}<form></form>`);
    await identify(denied);
    const page = await show(`${tag('data-country="GB"')}${PAGE}`);
    await identify(page);
    const told = await collect.heard('identify');
    expect(collect.at('identify')).toHaveLength(1);
    expect(told).toMatchObject({ email: person.email, phone: person.phone, country: 'GB' });
    expect(JSON.stringify(told)).not.toContain('Ada');
    expect(collect.told.map(({ path }) => path).indexOf('identify')).toBeGreaterThan(1);
    const claims = await door.db.prisma.visitorClaim.findMany({
      where: { accountId: site().accountId },
    });
    expect(claims.map(({ visitorId }) => visitorId)).toEqual([told.visitor, told.visitor]);
  });

  it.each(['async', 'defer', ''])(
    'denied by what the page has queued, behind commands that are wrong: as if the tag had said so (%s)',
    async (how) => {
      const queue = `<script>Switchboard = [['onAssignment', 'no function'], null, ['onSwap'], ['consent', 'denied']];
        written = [];
        const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
        Object.defineProperty(Document.prototype, 'cookie', {
          get, set(value) { written.push(value); set.call(this, value); } });</script>`;
      const page = await show(`${queue}${tag(how)}${PAGE}`);
      await collect.heard('visit');
      expect(collect.at('visit').map(({ consent }) => consent)).toEqual(['denied']);
      expect(await kept(page)).toEqual(NOTHING);
      const written = await page.evaluate(
        () => (window as unknown as { written: string[] }).written,
      );
      expect(written.filter((one) => !one.includes('Max-Age=0'))).toEqual([]);
    },
  );

  it('pending: nothing is sent or kept, and the landing is not lost when it is granted', async () => {
    website.pages.set('/landing', {
      html: `${tag('data-consent="pending"')}${PAGE}`,
    });
    const page = await open('/landing?gclid=abc');
    await page.evaluate(() => history.pushState({}, '', '/next'));
    await page.evaluate(() => document.body.append('312-555-0100'));
    expect(await kept(page)).toEqual(NOTHING);
    expect(collect.told).toEqual([]);
    await page.evaluate(() => (window as unknown as Globals).Switchboard.consent('granted'));
    await untilText(page, '0142');
    expect(collect.at('visit')[0]).toMatchObject({ url: website.at('/landing?gclid=abc') });
    const view = await collect.heard('page-view');
    expect(view).toMatchObject({ url: website.at('/next'), session: expect.any(String) });
  });

  it.each([
    ['globalPrivacyControl', 'true'],
    ['doNotTrack', "'1'"],
  ])('%s is a denial, whatever the page says', async (name, value) => {
    const signal = `<script>Object.defineProperty(Navigator.prototype, '${name}', { get: () => ${value} })</script>`;
    await forLanding();
    website.pages.set('/flyer', { html: `${signal}${tag()}${PAGE}` });
    const page = await open('/flyer?utm_source=flyer');
    await untilText(page, '0150');
    await page.evaluate(() => (window as unknown as Globals).Switchboard.consent('granted'));
    expect(collect.at('visit').map(({ consent }) => consent)).toEqual(['denied']);
    expect(await kept(page)).toEqual(NOTHING);
  });

  it('Google Consent Mode: denied by default, granted by the visitor', async () => {
    const page = await show(
      `<script>dataLayer = []; function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', { analytics_storage: 'denied' });</script>
       ${tag('data-consent="google"')}${PAGE}`,
    );
    await collect.heard('visit', ({ consent }) => consent === 'denied');
    await page.evaluate(() =>
      (window as unknown as { gtag(...values: unknown[]): void }).gtag('consent', 'update', {
        analytics_storage: 'granted',
      }),
    );
    const first = await collect.heard('visit', ({ consent }) => consent === 'granted');
    // its answer has come: what is not answered is sent again by the next page
    await page.waitForFunction(() => localStorage.length === 0);
    // the platform says so again on each page, and until then its default is denied
    await page.reload();
    await page.waitForFunction("Object.hasOwn(window.dataLayer ?? {}, 'push')");
    await page.evaluate("gtag('consent', 'update', { analytics_storage: 'granted' })");
    const again = await collect.heard(
      'visit',
      ({ id, consent }) => id !== first.id && consent === 'granted',
    );
    expect(again.visitor).toBe(first.visitor);
    expect(collect.at('visit').map(({ consent }) => consent)).toEqual([
      'denied',
      'granted',
      'granted',
    ]);
    await page.evaluate("gtag('consent', 'update', { analytics_storage: 'denied' })");
    await page.waitForFunction(() => document.cookie === '');
  });

  it.each([
    ['before', 'before'],
    ['after', 'before'],
    ['before', 'after'],
    ['after', 'after'],
  ])(
    'Google Consent Mode: a default of a region %s the one for all, both %s the script, leaves it to the visitor',
    async (order, place) => {
      const regional = `gtag('consent', 'default', { analytics_storage: 'denied', region: ['DE', 'FR'] });`;
      const general = `gtag('consent', 'default', { analytics_storage: 'granted' });`;
      const content = `window.dataLayer ??= []; function gtag() { dataLayer.push(arguments); }
        ${order === 'before' ? regional + general : general + regional}`;
      const isFirst = place === 'before';
      const first = isFirst ? `<script>${content}</script>` : '';
      const page = await show(`${first}${tag('data-consent="google"')}${PAGE}`);
      await page.waitForFunction("Object.hasOwn(window.dataLayer ?? {}, 'push')");
      if (!isFirst) await page.addScriptTag({ content });
      await page.evaluate("gtag('consent', 'update', { analytics_storage: 'denied' })");
      await collect.heard('visit', ({ consent }) => consent === 'denied');
      expect(await kept(page)).toEqual(NOTHING);
      await page.evaluate("gtag('consent', 'update', { analytics_storage: 'granted' })");
      await collect.heard('visit', ({ consent }) => consent === 'granted');
      expect(collect.at('visit').map(({ consent }) => consent)).toEqual(['denied', 'granted']);
    },
  );

  it('TCF: when the purposes are granted', async () => {
    const page = await show(
      `<script>window.__tcfapi = (command, version, callback) => { window.choose = (one) => callback({ gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 7: one } } }, true); };</script>
       ${tag('data-consent="tcf"')}${PAGE}`,
    );
    await page.waitForFunction(() => 'choose' in window);
    const choose = (one: boolean) =>
      page.evaluate(
        (yes) => (window as unknown as { choose(one: boolean): void }).choose(yes),
        one,
      );
    await choose(false);
    await collect.heard('visit', ({ consent }) => consent === 'denied');
    await choose(true);
    await collect.heard('visit', ({ consent }) => consent === 'granted');
  });
});
