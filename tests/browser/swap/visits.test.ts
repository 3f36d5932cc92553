// What swap.js tells the server, keeps in the browser, and gives to the page: visits, several pages and sites.
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { OURS, TARGET } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, door, website, settle, site, tag, visitor, show, open, troublesOf } =
  await openSwapTown();
const MINUTE = 60_000;
const PAGE = `<p>Call 312-555-0100</p><a href="tel:+13125550100" onclick="return false">call</a>`;

type Globals = { Switchboard: Switchboard };

describe('several pages', () => {
  const both = () => `<!doctype html>${tag()}${PAGE}<a id="next" href="/second">next</a>`;

  it('one visitor over pages and subdomains, in one cookie of the domain', async () => {
    website.pages.set('/', { html: both() });
    const as = await visitor();
    await untilText(await open('/', as), '0142');
    await untilText(await open('/', as, 'shop.bluebird.example'), '0142');
    const [first, second] = collect.at('visit');
    expect(second?.visitor).toBe(first?.visitor);
    expect(await site().sessions()).toHaveLength(1);
    const cookies = await as.cookies();
    expect(cookies.map(({ name, domain }) => [name, domain])).toEqual([
      [site().key, '.bluebird.example'],
    ]);
  });

  it('a single-page application: each address is a page view, an anchor is none', async () => {
    const page = await show(both().replace('<!doctype html>', ''));
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

  it('a telephone link is told, and a session that is over begins anew by itself', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    await page.click('a');
    expect(await collect.heard('heartbeat')).toMatchObject({ event: 'tel_click', number: OURS });
    door.clock.advance(31 * MINUTE);
    await page.click('a');
    await collect.heard('visit', ({ id }) => id !== collect.at('visit')[0]?.id);
    // it goes on with what brought the visitor: the page comes from itself
    expect((await site().sessions()).map(({ referrer }) => referrer)).toEqual([
      '',
      website.at('/'),
    ]);
    expect(await page.textContent('p')).toBe('Call 312-555-0142');
  });

  it('a page view after the session is over is the first of the next one', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    door.clock.advance(31 * MINUTE);
    await page.evaluate(() => history.pushState({}, '', '/rooms'));
    const { id } = await collect.heard('page-view');
    await collect.heard('visit', ({ url }) => url === website.at('/rooms'));
    const views = await site().pageViews();
    expect(views.map(({ id, url }) => [id, url]).slice(1)).toEqual([[id, website.at('/rooms')]]);
    expect(new Set(views.map(({ sessionId }) => sessionId)).size).toBe(2);
  });

  it('a number that was given to somebody else meanwhile is told by another', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    const headers = { origin: new URL(website.at('/')).origin };
    // a browser asleep: others have both numbers, the page's own last
    for (const number of ['0143', '0142']) {
      door.clock.advance(3 * MINUTE);
      const other = await site()
        .browser(headers)
        .visits({ url: website.at('/'), numbers: [TARGET] });
      expect(other.body.swaps[0].number).toContain(number);
    }
    await page.click('a');
    await untilText(page, 'Call 312-555-0143');
    expect(await site().sessions()).toHaveLength(3);
  });
});

it('a page that shows numbers which nobody has to give asks for them once', async () => {
  const as = await visitor({ userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  const page = await show(`${tag()}${PAGE}`, { as });
  await collect.heard('visit');
  await page.evaluate(async () => {
    const { Switchboard } = window as unknown as Globals;
    await Switchboard.getNumbers(['312-555-0100']);
    // behind whatever the script has put off since the first answer
    await new Promise((done) => setTimeout(done, 300));
    await Switchboard.getNumbers(['312-555-0100']);
  });
  // by itself, and twice because it was told to
  expect(collect.at('visit')).toHaveLength(3);
});

it('a number behind fifty others is asked for when it is known that it is swapped', async () => {
  const others = (area: number) =>
    Array.from({ length: 60 }, (_, n) => `<p>${area}-555-01${n + 10}</p>`).join('');
  const page = await show(`${tag()}${others(212)}${PAGE}${others(213)}`);
  await untilText(page, 'Call 312-555-0142');
  expect(collect.at('visit').map(({ numbers }) => numbers.includes(TARGET))).toEqual([false, true]);
});

it('a title with the line separators that some editors write is told as it is', async () => {
  const page = await show(`<title>Doors&#8232;and&#8233;springs</title>${tag()}${PAGE}`);
  await untilText(page, '0142');
  expect(collect.at('visit')[0]?.title).toBe('Doors\u2028and\u2029springs');
});

it('a robot is shown what the page says, and nothing is kept of it', async () => {
  const as = await visitor({ userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  const page = await show(`${tag()}${PAGE}`, { as });
  await collect.heard('visit');
  expect(await page.textContent('p')).toBe('Call 312-555-0100');
  expect(await site().sessions()).toEqual([]);
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
      await first.waitForFunction(
        (key) => localStorage.getItem(key)?.includes('gclid'),
        site().key,
      );
      collect.failing = undefined;
      const second = await show(`${tag()}${PAGE}`, { as });
      await untilText(second, '312-555-0142');
      expect(
        collect
          .at('visit')
          .map(({ url }) => url)
          .slice(0, 2),
      ).toEqual([website.at('/first?gclid=abc'), website.at('/')]);
      expect(await second.evaluate((key) => localStorage.getItem(key), site().key)).toBeNull();
    },
  );

  it('what the server does not take holds up nothing behind it, and no address is too long', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    collect.failing = 413;
    const refused = page.waitForResponse((answer) => answer.status() === 413);
    await page.evaluate(() => history.pushState({}, '', '/refused'));
    await refused;
    collect.failing = undefined;
    await page.evaluate(() => {
      document.title = 'x'.repeat(17_000);
      history.pushState({}, '', `/${'x'.repeat(9_000)}`);
      history.pushState({}, '', '/after');
    });
    await collect.heard('page-view', ({ url }) => url === website.at('/after'));
    await page.waitForFunction(() => localStorage.length === 0);
    const views = await site().pageViews();
    expect(views.map(({ url }) => url.length).sort((one, two) => one - two)).toEqual([
      website.at('/').length,
      website.at('/after').length,
      8_000,
    ]);
  });

  it('a key that nobody has leaves the page as it is', async () => {
    const page = await show(`${tag('', 'sb_site_forged')}${PAGE}`);
    await collect.heard('visit');
    expect(await page.textContent('p')).toBe('Call 312-555-0100');
  });
});

it('two companies on one page share nothing', async () => {
  const other = await settle({ targets: ['+12125550180'], numbers: ['+12125550181'] });
  const page = await show(
    `${tag()}${tag('data-global="Other"', other.key)}${tag()}<p>312-555-0100, 212-555-0180</p>`,
  );
  await untilText(page, '312-555-0142, 212-555-0181');
  const [one, two] = collect.at('visit');
  expect(one?.visitor).not.toBe(two?.visitor);
  const known = await page.evaluate(async () => {
    const { Switchboard, Other } = window as unknown as Globals & { Other: Switchboard };
    return [await Switchboard.getNumbers(), await Other.getNumbers()];
  });
  expect(known).toEqual([{ [TARGET]: OURS }, { '+12125550180': '+12125550181' }]);
  expect(collect.at('visit').filter(({ key }) => key === site().key)).toHaveLength(1);
});

it('the API, with what was queued before the script was there', async () => {
  const page = await show(
    `<script>Switchboard = window.Switchboard || []; heard = []; Switchboard.push(['onAssignment', (numbers) => heard.push(numbers)]);</script>
     ${tag('async')}<p>312-555-0100</p>`,
  );
  await untilText(page, '0142');
  const seen = await page.evaluate(async () => {
    const { Switchboard, heard } = window as unknown as Globals & { heard: unknown[] };
    return [heard, await Switchboard.getNumbers(['(312) 555-0100', '646-555-0190'])];
  });
  expect(seen).toEqual([[{ [TARGET]: OURS }], { '(312) 555-0100': OURS }]);
});
