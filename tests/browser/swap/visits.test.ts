// What swap.js tells the server, keeps in the browser, and gives to the page: visits, several pages and sites.
import type { BrowserContext } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/start-site.ts';
import { KEY, OURS, openSwapTown, TARGET, untilText } from '../support/swap-town.ts';

const { collect, website, tag, visitor, show, open, troublesOf } = await openSwapTown();
const PAGE = `<p>Call 312-555-0100</p><a href="tel:+13125550100" onclick="return false">call</a>`;

type Globals = { Switchboard: Switchboard; dataLayer: unknown[][]; CallTrk: Record<string, never> };

beforeEach(() => {
  collect.sites.clear();
  collect.sites.set(KEY, { [TARGET]: OURS });
  collect.told.length = 0;
  collect.over.clear();
  collect.slow = Promise.resolve();
  collect.failing = undefined;
});

describe('several pages', () => {
  const both = `<!doctype html>${tag()}${PAGE}<a id="next" href="/second">next</a>`;

  it('one visitor over pages and subdomains, in one cookie of the domain', async () => {
    website.pages.set('/', { html: both });
    const as = await visitor();
    await untilText(await open('/', as), '0142');
    await untilText(await open('/', as, 'shop.bluebird.example'), '0142');
    const [first, second] = collect.at('visit');
    expect(second?.visitor).toBe(first?.visitor);
    expect(second?.previous).toEqual({ session: expect.any(String) });
    const cookies = await as.cookies();
    expect(cookies.map(({ name, domain }) => [name, domain])).toEqual([[KEY, '.bluebird.example']]);
  });

  it('a single-page application: each address is a page view, an anchor is none', async () => {
    const page = await show(both.replace('<!doctype html>', ''));
    await untilText(page, '0142');
    await page.evaluate(() => {
      history.pushState({}, '', '/rooms?floor=2');
      location.hash = '#contact';
    });
    const first = await collect.heard('page-view');
    await page.evaluate(() => {
      location.hash = '#/deep';
    });
    await collect.heard('page-view', ({ url }) => String(url).endsWith('#/deep'));
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await collect.heard('page-view', ({ url }) => url === website.at('/'));
    expect(first).toMatchObject({
      url: website.at('/rooms?floor=2'),
      referrer: website.at('/'),
      visitor: collect.at('visit')[0]?.visitor,
    });
    const ids = collect.at('page-view').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // the headless browser keeps no pages, so it is told here what one that does would tell
  it('back out of the back/forward cache: what other pages were given since, and a page view', async () => {
    const page = await show(
      `<script>names = []; const listen = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (name, ...rest) { names.push(name); return listen.call(this, name, ...rest); };</script>${tag()}${PAGE}`,
    );
    await untilText(page, '0142');
    const names = await page.evaluate(() => (window as unknown as { names: string[] }).names);
    expect(names).toContain('pageshow');
    // either would keep the page out of that cache
    expect(names).not.toContain('unload');
    expect(names).not.toContain('beforeunload');
    await page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    );
    await collect.heard('heartbeat');
    const other = '3125550143';
    await page.evaluate(
      ([key, number]) => {
        const value = document.cookie.split('=')[1]?.replace('13125550142', `1${number}`);
        // biome-ignore lint/suspicious/noDocumentCookie: as another page of the site would
        document.cookie = `${key}=${value};Domain=bluebird.example;Path=/`;
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      },
      [KEY, other] as const,
    );
    expect(await page.textContent('p')).toBe('Call 312-555-0143');
    expect(await collect.heard('page-view')).toMatchObject({ url: website.at('/') });
  });

  it('a session that is over begins anew by itself; a telephone link is told', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    await page.click('a');
    expect(await collect.heard('heartbeat')).toMatchObject({ event: 'tel_click', number: OURS });
    collect.over.add(String(collect.at('heartbeat')[0]?.session));
    collect.sites.set(KEY, { [TARGET]: '+13125550143' });
    await page.click('a');
    await untilText(page, '312-555-0143');
    expect(collect.at('visit')).toHaveLength(2);
  });
});

describe('a slow or lost network', () => {
  it('the page is there at once, and is swapped when the answer comes', async () => {
    let release = () => {};
    collect.slow = new Promise((resolve) => {
      release = resolve;
    });
    const page = await show(`${tag()}${PAGE}`);
    expect(await page.textContent('p')).toBe('Call 312-555-0100');
    release();
    await untilText(page, '312-555-0142');
    expect(troublesOf(page)).toEqual([]);
  });

  it.each([0, 503, 429])(
    'a visit that fails with %i is told by the next page, in order',
    async (status) => {
      collect.failing = status;
      website.pages.set('/first', { html: `${tag()}${PAGE}` });
      const as: BrowserContext = await visitor();
      const first = await open('/first?gclid=abc', as);
      await first.waitForFunction((key) => localStorage.getItem(key)?.includes('gclid'), KEY);
      collect.failing = undefined;
      const second = await show(`${tag()}${PAGE}`, { as });
      await untilText(second, '312-555-0142');
      expect(
        collect
          .at('visit')
          .map(({ url }) => url)
          .slice(0, 2),
      ).toEqual([website.at('/first?gclid=abc'), website.at('/')]);
      expect(await second.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();
    },
  );

  it('a key that is refused is not tried again, and the page stays as it is', async () => {
    const page = await show(`${tag('data-key="sb_site_forged"')}${PAGE}`);
    await collect.heard('visit');
    await page.waitForFunction(() => localStorage.length === 0);
    expect(await page.textContent('p')).toBe('Call 312-555-0100');
  });
});

it('two companies on one page share nothing', async () => {
  collect.sites.set('sb_site_other', { '+12125550180': '+12125550181' });
  const page = await show(
    `${tag()}${tag('data-key="sb_site_other" data-global="Other"')}${tag()}<p>312-555-0100, 212-555-0180</p>`,
  );
  await untilText(page, '312-555-0142, 212-555-0181');
  const [one, two] = collect.at('visit');
  expect(one?.visitor).not.toBe(two?.visitor);
  const known = await page.evaluate(async () => {
    const { Switchboard, Other } = window as unknown as Globals & { Other: Switchboard };
    return [await Switchboard.getNumbers(), await Other.getNumbers()];
  });
  expect(known).toEqual([{ [TARGET]: OURS }, { '+12125550180': '+12125550181' }]);
  expect(collect.at('visit').filter(({ key }) => key === KEY)).toHaveLength(1);
});

it('the API, with what was queued before the script was there', async () => {
  const page = await show(
    `<script>Switchboard = window.Switchboard || []; heard = []; Switchboard.push(['onAssignment', (numbers) => heard.push(numbers)]);</script>
     ${tag(`data-key="${KEY}" async`)}<p>312-555-0100</p>`,
  );
  await untilText(page, '0142');
  const seen = await page.evaluate(async () => {
    const { Switchboard, heard } = window as unknown as Globals & { heard: unknown[] };
    Switchboard.identify({ email: 'visitor@mail.example' });
    return [heard, await Switchboard.getNumbers(['(312) 555-0100', '646-555-0190'])];
  });
  expect(seen).toEqual([[{ [TARGET]: OURS }], { '(312) 555-0100': OURS }]);
  expect(await collect.heard('identify')).toMatchObject({
    email: 'visitor@mail.example',
    key: KEY,
  });
});

it('a site that was written for CallRail changes host and key of its tag, and nothing else', async () => {
  const page = await show(
    `<script src="${collect.url}/companies/123456789/${KEY}/12/swap.js"></script><p>312-555-0100</p>
     <p data-calltrk-noswap>312-555-0100</p><script>first = CallTrk.getSwapNumbers(['3125550100'], (numbers) => { heard = numbers; }); CallTrk.swap();</script>`,
  );
  await untilText(page, '0142');
  await page.waitForFunction(() => 'heard' in window);
  const known = await page.evaluate(() => {
    const { first, heard } = window as unknown as { first: object; heard: object };
    const { CallTrk } = window as unknown as {
      CallTrk: { getSwapNumbers(targets: string[]): object };
    };
    return [first, heard, CallTrk.getSwapNumbers(['3125550100', '6465550190'])];
  });
  expect(known).toEqual([{}, { '3125550100': OURS }, { '3125550100': OURS }]);
  expect(await page.textContent('[data-calltrk-noswap]')).toBe('312-555-0100');
});
