// What of a form's fields is told: elements of the page's own, fields without a name, lists, and how much of it all.
import { expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';

const { town, ADA, ready, fill, stored } = await openFormsPage();
const { collect, troublesOf } = town;

it('a page’s own elements and objects in a form do not lose it, and tell their value', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><input name="email"><object></object><x-plain></x-plain><x-rating name="stars"></x-rating>
      <x-size name="size"></x-size><button>Send</button></form><script>
      const own = (name, value) => customElements.define(name, class extends HTMLElement {
        static formAssociated = true; inside = this.attachInternals(); value = value; name = this.getAttribute('name'); autocomplete = true;
      });
      own('x-plain', null); own('x-rating', 5); own('x-size', 'M');</script>`,
  );
  await fill(page, { email: ADA.email });
  await page.click('button');
  const { fields } = await collect.heard('form');
  expect(fields).toEqual({ email: ADA.email, stars: '5', size: 'M' });
  expect(troublesOf(page)).toEqual([]);
});

it('a list in which several are chosen tells all of them, and none once they are taken back', async () => {
  const options = '<option>Springs<option>Openers<option>Panels';
  const page = await ready(
    `<form method="post" action="/thanks"><input name="email"><input type="checkbox" name="box" tabindex="-1"><select name="wanted" multiple>${options}</select>
      <select name="none" multiple>${options}</select><select name="one">${options}</select><button>Send</button></form>`,
  );
  await fill(page, { email: ADA.email });
  await page.selectOption('[name=wanted]', ['Springs', 'Panels']);
  await page.selectOption('[name=none]', ['Openers']);
  await page.selectOption('[name=none]', []);
  await page.click('button');
  const told = await collect.heard('form');
  expect(told.fields).toEqual({ email: ADA.email, wanted: 'Springs, Panels', one: 'Springs' });
  // a box that nobody has ticked is no trap that somebody has filled
  expect(told.trap ?? '').toBe('');
});

it('fields without a name are told by what they are called otherwise, and secrets are not', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><input aria-label="Your name"><input type="email" placeholder="E-mail"><input type="tel">
      <label>Street <input></label><input placeholder="Card number"><input aria-label="CVC"><label>CVV <input placeholder="123"></label>
      <textarea></textarea><button>Send</button></form>`,
  );
  const said = ['Ada', ADA.email, ADA.phone, '1 Main St', '4', '123', '737', 'Please call'];
  const fields = await page.locator('input, textarea').all();
  for (const [at, field] of fields.entries()) await field.fill(said[at] ?? '');
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual({
    ...{ 'Your name': 'Ada', 'E-mail': ADA.email, tel: ADA.phone, Street: '1 Main St' },
    textarea: 'Please call',
  });
  expect(troublesOf(page)).toEqual([]);
});

it('a form with more than the server takes is told as far as that goes, by hand too', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><textarea name="long"></textarea><textarea name="longer"></textarea>${'<i></i>'.repeat(230)}
      <input name="email"><button>Send</button></form><script>
      document.querySelectorAll('i').forEach((i, n) => { i.outerHTML = '<input name="field ' + n + '" value="' + n + '">'; });</script>`,
  );
  await fill(page, { long: 'ä'.repeat(9_000), longer: '€'.repeat(10_000), email: ADA.email });
  await page.evaluate(
    `Switchboard.captureForm(Object.fromEntries(Array.from({ length: 201 }, (_, n) => ['own ' + n, n + 1])))`,
  );
  await page.click('button');
  const [byHand, form] = await Promise.all([
    collect.heard('form', ({ fields }) => 'own 0' in (fields as object)),
    collect.heard('form', ({ fields }) => 'long' in (fields as object)),
  ]);
  expect(Object.keys(byHand.fields as object).length).toBeGreaterThan(150);
  expect(Object.keys(form.fields as object)).toEqual(
    expect.arrayContaining(['long', 'field 0', 'field 50']),
  );
  expect(form.fields).not.toHaveProperty('longer');
  expect(await stored()).toHaveLength(2);
});

it.each([
  ['GB', 'tel', '020 7946 0958', '442079460958'],
  // shorter than what tells of somebody by itself
  ['45', 'tel', '20 12 34 56', '4520123456'],
])('a number is read as of the page’s country: %s', async (country, type, written, read) => {
  const page = await ready(
    `<form><input name="phone" type="${type}"><button>Send</button></form><script>
      document.querySelector('form').onsubmit = (event) => { event.preventDefault();
        fetch('/thanks', { method: 'POST', body: JSON.stringify({ phone: '${written}' }) }); };</script>`,
    `data-country="${country}"`,
  );
  await fill(page, { phone: written });
  await page.click('button');
  await collect.heard('form');
  const { accountId } = town.site();
  const identities = await town.door.db.prisma.leadIdentity.findMany({ where: { accountId } });
  expect(identities.map(({ value }) => value)).toEqual([`+${read}`]);
});
