// What of a form's fields is told: elements of the page's own.
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
