// How forms leave the page: whatever its own code sends them by, and out of shadow roots.
import { describe, expect, it } from 'vitest';
import { openFormsPage } from '../support/forms-page.ts';
import { untilText } from '../support/swap-town.ts';

const { town, CONTACT, ADA, ready, followed, fill, goOn } = await openFormsPage();
const { collect, website, tag, show, troublesOf } = town;

it.each([
  ['fetch, as JSON', `fetch('/thanks', { method: 'POST', body: JSON.stringify(data) })`],
  ['fetch, as a form', `fetch('/thanks', { method: 'POST', body: new FormData(form) })`],
  [
    'fetch, as a Request',
    `fetch(new Request('/thanks', { method: 'POST', body: JSON.stringify(data) }))`,
  ],
  [
    'fetch, as a Request with a form',
    `fetch(new Request('/thanks', { method: 'POST', body: new FormData(form) }))`,
  ],
  ['a beacon', `navigator.sendBeacon('/thanks', new URLSearchParams(data))`],
  [
    'a beacon, as a Blob',
    `navigator.sendBeacon('/thanks', new Blob([JSON.stringify(data)], { type: 'application/json' }))`,
  ],
  [
    'XHR',
    `const xhr = new XMLHttpRequest(); xhr.open('POST', '/thanks'); xhr.send(new URLSearchParams(data))`,
  ],
  ['form.submit()', 'form.submit()'],
])('a form that the page sends by %s is told at that moment, once', async (_, sending) => {
  const page = await ready(
    `${CONTACT}<script>const form = document.querySelector('form'); let tries = 0;
      form.onsubmit = (event) => { event.preventDefault(); if (tries++ === 0) return;
        const data = Object.fromEntries(new FormData(form)); ${sending}; form.reset?.(); };</script>`,
  );
  await fill(page, { name: 'Ada' });
  // something is missing: the page keeps it, and asks for more
  await page.click('button');
  await fill(page, ADA);
  await page.click('button');
  expect((await collect.heard('form')).fields).toEqual(ADA);
  await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => {});
  expect(collect.at('form')).toHaveLength(1);
  expect(troublesOf(page)).toEqual([]);
});

it('what the page sends is what it has sent, body and all', async () => {
  const page = await ready(
    `${CONTACT}<script>document.querySelector('form').onsubmit = (event) => { event.preventDefault();
      const request = new Request('/thanks', { method: 'POST', body: JSON.stringify({ mail: document.querySelector('[name=email]').value }) });
      fetch(request).then(() => { document.body.lang = String(request.bodyUsed); }); };</script>`,
  );
  await fill(page, ADA);
  await page.click('button');
  await page.waitForFunction(() => document.body.lang === 'true');
  expect(website.bodies.get('/thanks')).toBe('{"mail":"ada@example.com"}');
  expect((await collect.heard('form')).fields).toEqual(ADA);
});

describe('a form in an open shadow root', () => {
  const inside = (script = '', host = '') =>
    `<x-contact ${host}></x-contact><script>
      const root = document.querySelector('x-contact').attachShadow({ mode: 'open' });
      root.innerHTML = \`<div>${CONTACT}</div>\`; const form = root.querySelector('form'); ${script}</script>`;

  it('that the browser posts is told, once', async () => {
    const page = await show(`${tag()}<p>312-555-0100</p>${inside()}`);
    await page.focus('[name=name]');
    await followed(page);
    await fill(page, ADA);
    await page.click('button');
    await page.waitForURL('**/thanks?token=1');
    expect(await collect.heard('form')).toMatchObject({ form: { id: 'contact' }, fields: ADA });
    expect(collect.at('form')).toHaveLength(1);
    expect(troublesOf(page)).toEqual([]);
  });

  it('without a submit button is told when the page sends it', async () => {
    const send = `root.querySelector('button').type = 'button'; root.querySelector('button').onclick =
      () => fetch('/thanks', { method: 'POST', body: new FormData(form) });`;
    const page = await show(`${tag()}<p>312-555-0100</p>${inside(send)}`);
    await page.focus('[name=name]');
    await followed(page);
    await fill(page, ADA);
    await page.click('button');
    expect((await collect.heard('form')).fields).toEqual(ADA);
  });

  it('is left alone when what it stands in is opted out', async () => {
    const page = await show(
      `${tag()}<p>Call 312-555-0100</p>${inside('form.onsubmit = () => false;', 'data-switchboard-nocapture')}`,
    );
    await page.focus('[name=name]');
    await followed(page);
    await untilText(page, '0142');
    await fill(page, ADA);
    await page.click('button');
    await goOn(page);
    expect(collect.at('form')).toEqual([]);
  });
});
