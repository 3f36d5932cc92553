// Pages that change much at once: each change is seen by the script on its own, as loops that wait between them make it.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { tag, show, troublesOf } = await openSwapTown();

const swapped = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('li')].every(({ textContent }) => textContent?.includes('0142')),
  );

it('a list that grows one by one is followed to its end, again and again', async () => {
  const page = await show(`${tag()}<p>312-555-0100</p><ul></ul>`);
  await untilText(page, '0142');
  for (let round = 1; round <= 5; round += 1) {
    await page.evaluate(async () => {
      for (let n = 0; n < 90; n += 1) {
        const item = document.createElement('li');
        item.textContent = 'Shop: 312-555-0100';
        document.querySelector('ul')?.append(item);
        await Promise.resolve();
      }
    });
    await swapped(page);
    expect(await page.locator('li').count()).toBe(90 * round);
  }
  expect(troublesOf(page)).toEqual([]);
});

it('a text that changes often at once says our number at the end', async () => {
  const page = await show(`${tag()}<p>312-555-0100</p><ul><li>-</ul>`);
  await untilText(page, '0142');
  await page.evaluate(async () => {
    const text = document.querySelector('li')?.firstChild as Text;
    for (let n = 1; n <= 90; n += 1) {
      text.data = `${n}: 312-555-0100`;
      await Promise.resolve();
    }
  });
  await swapped(page);
  expect(await page.textContent('li')).toBe('90: 312-555-0142');
});

it('a link that is taken out of the page does not keep what changes with it from being seen', async () => {
  const page = await show(
    `${tag()}<p>312-555-0100</p><a href="https://bluebird.example/">Ring us</a><ul><li>-</ul>`,
  );
  await untilText(page, '0142');
  await page.evaluate(() => {
    const link = document.querySelector('a') as HTMLAnchorElement;
    link.remove();
    (link.firstChild as Text).data = 'Ring 312-555-0100';
    (document.querySelector('li')?.firstChild as Text).data = 'Ring 312-555-0100';
  });
  await swapped(page);
});
