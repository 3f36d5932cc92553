// A page that its server has made for a visitor: it shows their number from the start, and shows another one once that was
// given to somebody else.
import { expect, it } from 'vitest';
import { assignNumbers } from '#browser/swap/assign-numbers.ts';
import { BROWSER, TARGET } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, door, website, site, tag, visitor, open } = await openSwapTown();
const MINUTE = 60_000;

it('a number that was given to somebody else meanwhile is told by another', async () => {
  const address = website.at('/');
  const { swap, setCookie } = await assignNumbers({
    ...{ server: collect.url.replace('collect.example', '127.0.0.1'), key: site().key },
    ...{ url: address, headers: { 'user-agent': BROWSER }, numbers: [TARGET], timeoutMs: 10_000 },
  });
  const [name = '', value = ''] = setCookie?.split(';')[0]?.split('=') ?? [];
  const as = await visitor();
  await as.addCookies([{ name, value, url: address }]);
  const html = swap(
    `<!doctype html>${tag()}<p>Call 312-555-0100</p><a href="tel:+13125550100" onclick="return false">call</a><a id="sms" href="sms:+13125550100">text</a>`,
  );
  expect(html).toContain('Call 312-555-0142');
  expect(html).toContain('sms:+13125550142');
  website.pages.set('/', { html });
  const page = await open('/', as);
  await collect.heard('visit', ({ id }) => id !== undefined);
  // a browser asleep: others have both numbers, the page's own last
  for (const number of ['0143', '0142']) {
    door.clock.advance(3 * MINUTE);
    const other = await site()
      .browser({ origin: new URL(address).origin })
      .visits({ url: address, numbers: [TARGET] });
    expect(other.body.swaps[0].number).toContain(number);
  }
  await page.click('a');
  await untilText(page, 'Call 312-555-0143');
  // the page's own, for neither of the others takes texts, and the one that stood there is somebody else's
  expect(await page.getAttribute('#sms', 'href')).toBe('sms:+13125550100');
});
