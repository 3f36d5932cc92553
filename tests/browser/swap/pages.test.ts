// swap.js on pages as businesses have them: plain, built with the usual libraries, under a strict policy.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { TARGET } from '../support/collect-town.ts';
import { openSwapTown, STILL, untilText } from '../support/swap-town.ts';

const { collect, website, settle, site, tag, show, open, troublesOf } = await openSwapTown();

it('a plain page: text, links and attributes in their own dress, and nothing else', async () => {
  const mine = `<p id="a">Call (312) 555-0100 <a href="tel:+1-312-555-0100;ext=4" title="312.555.0100" aria-label="312 555 0100">now</a>
    or <b>312</b>.<i>555</i>.0100</p><img alt="Call 312-555-0100"><div itemscope><meta itemprop="telephone" content="+13125550100"></div>
    <a id="sms" href="sms:+13125550100?body=312-555-0100">text us</a><em data-phone="3125550100"></em>`;
  const theirs = `<script type="application/ld+json">{"telephone":"312-555-0100"}</script><style>/* 312-555-0100 */</style>
    <noscript>312-555-0100</noscript><textarea>312-555-0100</textarea><input value="312-555-0100" title="312-555-0100">
    <select><option>312-555-0100</option></select><div contenteditable>312-555-0100 <b>312-555-0100</b></div>
    <p data-switchboard-noswap>312-555-0100 <a href="tel:3125550100">us</a></p><em data-other="3125550100">order 9312-555-0100</em>
    <meta name="description" content="312-555-0100">`;
  const page = await show(
    `<head><title>312-555-0100</title>${tag('data-attributes="data-phone"')}</head>
     <body><div id="mine">${mine}</div><div id="theirs">${theirs}</div></body>`,
  );
  await untilText(page, '(312) 555-0142');
  const expected = mine
    .replaceAll('0100', '0142')
    .replace(/(sms:\S+)/, (at) => at.replaceAll('0142', '0100'));
  const normal = (html: string) =>
    page.evaluate((text) => {
      const box = document.implementation.createHTMLDocument().body;
      box.innerHTML = text;
      return box.innerHTML;
    }, html);
  expect(await page.innerHTML('#mine')).toBe(await normal(expected));
  expect(await page.innerHTML('#theirs')).toBe(await normal(theirs));
  expect(await page.title()).toBe('312-555-0100');
  const [visit] = collect.at('visit').slice(-1);
  expect(visit).toMatchObject({
    key: site().key,
    consent: 'granted',
    url: website.at('/'),
    referrer: '',
  });
  expect(visit?.numbers).toEqual([TARGET]);
});

it('sms: links lead to a number that takes texts', async () => {
  collect.takesTexts = true;
  const page = await show(`${tag()}<a href="sms:+13125550100?body=hi">text</a><p>312-555-0100`);
  await untilText(page, '0142');
  expect(await page.getAttribute('a', 'href')).toBe('sms:+13125550142?body=hi');
});

it.each(['GB', '44'])('numbers as %s writes them', async (country) => {
  // of the block that is kept for stories
  const [target = '', number = ''] = ['0018', '0099'].map((line) =>
    ['+44', '20', '7946', line].join(''),
  );
  const { key } = await settle({ targets: [target], numbers: [number] });
  const page = await show(
    `${tag(`data-country="${country}"`, key)}<p>Call 020 7946 0018 or +44 (0)20 7946 0018</p>`,
  );
  await untilText(page, 'Call 020 7946 0099 or +44 (0)20 7946 0099');
  expect((await collect.heard('visit')).numbers).toEqual([target]);
});

it('what comes later: added, changed in place, in open shadow roots', async () => {
  const page = await show(`${tag()}<p>312-555-0100</p><a href="tel:1">x</a><div id="late"></div>`);
  await untilText(page, '0142');
  const seen = await page.evaluate(async () => {
    const text = (selector: string) => document.querySelector(selector)?.textContent;
    (document.querySelector('p')?.firstChild as Text).data = 'New: 312.555.0100';
    document.querySelector('a')?.setAttribute('href', 'tel:3125550100');
    const late = document.querySelector('#late') as HTMLElement;
    late.innerHTML = '<ul><li>(312) 555-0100</li></ul><x-phone></x-phone>';
    late.querySelector('x-phone')?.attachShadow({ mode: 'open' }).append('312-555-0100');
    // one microtask after ours, so before anything is painted
    await Promise.resolve();
    const root = late.querySelector('x-phone')?.shadowRoot as ShadowRoot;
    const first = root.textContent;
    root.append(' and 312-555-0100');
    await Promise.resolve();
    return [
      text('p'),
      document.querySelector('a')?.getAttribute('href'),
      text('li'),
      first,
      root.textContent,
    ];
  });
  expect(seen).toEqual([
    'New: 312.555.0142',
    'tel:3125550142',
    '(312) 555-0142',
    '312-555-0142',
    '312-555-0142 and 312-555-0142',
  ]);
  await page.evaluate(() => {
    document.body.append(document.createElement('y-phone'));
    customElements.define(
      'y-phone',
      class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: 'open' }).append('312-555-0100');
        }
      },
    );
  });
  await page.waitForFunction(
    () => document.querySelector('y-phone')?.shadowRoot?.textContent === '312-555-0142',
  );
});

describe('libraries that update in place', () => {
  const PHONE = "const text = (n) => 'Call 312-555-0100, visit ' + n;";
  const SOURCES: Record<string, string> = {
    React: `import { createElement as h, useState } from 'react'; import { createRoot } from 'react-dom/client'; ${PHONE}
      function App() { const [n, set] = useState(0);
        return h('div', {}, h('p', {}, text(n)), h('a', { href: 'tel:+13125550100', 'data-n': n }, 'Call ', '312-555-0100'), h('button', { onClick: () => set(n + 1) }, 'more')); }
      createRoot(document.querySelector('#app')).render(h(App));`,
    Vue: `import { createApp, h, ref } from 'vue'; ${PHONE}
      createApp({ setup() { const n = ref(0);
        return () => h('div', [h('p', text(n.value)), h('a', { href: 'tel:+13125550100', 'data-n': n.value }, 'Call 312-555-0100'), h('button', { onClick: () => n.value++ }, 'more')]); } }).mount('#app');`,
    Svelte: compile(
      `<script>let n = $state(0);</script><p>Call 312-555-0100, visit {n}</p><a href={'tel:+13125550100'} data-n={n}>Call {'312-555-0100'}</a><button onclick={() => n++}>more</button>`,
      { generate: 'client', filename: 'App.svelte', name: 'App' },
    ).js.code.concat(
      `\nimport { mount } from 'svelte'; mount(App, { target: document.querySelector('#app') });`,
    ),
  };

  async function bundle(contents: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents: contents.replace('export default', ''), resolveDir: import.meta.dirname },
      bundle: true,
      write: false,
      minify: true,
      conditions: ['browser', 'production'],
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
    });
    return outputFiles?.[0]?.text ?? '';
  }

  it.each(Object.keys(SOURCES))('%s', async (name) => {
    website.pages.set('/app.js', { html: await bundle(SOURCES[name] as string) });
    const page = await show(
      `<head>${STILL}${tag()}</head><body><div id="app"></div><script src="/app.js"></script>`,
    );
    await untilText(page, 'Call 312-555-0142, visit 0');
    const painted = await page.evaluate(async () => {
      const texts: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        document.querySelector('button')?.click();
        await new Promise(requestAnimationFrame);
        texts.push(
          `${document.querySelector('p')?.textContent}; ${document.querySelector('a')?.textContent}`,
        );
      }
      return texts;
    });
    expect(painted).toEqual(
      [1, 2, 3, 4, 5].map((n) => `Call 312-555-0142, visit ${n}; Call 312-555-0142`),
    );
    expect(await page.getAttribute('a', 'href')).toBe('tel:+13125550142');
    expect(troublesOf(page)).toEqual([]);
  });

  it('htmx, also when a kept copy brings back a number of before', async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('htmx.org/package.json'));
    website.pages.set('/htmx.js', {
      html: await readFile(join(folder, 'dist/htmx.min.js'), 'utf8'),
    });
    website.pages.set('/part', { html: '<p>Part: 312-555-0100</p>' });
    const page = await show(
      `<head>${tag()}<script src="/htmx.js"></script></head><body><div id="box">First: 312-555-0100</div>
       <button hx-get="/part" hx-target="#box">more</button>`,
    );
    await untilText(page, 'First: 312-555-0142');
    await page.click('button');
    await untilText(page, 'Part: 312-555-0142');
    const copy = await page.innerHTML('#box');
    // who takes consent back and gives it again is another visitor, with another number
    await page.evaluate((html) => {
      (document.querySelector('#box') as HTMLElement).innerHTML = html;
      const page = window as unknown as { Switchboard: unknown[] };
      page.Switchboard.push(['consent', 'denied'], ['consent', 'granted']);
    }, copy);
    await untilText(page, 'Part: 312-555-0143');
    expect(troublesOf(page)).toEqual([]);
  });
});

it.each([
  [
    'hosts',
    (host: string) =>
      `default-src 'none'; script-src ${host}; connect-src ${host}; require-trusted-types-for 'script'`,
    '',
  ],
  [
    'nonce',
    (host: string) => `default-src 'none'; script-src 'nonce-abc'; connect-src ${host}`,
    'nonce="abc"',
  ],
  [
    'strict-dynamic',
    (host: string) =>
      `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${host}`,
    'nonce="abc"',
  ],
])(
  'strict content security policy by %s, with the parts that are loaded later',
  async (_, policy, attribute) => {
    const html = `<!doctype html>${tag(`data-calltrk ${attribute}`)}<p>312-555-0100</p><p data-calltrk-noswap>312-555-0100</p>`;
    website.pages.set('/strict', {
      html,
      headers: { 'content-security-policy': policy(collect.url) },
    });
    const page = await open('/strict?__switchboard_debug=1');
    await untilText(page, '312-555-0142');
    await page.waitForSelector(`pre:has-text("${site().key}")`);
    const [, state] = JSON.parse((await page.textContent('pre')) ?? '[]');
    expect(state).toMatchObject({ mode: 'granted', until: expect.any(Number) });
    expect(state).not.toHaveProperty('trouble');
    await page.waitForFunction('CallTrk.swap === Switchboard.swap');
    expect(await page.textContent('[data-calltrk-noswap]')).toBe('312-555-0100');
    expect(troublesOf(page)).toEqual([]);
  },
);
