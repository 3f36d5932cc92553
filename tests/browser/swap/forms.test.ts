// Forms as swap.js tells them: sent by the browser, by the page's own code, in steps, or by hand; never with what must not
// leave the page, and not lost with the network.
import { describe, expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { TARGET } from '../support/collect-town.ts';
import { openFormsPage } from '../support/forms-page.ts';
import { untilText } from '../support/swap-town.ts';

const { town, CONTACT, ADA, ready, followed, fill, goOn, stored } = await openFormsPage();
const { collect, door, website, site, tag, visitor, show, open, troublesOf } = town;

type Globals = { Switchboard: Switchboard };

describe('a form', () => {
  it('that the browser posts is told once with its visit, and the page goes on as ever', async () => {
    const page = await ready(CONTACT);
    await untilText(page, '0142');
    await fill(page, { ...ADA, message: 'Please call' });
    await page.click('button');
    await page.waitForURL('**/thanks?token=1');
    const told = await collect.heard('form');
    expect(told).toMatchObject({
      visitor: collect.at('visit')[0]?.visitor,
      session: expect.any(String),
      url: website.at('/'),
      form: { id: 'contact', name: 'Contact', action: '/thanks?token=1' },
      fields: { ...ADA, message: 'Please call' },
      filledMs: expect.any(Number),
    });
    expect(told).not.toHaveProperty('trap');
    expect(collect.at('form')).toHaveLength(1);
    expect(await stored()).toMatchObject([{ sessionId: told.session, formAction: '/thanks' }]);
    expect(troublesOf(page)).toEqual([]);
  });

  it('without a submit button is told when its button makes the page send it', async () => {
    const page = await ready(
      `<form><input name="email"><input name="city"><button type="button">Go</button></form><script>document.querySelector('button').onclick =
        () => fetch('/thanks', { method: 'POST', body: JSON.stringify({ mail: document.querySelector('[name=email]').value }) })</script>`,
    );
    await fill(page, { email: 'ada@example.com', city: 'Chicago' });
    await page.click('button');
    expect((await collect.heard('form')).fields).toEqual({
      email: 'ada@example.com',
      city: 'Chicago',
    });
  });

  it('in steps, some of them gone, is one form', async () => {
    const page = await ready(
      `<main><form><input name="zip"><button>Next</button></form></main><script>
        addEventListener('submit', (event) => { event.preventDefault();
          if (event.target.matches('#last')) return fetch('/thanks', { method: 'POST', body: new FormData(event.target) });
          document.querySelector('main').innerHTML = '<form id="last"><fieldset><input name="service"></fieldset><a href="#">Next</a></form>';
          document.querySelector('a').onclick = () => { document.querySelector('fieldset').outerHTML = '<input name="email"><button>Send</button>'; return false; };
        });</script>`,
    );
    await fill(page, { zip: '60601' });
    await page.click('button');
    await fill(page, { service: 'Springs' });
    await page.click('a');
    await fill(page, { email: 'ada@example.com' });
    await page.click('button');
    expect(await collect.heard('form')).toMatchObject({
      form: { id: 'last' },
      fields: { zip: '60601', service: 'Springs', email: 'ada@example.com' },
    });
    expect(collect.at('form')).toHaveLength(1);
  });

  it('that comes late, to a page without any, is told too', async () => {
    const page = await show(`${tag()}<p>312-555-0100</p>`);
    await untilText(page, '0142');
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), CONTACT);
    await page.focus('[name=name]');
    await followed(page);
    await fill(page, ADA);
    await page.click('button');
    expect((await collect.heard('form')).fields).toEqual(ADA);
  });

  it('that the page keeps, nobody knows why, is told when the page is left, or by the next one', async () => {
    const page = await ready(
      `${CONTACT}<script>document.querySelector('form').onsubmit = () => false;</script>`,
    );
    await fill(page, ADA);
    await page.click('button');
    expect(collect.at('form')).toEqual([]);
    await goOn(page);
    expect(collect.at('form')[0]?.fields).toEqual(ADA);
    expect(await stored()).toHaveLength(1);
  });
});

describe('what does not leave the page', () => {
  it('secrets, hidden and ignored fields, those that are opted out; a trap is told apart', async () => {
    const { accountId, companyId } = site();
    await door.db.prisma.formSetting.create({
      data: { accountId, companyId, ignoredFields: ['Birthday'] },
    });
    const page = await ready(
      `<form method="post" action="/thanks"><input name="email"><input name="passwort"><input type="password" name="secret">
        <input name="number" autocomplete="section-a cc-number"><input name="note"><input name="birthday">
        <input type="hidden" name="csrf" value="t0ken"><input name="own" data-switchboard-nocapture>
        <input name="website" tabindex="-1" autocomplete="off"><input name="agree" type="checkbox"><input type="checkbox" name="no">
        <select name="size"><option>S<option>M</select><button>Send</button></form>`,
    );
    await untilText(page, '0142');
    await fill(page, {
      ...{ email: 'ada@example.com', passwort: 'hunter2!', secret: 'hunter2!' },
      ...{ number: '4111111111111111', note: 'Card 4111 1111 1111 1111', birthday: '1 May' },
      own: 'mine',
    });
    await page.check('[name=agree]');
    await page.selectOption('select', 'M');
    await page.evaluate(() => {
      (document.querySelector('[name=website]') as HTMLInputElement).value = 'https://spam.example';
    });
    await page.click('button');
    const told = await collect.heard('form');
    expect(told.fields).toEqual({
      email: 'ada@example.com',
      note: 'Card ',
      agree: 'on',
      size: 'M',
    });
    expect(told.trap).toBe('1');
    expect(await stored()).toMatchObject([{ spamReasons: ['HONEYPOT_FILLED', 'FILLED_TOO_FAST'] }]);
  });

  it('sign-ins, searches, and forms that are opted out', async () => {
    const page = await ready(
      `<form id="in" method="post"><input name="login"><input type="password" name="word"><button>in</button></form>
       <form id="search" method="post"><input name="q"><button>q</button></form>
       <form id="off" data-cr-no-capture><input name="email"><button>off</button></form>
       <script>onsubmit = () => false;</script>`,
    );
    await fill(page, {
      login: 'ada@example.com',
      word: 'hunter2!',
      q: '2026-11-26',
      email: 'ada@example.com',
    });
    for (const id of ['in', 'search', 'off']) await page.click(`#${id} button`);
    await goOn(page);
    expect(collect.at('form')).toEqual([]);
  });
});

describe('by hand', () => {
  it('a form when it is filled, fields as they are, and each once', async () => {
    const page = await ready(
      `<form data-cr-no-capture><input name="email"><button>Send</button></form><script>heard = 0;
        CallTrk.captureForm('form', () => { heard += 1; });
        document.querySelector('form').onsubmit = () => { CallTrk.captureForm('form', () => { heard += 1; }); return false; };</script>`,
      'data-calltrk',
    );
    await page.waitForFunction(() => (window as unknown as { heard: number }).heard === 1);
    expect(collect.at('form')).toEqual([]);
    await fill(page, { email: 'ada@example.com' });
    await page.click('button');
    expect((await collect.heard('form')).fields).toEqual({ email: 'ada@example.com' });
    await page.waitForFunction(() => (window as unknown as { heard: number }).heard === 2);
    // another step, which the page sends by itself, has what the first one said
    await page.evaluate(() => document.querySelector('input')?.setAttribute('name', 'city'));
    await fill(page, { city: 'Chicago' });
    await page.click('button');
    const step = await collect.heard('form', ({ fields: all }) => 'city' in (all as object));
    expect(step.fields).toEqual({ email: 'ada@example.com', city: 'Chicago' });
    await page.evaluate("Switchboard.captureForm({ phone: 4155550134, password: 'hunter2!' })");
    const { fields } = await collect.heard('form', ({ fields: all }) => 'phone' in (all as object));
    expect(fields).toEqual({ phone: '4155550134' });
    expect(new Set(collect.at('form').map(({ id }) => id)).size).toBe(3);
  });
});

describe('consent denied', () => {
  it('a form is told without a word on the browser, and nothing is kept', async () => {
    const page = await ready(CONTACT, 'data-consent="denied"');
    await fill(page, ADA);
    await page.click('button');
    const told = await collect.heard('form');
    const { visitor, session, consent } = told;
    expect({ visitor, session, consent }).toEqual({ consent: 'denied' });
    expect(await stored()).toMatchObject([{ sessionId: null }]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length])).toEqual(['', 0]);
  });
});

describe('a lost network', () => {
  it('the form waits for the next page, and is stored once', async () => {
    const as = await visitor();
    const page = await ready(CONTACT, '', as);
    await untilText(page, '0142');
    collect.failing = 0;
    await fill(page, ADA);
    await page.click('button');
    await page.waitForURL('**/thanks?token=1');
    expect(await page.evaluate((key) => localStorage.getItem(key), site().key)).toContain('ada@');
    collect.failing = undefined;
    await open('/', as);
    await collect.heard('form');
    await collect.heard('visit', ({ id }) => id !== collect.at('visit')[0]?.id);
    expect(await stored()).toHaveLength(1);
  });

  it('a form does not wait for what was sent before it', async () => {
    const page = await ready(CONTACT, 'data-consent="denied"');
    let release = () => {};
    collect.slow = new Promise((resolve) => {
      release = resolve;
    });
    const asks = collect.at('visit').length;
    await page.evaluate((target) => {
      void (window as unknown as Globals).Switchboard.getNumbers([target]);
    }, TARGET);
    await expect.poll(() => collect.at('visit').length).toBe(asks + 1);
    await fill(page, ADA);
    await page.click('button');
    await page.waitForURL('**/thanks?token=1');
    release();
    await collect.heard('form');
    expect(await stored()).toHaveLength(1);
  });
});
