// Fields that people do not see: what is a trap for bots, and what stands behind a widget that people use.
import { expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';

const { town, ADA, ready, fill, stored } = await openFormsPage();
const { collect } = town;

it('boxes to choose from, and what is hidden from those who listen, are told, and are no trap', async () => {
  // as Select2, MUI Select and Radix put them behind what they draw
  const page = await ready(
    `<form method="post" action="/thanks"><input name="email">
      <select name="service" tabindex="-1" aria-hidden="true"><option>Springs<option>Openers</select>
      <select name="size" tabindex="-1"><option>S<option>M</select>
      <input name="city" tabindex="-1" aria-hidden="true" value="Chicago">
      <input type="checkbox" name="news" tabindex="-1" checked><input type="radio" name="when" value="soon" tabindex="-1" checked>
      <button>Send</button></form>`,
  );
  await fill(page, { email: ADA.email });
  await page.evaluate("document.querySelector('[name=service]').selectedIndex = 1");
  await page.click('button');
  const told = await collect.heard('form');
  const chosen = { service: 'Openers', size: 'S', city: 'Chicago', news: 'on', when: 'soon' };
  expect(told.fields).toEqual({ email: ADA.email, ...chosen });
  expect(told.trap ?? '').toBe('');
  const [{ spamReasons = [] } = {}] = await stored();
  expect(spamReasons).not.toContain('HONEYPOT_FILLED');
});

it('nor what only the page itself writes into: read-only, or as it came', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><input name="email"><input name="day" tabindex="-1" readonly>
      <input name="branch" tabindex="-1" value="North"><input name="website" tabindex="-1"><button>Send</button></form>`,
  );
  await fill(page, { email: ADA.email });
  await page.evaluate("document.querySelector('[name=day]').value = '3 March'");
  await page.click('button');
  const told = await collect.heard('form');
  expect(told.fields).toEqual({ email: ADA.email, day: '3 March', branch: 'North' });
  expect(told.trap ?? '').toBe('');
});

it('that something is written into one of several traps is told, and none of its words', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><input name="email"><input name="website" tabindex="-1"><textarea name="more" tabindex="-1"></textarea>
      <select name="own" data-switchboard-trap><option>yes</select><input type="url" name="last" tabindex="-1"><button>Send</button></form>`,
  );
  await fill(page, { email: ADA.email });
  await page.evaluate(`for (const [name, value] of [['website', 'https://spam.example'], ['more', 'Buy']])
    document.querySelector('[name=' + name + ']').value = value`);
  await page.click('button');
  const told = await collect.heard('form');
  expect(told.fields).toEqual({ email: ADA.email });
  expect(told.trap).toBe('1');
  const [{ spamReasons = [] } = {}] = await stored();
  expect(spamReasons).toContain('HONEYPOT_FILLED');
});

it('a trap that says so is one whatever the page itself has put there', async () => {
  const page = await ready(
    '<form method="post" action="/thanks"><input name="email"><input name="own" data-switchboard-trap value="kept" readonly><button>Send</button></form>',
  );
  await fill(page, { email: ADA.email });
  await page.click('button');
  const told = await collect.heard('form');
  expect(told.fields).toEqual({ email: ADA.email });
  expect(told.trap).toBe('1');
});
