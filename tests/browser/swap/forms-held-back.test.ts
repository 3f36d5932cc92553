// Forms that the server has not taken yet: nothing that rests keeps the next one back.
import { expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/start-site.ts';
import { TARGET } from '../support/collect-town.ts';
import { openFormsPage } from '../support/forms-page.ts';

const { town, CONTACT, ADA, ready, fill, stored } = await openFormsPage();
const { collect } = town;

type Globals = { Switchboard: Switchboard };

it('a form goes at once beside a letter that was refused and rests, though the page is left', async () => {
  // the next try of what is refused is a minute away
  const page = await ready(
    `<script>Math.random = () => 30</script>${CONTACT}`,
    'data-consent="denied"',
  );
  await collect.heard('visit');
  collect.failing = 503;
  const refused = page.waitForResponse((response) => response.url().endsWith('/visit'));
  await page.evaluate((target) => {
    void (window as unknown as Globals).Switchboard.getNumbers([target]);
  }, TARGET);
  await refused;
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
