// Forms that a page tells of by hand, by what stands around them.
import { expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';
import { untilText } from '../support/swap-town.ts';

const { town, CONTACT, ADA, ready, fill } = await openFormsPage();
const { collect, tag, show, troublesOf } = town;

/** Tells of what this selector finds; resolves once it is on its way. */
const tell = (selector: string) =>
  `new Promise((done) => Switchboard.captureForm('${selector}', done))`;

it('what stands around a form is as good as the form, and that is told once it is filled', async () => {
  const page = await ready(`<div id="wrapper">${CONTACT}</div>`);
  // with nothing before it on its way it is sent once
  await untilText(page, '0142');
  await page.evaluate(tell('#wrapper'));
  await fill(page, ADA);
  expect(collect.at('form')).toEqual([]);
  await page.evaluate(tell('#wrapper'));
  const told = await collect.heard('form');
  expect(told).toMatchObject({ form: { id: 'contact' }, fields: ADA });
  expect(collect.at('form')).toHaveLength(1);
  expect(troublesOf(page)).toEqual([]);
});

it('a block without a form is told by its fields', async () => {
  const page = await show(
    `${tag()}<p>312-555-0100</p><section id="block"><input name="email"><input type="password" name="own">
      <select name="size"><option>S<option>M</select></section><input name="other" value="elsewhere">`,
  );
  await fill(page, { email: ADA.email, own: 'hunter2!' });
  await page.evaluate(tell('#block'));
  expect(await collect.heard('form')).toMatchObject({
    form: { id: 'block' },
    fields: { email: ADA.email, size: 'S' },
  });
  expect(troublesOf(page)).toEqual([]);
});

it('nothing is on its way of what is not there', async () => {
  const page = await ready(CONTACT);
  await fill(page, ADA);
  const calls = await page.evaluate(`new Promise((done) => {
    const heard = [];
    for (const one of ['#nowhere', 'form']) Switchboard.captureForm(one, () => { heard.push(one); if (one === 'form') done(heard); });
  })`);
  expect(calls).toEqual(['form']);
});
