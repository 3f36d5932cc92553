// What of a form's fields is told: elements of the page's own, and fields without a name.
import { expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';

const { town, ADA, ready, fill } = await openFormsPage();
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
    `<form method="post" action="/thanks"><input name="email"><select name="wanted" multiple>${options}</select>
      <select name="none" multiple>${options}</select><select name="one">${options}</select><button>Send</button></form>`,
  );
  await fill(page, { email: ADA.email });
  await page.selectOption('[name=wanted]', ['Springs', 'Panels']);
  await page.selectOption('[name=none]', ['Openers']);
  await page.selectOption('[name=none]', []);
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual({
    ...{ email: ADA.email, wanted: 'Springs, Panels', one: 'Springs' },
  });
});

it('fields without a name are told by what they are called otherwise, and secrets are not', async () => {
  const page = await ready(
    `<form method="post" action="/thanks"><input aria-label="Your name"><input type="email" placeholder="E-mail"><input type="tel">
      <input autocomplete="street-address"><input placeholder="Card number"><input aria-label="CVC"><textarea></textarea><button>Send</button></form>`,
  );
  const said = ['Ada', ADA.email, ADA.phone, '1 Main St', '4', '123', 'Please call'];
  const fields = await page.locator('input, textarea').all();
  for (const [at, field] of fields.entries()) await field.fill(said[at] ?? '');
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual({
    ...{ 'Your name': 'Ada', 'E-mail': ADA.email, tel: ADA.phone, 'street-address': '1 Main St' },
    textarea: 'Please call',
  });
  expect(troublesOf(page)).toEqual([]);
});
