// What a visitor is shown first, on pages that carry exactly the line which the API hands out.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { updateSite } from '#domains/visitors/update-site.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openSwapTown, STILL, untilText } from '../support/swap-town.ts';

const { collect, door, site, visitor, show } = await openSwapTown();

const snippet = async (field: 'snippet' | 'asyncSnippet'): Promise<string> => {
  const { viewer, companyId } = site();
  const source = `query($id: ID!) { node(id: $id) { ... on Company { site { ${field} } } } }`;
  const platform = { ...door, publicUrl: () => collect.url };
  const id = encodeGlobalId('Company', companyId);
  const { data } = await runOperation(schema, source, { id }, { platform, viewer });
  return data.node.site[field];
};

/** No layout shift and never the page's own number on the screen, seen by the page itself from its first frame on. */
const WATCH = `<script>
  window.shift = 0; window.painted = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  const look = () => { if (document.querySelector('p')) painted.push(document.querySelector('p').textContent); requestAnimationFrame(look); };
  requestAnimationFrame(look);
</script>`;
const watched = (page: Page) =>
  page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const { shift, painted } = window as unknown as { shift: number; painted: string[] };
    return { shift, painted: [...new Set(painted)] };
  });

it('a known visitor never sees the other number, and nothing moves', async () => {
  const html = `<head>${STILL}${WATCH}${await snippet('snippet')}</head><body><p>Call (312) 555-0100</p><h1>Doors</h1>${'<p>Garage</p>'.repeat(300)}<p>312-555-0100</p>`;
  const as = await visitor();
  const first = await show(html, { as });
  await untilText(first, '(312) 555-0142');
  expect((await watched(first)).shift).toBe(0);
  // the second page has its number before the server has said anything
  const { promise, resolve: release } = Promise.withResolvers<void>();
  collect.slow = promise;
  const second = await show(html, { as });
  expect(await watched(second)).toEqual({ shift: 0, painted: ['Call (312) 555-0142'] });
  release();
});

it('a page that does not wait for the script has the number when it is there', async () => {
  const html = `<head>${await snippet('asyncSnippet')}</head><body><p>Call (312) 555-0100`;
  const as = await visitor();
  await untilText(await show(html, { as }), '(312) 555-0142');
  const { promise, resolve: release } = Promise.withResolvers<void>();
  collect.slow = promise;
  // still before the server has said anything
  await untilText(await show(html, { as }), '(312) 555-0142');
  release();
});

it('the cookies that the site asks for go along with the first visit', async () => {
  const { viewer, companyId } = site();
  await updateSite(door, viewer, { companyId, customCookies: ['plan', '_ga', 'missing'] });
  const page = await show(
    `<script>document.cookie = 'plan=gold'; document.cookie = '_ga=GA1.1.42'; document.cookie = 'mine=secret';</script>
     ${await snippet('snippet')}<p>312-555-0100`,
  );
  await untilText(page, '0142');
  const [session] = await site().sessions();
  expect(session?.customCookies).toEqual({ plan: 'gold', _ga: 'GA1.1.42' });
});

it('cookies as long as browsers take them do not keep the numbers from the page', async () => {
  const { viewer, companyId } = site();
  const names = ['one', 'two', 'three', 'four', 'five'];
  await updateSite(door, viewer, { companyId, customCookies: names });
  const page = await show(
    `<script>for (const name of ${JSON.stringify(names)}) document.cookie = name + '=' + name + 'x'.repeat(3900);</script>
     ${await snippet('snippet')}<p>312-555-0100`,
  );
  await untilText(page, '0142');
  const [session] = await site().sessions();
  expect(session?.customCookies).toMatchObject({ one: `one${'x'.repeat(997)}` });
});
