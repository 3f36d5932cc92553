// One visitor with several pages open at once: what one of them shows is not lost by what another does not. Over the real
// door.
import { expect, it } from 'vitest';
import { openWebsite } from './website.ts';

const web = await openWebsite();
const MINUTE = 60_000;

type Browser = ReturnType<Awaited<ReturnType<typeof web.settle>>['browser']>;
/** The numbers that a page of the browser is shown. */
const shown = async (one: Browser, fields: object = {}): Promise<string[]> =>
  (await one.visits(fields)).body.swaps.map(({ number }: { number: string }) => number);
const beats = async (one: Browser, fields: object = {}) => (await one.beats(fields)).status;

it('keeps the number of one page while another that shows none is open, or is all that is looked at', async () => {
  const { browser, tracker } = await web.settle();
  await tracker({ size: 1 });
  const [ada, eve] = [browser(), browser()];
  const [number] = await shown(ada);
  expect(number).toBeDefined();
  expect(await shown(ada, { numbers: [] })).toEqual([]);
  for (let n = 0; n < 3; n += 1) {
    web.clock.advance(MINUTE);
    expect(await beats(ada, { shows: n % 2 === 0 })).toBe(204);
    web.clock.advance(MINUTE);
    expect(await beats(ada, { shows: false })).toBe(204);
    expect(await shown(eve)).toEqual([]);
  }
});

it('tells the page that shows a number of its loss, also when a page that shows none was heard of first', async () => {
  const { browser, tracker } = await web.settle();
  await tracker({ size: 1 });
  const [ada, eve] = [browser(), browser()];
  const [number] = await shown(ada);
  await shown(ada, { numbers: [] });
  web.clock.advance(20 * MINUTE);
  expect(await shown(eve)).toEqual([number]);
  // it has nothing to lose, and is not sent round and round
  expect(await beats(ada, { shows: false })).toBe(204);
  await shown(ada, { numbers: [] });
  expect(await beats(ada, { shows: true })).toBe(410);
  // a script that says nothing of it may show one
  expect(await beats(ada)).toBe(410);
  expect(await shown(ada)).toEqual([]);
  expect(await beats(ada, { shows: true })).toBe(204);
});

it('keeps the numbers of two pools for two pages, and knows when either is gone', async () => {
  const { browser, tracker } = await web.settle();
  const [sales, service] = ['+13125550178', '+13125550179'] as const;
  await tracker({ size: 1, targets: [sales] });
  await tracker({ size: 1, targets: [service] });
  const [ada, eve] = [browser(), browser()];
  await shown(ada, { numbers: [sales] });
  const [second] = await shown(ada, { numbers: [service] });
  for (let n = 0; n < 3; n += 1) {
    web.clock.advance(MINUTE);
    expect(await beats(ada)).toBe(204);
    expect(await shown(eve, { numbers: [sales, service] })).toEqual([]);
  }
  web.clock.advance(20 * MINUTE);
  expect(await shown(eve, { numbers: [service] })).toEqual([second]);
  expect(await beats(ada)).toBe(410);
});

it('refuses a sign that does not say whether it shows a number by yes or no', async () => {
  const { browser, tracker } = await web.settle();
  await tracker({ size: 1 });
  const ada = browser();
  await shown(ada);
  const { status, body } = await ada.beats({ shows: 'many' });
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'INVALID_INPUT', field: 'shows' });
});
