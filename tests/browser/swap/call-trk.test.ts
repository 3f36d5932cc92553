// Sites that were written for CallRail, and looking again at the page by hand.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { OURS, TARGET } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, site, tag, show, troublesOf } = await openSwapTown();

type Globals = Record<'Switchboard' | 'CallTrk', Pick<Switchboard, 'swap'>> & {
  CallTrk: { getSwapNumbers(targets: string[]): object };
};

const callRailTag = () =>
  `<script src="${collect.url}/companies/123456789/${site().key}/12/swap.js"></script>`;

it('a site that was written for CallRail changes host and key of its tag, and nothing else', async () => {
  const page = await show(
    `${callRailTag()}<p>312-555-0100</p><p data-calltrk-noswap>312-555-0100</p>
     <script>first = CallTrk.getSwapNumbers(['3125550100', '(312) 555-0100', '6465550190'], (numbers) => { heard = numbers; }); CallTrk.captureForm('form', () => {});</script>`,
  );
  await untilText(page, '0142');
  await page.waitForFunction(() => 'heard' in window);
  const known = await page.evaluate(() => {
    const { first, heard, CallTrk } = window as unknown as Globals & Record<string, object>;
    return [first, heard, CallTrk.getSwapNumbers(['+13125550100', '6465550190'])];
  });
  // such a site prints what it is given: it is dressed as the target is
  const heard = { '3125550100': '3125550142', '(312) 555-0100': '(312) 555-0142' };
  expect(known).toEqual([{}, heard, { [TARGET]: OURS }]);
  expect(await page.textContent('[data-calltrk-noswap]')).toBe('312-555-0100');
  expect(troublesOf(page)).toEqual([]);
});

it('a page that is opened again knows the numbers at once', async () => {
  const html = `${callRailTag()}<p>312-555-0100</p><script>first = CallTrk.getSwapNumbers(['3125550100']);</script>`;
  const page = await show(html);
  await untilText(page, '0142');
  await page.reload();
  const first = await page.evaluate(() => (window as unknown as Record<string, object>).first);
  expect(first).toEqual({ '3125550100': '3125550142' });
});

it('a target that is no list is one, and what is no target at all rejects nothing', async () => {
  const page = await show(`${callRailTag()}<p>312-555-0100</p>`);
  await untilText(page, '0142');
  const known = await page.evaluate(async () => {
    const { CallTrk, Switchboard } = window as unknown as Globals & {
      CallTrk: { getSwapNumbers(targets: unknown, then?: (numbers: object) => void): object };
      Switchboard: Switchboard;
    };
    void Switchboard.getNumbers([{ toString: null }] as unknown as string[]);
    const heard = new Promise((then) => CallTrk.getSwapNumbers('3125550100', then));
    return [
      await heard,
      await Switchboard.getNumbers('(312) 555-0100'),
      await Switchboard.getNumbers([3125550100] as unknown as string[]),
    ];
  });
  expect(known).toEqual([
    { '3125550100': '3125550142' },
    { '(312) 555-0100': OURS },
    { '3125550100': OURS },
  ]);
  expect(troublesOf(page)).toEqual([]);
});

it('whoever answers to the name already keeps it', async () => {
  const page = await show(
    `<script>CallTrk = { swap: () => {}, first: true };</script>${callRailTag()}<p>312-555-0100</p>`,
  );
  await untilText(page, '0142');
  expect(await page.evaluate('CallTrk.first')).toBe(true);
});

/** Two shadow roots that come to elements which are there already: nobody is told of them. */
const unseen = (page: Page) =>
  page.evaluate(async () => {
    for (const id of ['one', 'two']) {
      const root = document.getElementById(id)?.attachShadow({ mode: 'open' });
      root?.append('312-555-0100');
    }
    // behind the answers to whatever was seen
    await new Promise(requestAnimationFrame);
  });

const texts = (page: Page) =>
  page.evaluate(() =>
    ['one', 'two'].map((id) => document.getElementById(id)?.shadowRoot?.textContent),
  );

it.each(['Switchboard', 'CallTrk'] as const)(
  '%s.swap looks again at what it is told, or at the whole page',
  async (name) => {
    const page = await show(
      `${tag('data-calltrk')}<p>312-555-0100</p><div id="one"></div><div id="two"></div>`,
    );
    await untilText(page, '0142');
    await page.waitForLoadState('load');
    await unseen(page);
    expect(await texts(page)).toEqual(['312-555-0100', '312-555-0100']);
    const look = (place?: string) =>
      page.evaluate(([global, selector]) => (window as unknown as Globals)[global].swap(selector), [
        name,
        place,
      ] as const);
    await look('#two');
    expect(await texts(page)).toEqual(['312-555-0100', '312-555-0142']);
    await look();
    expect(await texts(page)).toEqual(['312-555-0142', '312-555-0142']);
  },
);
