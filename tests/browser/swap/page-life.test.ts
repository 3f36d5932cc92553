// What happens to a page as a whole: it is put aside for the back button and taken up again, and as long as it is seen it
// says so. The headless browser keeps no pages, so it is told here what one that does would tell; what it has against
// keeping them is seen in back-forward-cache.test.ts.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { HEARTBEAT_SECONDS } from '#domains/visitors/machine-pool.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, website, site, tag, visitor, show, open } = await openSwapTown();
const PAGE = `<p>Call 312-555-0100</p><a href="tel:+13125550100" onclick="return false">call</a>`;

const BEAT_MS = HEARTBEAT_SECONDS * 1_000;

type Globals = { Switchboard: Switchboard };

/** Resolves when all that the page has asked until now was answered. */
const answered = (page: Page) =>
  page.evaluate(async () => {
    await (window as unknown as Globals).Switchboard.getNumbers(['646-555-0190']);
  });

describe('back out of the back/forward cache', () => {
  /** Takes the page up again, after `kept` was put in the place of what the cookie says of its number. Answers its text then. */
  const restore = (page: Page, kept = '13125550100-13125550142') =>
    page.evaluate(
      ([key, said]) => {
        const value = document.cookie.split('=')[1]?.replace('13125550100-13125550142', said);
        // biome-ignore lint/suspicious/noDocumentCookie: as another page of the site would
        document.cookie = `${key}=${value};Domain=bluebird.example;Path=/`;
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        return document.querySelector('p')?.textContent;
      },
      [site().key, kept] as const,
    );

  it('leaves no listener that would keep the page out of it, and says that it is left', async () => {
    const page = await show(
      `<script>names = []; const listen = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (name, ...rest) { names.push(name); return listen.call(this, name, ...rest); };</script>${tag()}${PAGE}`,
    );
    await untilText(page, '0142');
    const names = await page.evaluate(() => (window as unknown as { names: string[] }).names);
    expect(names).toContain('pageshow');
    expect(names).not.toContain('unload');
    expect(names).not.toContain('beforeunload');
    await page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    );
    await collect.heard('heartbeat');
  });

  it('shows what other pages were given since, is a page view, and asks anew', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    const [first] = collect.at('visit');
    expect(await restore(page, '13125550100-13125550143')).toBe('Call 312-555-0143');
    const again = await collect.heard('visit', ({ id }) => id !== first?.id);
    expect(again).toMatchObject({ url: website.at('/'), visitor: first?.visitor });
    // the server knows better
    await untilText(page, 'Call 312-555-0142');
    const views = await site().pageViews();
    expect(views.map(({ id }) => id)).toEqual([first?.id, again.id]);
  });

  it('a page without numbers in between takes none away', async () => {
    website.pages.set('/', { html: `<!doctype html>${tag()}${PAGE}` });
    website.pages.set('/privacy', { html: `<!doctype html>${tag()}<p>What we keep of you</p>` });
    const as = await visitor();
    const home = await open('/', as);
    await untilText(home, '0142');
    const privacy = await open('/privacy', as);
    await answered(privacy);
    const [cookie] = await as.cookies();
    expect(cookie?.value).toMatch(/13125550100-13125550142$/);
    expect(await restore(home)).toBe('Call 312-555-0142');
    await answered(home);
    expect(await home.textContent('p')).toBe('Call 312-555-0142');
    expect(await site().sessions()).toHaveLength(1);
  });

  it('a number that nothing is kept of any more is asked for again', async () => {
    const page = await show(`${tag()}${PAGE}`);
    await untilText(page, '0142');
    expect(await restore(page, '')).toBe('Call 312-555-0100');
    await untilText(page, 'Call 312-555-0142');
  });
});

describe('as long as it is seen, a page', () => {
  /** A page whose clock is turned by hand, and the heartbeats that it has sent, in their order. */
  async function ticking(head = ''): Promise<{ page: Page; beats: (string | undefined)[] }> {
    const page = await (await visitor()).newPage();
    const beats: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/heartbeat')) beats.push(request.postDataJSON().event);
    });
    await page.clock.install();
    website.pages.set('/', { html: `<!doctype html>${head}${tag()}${PAGE}` });
    await page.goto(website.at('/'));
    await untilText(page, '0142');
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
    return { page, beats };
  }

  it('says so once in each heartbeat’s time', async () => {
    const { page, beats } = await ticking();
    await page.clock.runFor(BEAT_MS - 1_000);
    await page.click('a');
    await expect.poll(() => beats).toEqual(['tel_click']);
    // whatever was told counts: the next one is due so much later
    await page.clock.runFor(BEAT_MS - 1_000);
    expect(beats).toEqual(['tel_click']);
    // the timer looks twice in that time
    await page.clock.runFor(BEAT_MS / 2 + 1_000);
    await page.click('a');
    await expect.poll(() => beats).toEqual(['tel_click', undefined, 'tel_click']);
    expect(await collect.heard('heartbeat', ({ event }) => !event)).toMatchObject({
      session: (await site().sessions())[0]?.id,
    });
  });

  it.each([0, 7])('and no less often, though timers come %s ms late', async (late) => {
    const { page, beats } = await ticking(
      `<script>{ const wait = setTimeout; setTimeout = (run, ms) => wait(run, ms + ${late}); }</script>`,
    );
    await page.clock.runFor(10 * BEAT_MS);
    // the first one waits for the next look of the timer, a half more at most
    await expect.poll(() => beats.length).toBeGreaterThanOrEqual(9);
    expect(beats.length).toBeLessThanOrEqual(10);
  });

  it('and not while it is hidden', async () => {
    const { page, beats } = await ticking();
    await page.evaluate(() =>
      Object.defineProperty(document, 'visibilityState', {
        configurable: true,
        get: () => 'hidden',
      }),
    );
    await page.clock.runFor(10 * BEAT_MS);
    await page.click('a');
    await expect.poll(() => beats).toEqual(['tel_click']);
  });
});
