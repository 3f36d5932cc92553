// Forms that their page keeps the browser from sending: which of them were sent is told apart by what is seen of them
// afterwards, and none is lost.
import { expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';

const { town, CONTACT, ADA, ready, fill, goOn, stored } = await openFormsPage();
const { collect, door, site, troublesOf } = town;

/** A page whose form is kept from being sent, and then this is done with it. */
const kept = (then: string) =>
  `${CONTACT}<p id="error"></p><script>const form = document.querySelector('form');
    form.onsubmit = (event) => { event.preventDefault(); ${then} };</script>`;

it.each([
  ['shows an error', `document.querySelector('#error').textContent = 'How many doors?'`, true],
  ['takes it away', 'form.remove()', false],
  ['hides it', 'form.hidden = true', false],
])(
  'one whose page %s is told when the page is left: unconfirmed where it still stands there',
  async (_, then, isUnconfirmed) => {
    const page = await ready(kept(then));
    await fill(page, ADA);
    await page.click('button');
    expect(collect.at('form')).toEqual([]);
    await goOn(page);
    expect(collect.at('form')[0]?.fields).toEqual(ADA);
    expect(await stored()).toMatchObject([{ isUnconfirmed }]);
  },
);

it('one that was refused, corrected and sent by the page is told once, and not unconfirmed', async () => {
  const page = await ready(
    kept(
      `if (form.elements.message.value) fetch('/thanks', { method: 'POST', body: new FormData(form) });`,
    ),
  );
  await fill(page, ADA);
  await page.click('button');
  await fill(page, { message: 'Two doors, 100%' });
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual({ ...ADA, message: 'Two doors, 100%' });
  await goOn(page);
  expect(await stored()).toMatchObject([{ isUnconfirmed: false }]);
});

it('one that waits for a long check of its page is told as unconfirmed, and again when it is seen sent', async () => {
  const page = await ready(
    `${kept('')}<button id="check" type="button" onclick="fetch('/thanks', { method: 'POST', body: new FormData(document.forms[0]) })">I am no robot</button>`,
  );
  await fill(page, ADA);
  await page.click('button');
  // as after 20 idle seconds
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  expect(await collect.heard('form')).toMatchObject({ fields: ADA, sent: false });
  await page.click('#check');
  await collect.heard('form', ({ sent }) => sent !== false);
  await goOn(page);
  expect((await stored()).map(({ isUnconfirmed }) => isUnconfirmed).sort()).toEqual([false, true]);
});

it('one whose page sends a value that ends as an encoding begins before the number is seen', async () => {
  const page = await ready(
    `<form><input name="off"><input name="phone" type="tel"><button>Send</button></form><script>
      document.querySelector('form').onsubmit = (event) => { event.preventDefault();
        fetch('/thanks', { method: 'POST', body: new FormData(event.target) }); };</script>`,
  );
  await fill(page, { off: '50%', phone: ADA.phone });
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual({ off: '50%', phone: ADA.phone });
});

it.each([
  ['no other word of who it is', { name: 'Ada', zip: '60601' }, 0],
  ['an address', { name: 'Ada', email: ADA.email }, 1],
])(
  'a step with a short number alone and the one after it, with %s, are one form',
  async (_, rest, leads) => {
    const fields = Object.keys(rest).map((name) => `<input name="${name}">`);
    const page = await ready(
      `<main><form><input name="phone" type="tel"><button>Next</button></form></main><script>
      const said = {}; addEventListener('submit', (event) => { event.preventDefault();
        Object.assign(said, Object.fromEntries(new FormData(event.target)));
        if (said.name) return fetch('/thanks', { method: 'POST', body: JSON.stringify(said) });
        document.querySelector('main').innerHTML = '<form id="last">${fields.join('')}<button>Send</button></form>';
      });</script>`,
    );
    await fill(page, { phone: '555-0134' });
    await page.click('button');
    await fill(page, rest);
    await page.click('button');
    expect(await collect.heard('form')).toMatchObject({
      form: { id: 'last' },
      fields: { phone: '555-0134', ...rest },
    });
    await goOn(page);
    expect(await stored()).toMatchObject([{ isUnconfirmed: false }]);
    // seven digits are nobody's number until an area stands before them: a lead is known by the address, or there is none
    const { accountId } = site();
    const identities = await door.db.prisma.leadIdentity.findMany({ where: { accountId } });
    expect(identities.map(({ kind }) => kind)).toEqual(leads ? ['EMAIL'] : []);
    expect(troublesOf(page)).toEqual([]);
  },
);
