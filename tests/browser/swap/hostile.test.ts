// swap.js as a guest of pages that are broken, old or against it: the page never notices, and never freezes.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, tag, show, troublesOf } = await openSwapTown();

it('a page that writes against us for ever is not frozen, and its node is given up', async () => {
  const page = await show(
    `${tag()}<p id="fought">312-555-0100</p><p id="peace">312-555-0100</p><div id="box"></div><script>
      const fought = document.querySelector('#fought'), box = document.querySelector('#box');
      // what it writes before anything else may run: without end it would be frozen
      const most = { fought: 0, box: 0 }, total = { fought: 0, box: 0 }, run = { fought: 0, box: 0 };
      const count = (name) => { total[name] += 1; run[name] += 1; most[name] = Math.max(most[name], run[name]); };
      setInterval(() => { run.fought = run.box = 0; }, 0);
      new MutationObserver(() => { if (fought.textContent !== '312-555-0100') { count('fought'); fought.firstChild.data = '312-555-0100'; } })
        .observe(fought, { characterData: true, subtree: true });
      new MutationObserver(() => { count('box'); box.innerHTML = '<b><i>312-555-0100</i></b>'; })
        .observe(box, { characterData: true, subtree: true });
      box.innerHTML = '<b><i>312-555-0100</i></b>';
      setInterval(() => { document.querySelector('#peace').firstChild.data = 'Call 312-555-0100'; }, 4);
    </script>`,
  );
  await page.waitForFunction(
    () => document.querySelector('#peace')?.textContent === 'Call 312-555-0142',
  );
  const POKES = 60;
  const { most, total } = (await page.evaluate(`(async () => {
    for (let n = 0; n < ${POKES}; n += 1) {
      fought.firstChild.data = 'something else';
      await new Promise(requestAnimationFrame);
    }
    return { most, total };
  })()`)) as Record<'most' | 'total', Record<'fought' | 'box', number>>;
  // one node is answered forty times in a tick, and given up after three such ticks
  expect(most.fought).toBeGreaterThan(1);
  expect(Math.max(most.fought, most.box)).toBeLessThanOrEqual(100);
  expect(total.fought).toBeLessThanOrEqual(POKES + 3 * 40);
  expect(await page.textContent('#fought')).toBe('312-555-0100');
  expect(await page.textContent('#peace')).toBe('Call 312-555-0142');
});

it('a page that adds for ever is followed, a bit at a time', async () => {
  const page = await show(
    `<script>const began = Date.now(); let looks = 0; Date.now = () => began + looks++;</script>
     ${tag()}<p>312-555-0100</p><div id="rows"></div><script>
      const rows = document.querySelector('#rows'); let most = 0, total = 0;
      new MutationObserver((records) => { most = Math.max(most, records.length); total += records.length; })
        .observe(rows, { characterData: true, subtree: true });
      addEventListener('load', () => setTimeout(function add() {
        rows.innerHTML = '<p>312-555-0100</p>'.repeat(500); requestAnimationFrame(add); }));
    </script>`,
  );
  await untilText(page, '312-555-0142');
  await page.waitForFunction('total > 100');
  // sixty milliseconds of work when the answer comes, of which each look at a node takes one here
  expect(await page.evaluate('most')).toBeLessThanOrEqual(60);
  await page.evaluate('most = total = 0');
  await page.waitForFunction('total > 40');
  // and eight in a tick afterwards
  expect(await page.evaluate('most')).toBeLessThanOrEqual(8);
  expect(await page.textContent('p')).toBe('312-555-0142');
});

it.each([
  [
    'a polluted Object.prototype',
    `for (const name of ['sms', 'once', 'signal', 'headers', 'mode', 'toJSON', 'numbers', 'country', 'consent', 'session', 'cookies', 'attributes'])
    Object.defineProperty(Object.prototype, name, { value: () => 'polluted', configurable: true, writable: true, enumerable: true });
    Array.prototype.toJSON = () => 'no'; String.prototype.toJSON = () => 'no'; Array.prototype.extra = 1;`,
  ],
  [
    'frozen prototypes',
    'for (const one of [Object, Array, String, Map, Promise, Node, Element]) Object.freeze(one.prototype);',
  ],
  [
    'an element that is called Switchboard',
    "document.documentElement.insertAdjacentHTML('beforeend', '<form id=Switchboard><input name=push></form>');",
  ],
])('%s', async (_, script) => {
  const page = await show(
    `<head><script>${script}</script>${tag()}</head><body><p>312-555-0100</p>`,
  );
  await untilText(page, '312-555-0142');
  expect(troublesOf(page)).toEqual([]);
});

it('globals that are replaced after it has begun', async () => {
  const page = await show(
    `${tag()}<script>JSON.stringify = JSON.parse = fetch = setTimeout = Date.now = () => { throw new Error('mine'); };</script><p>312-555-0100</p>`,
  );
  await untilText(page, '312-555-0142');
  expect(troublesOf(page)).toEqual([]);
});

it.each([
  ['fetch', '312-555-0100'],
  ['MutationObserver', '312-555-0142'],
  ['JSON', '312-555-0100'],
  ['localStorage', '312-555-0142'],
  ['WeakMap', '312-555-0100'],
])('without %s the page does not notice, and says %s', async (name, said) => {
  const page = await show(
    `<script>Object.defineProperty(window, '${name}', { value: undefined, configurable: true });</script>${tag()}<p>312-555-0100</p><script>document.body.lang = 'after'</script>`,
  );
  expect(await page.locator('body').getAttribute('lang')).toBe('after');
  await untilText(page, said);
  expect(troublesOf(page)).toEqual([]);
});

it('without MutationObserver what comes later is found all the same, a second after at the latest', async () => {
  const page = await show(
    `<script>MutationObserver = undefined;</script>${tag()}<p>312-555-0100</p><i></i>`,
  );
  await untilText(page, '312-555-0142');
  await page.evaluate(() => document.querySelector('i')?.append('Late: 312.555.0100'));
  await untilText(page, 'Late: 312.555.0142');
  expect(troublesOf(page)).toEqual([]);
});

it('adds no global but its own', async () => {
  const names = (page: Page) => page.evaluate(() => Object.getOwnPropertyNames(window).sort());
  const bare = await names(await show('<p>312-555-0100</p>'));
  const page = await show(`${tag()}<p>312-555-0100</p>`);
  await untilText(page, '0142');
  expect((await names(page)).filter((name) => !bare.includes(name))).toEqual(['Switchboard']);
});

it('a form whose fields are called like its own properties, on a page that has changed everything else', async () => {
  const page = await show(
    `${tag()}<p>312-555-0100</p><form method="post" onsubmit="return false"><input name="id"><input name="name"><input name="action">
      <input name="method"><input name="submit"><input name="__proto__"><button>Send</button></form><script>
      for (const name of ['trap', 'form', 'fields', 'visitor', 'toJSON'])
        Object.defineProperty(Object.prototype, name, { value: () => 'polluted', configurable: true, writable: true });
      Array.prototype.toJSON = () => 'no';</script>`,
  );
  await untilText(page, '0142');
  await page.waitForFunction(
    () => !/native code/.test(HTMLFormElement.prototype.submit.toString()),
  );
  for (const name of ['id', 'name', 'action', '__proto__']) {
    await page.fill(`[name=${name}]`, `${name}@example.com`);
  }
  await page.click('button');
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  const { fields } = await collect.heard('form');
  const [id, name, action] = ['id', 'name', 'action'].map((one) => `${one}@example.com`);
  expect(fields).toMatchObject({ id, name, action });
  expect(Object.keys(fields as object)).toContain('__proto__');
  expect(troublesOf(page)).toEqual([]);
});
