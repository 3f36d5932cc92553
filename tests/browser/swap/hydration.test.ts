// Pages that are rendered on a server and taken over by a library in the browser, where the number has been changed before:
// by the script, which knows the visitor, or by the server, which has asked assignNumbers.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Page } from 'playwright-core';
import { compile } from 'svelte/compiler';
import { expect, it } from 'vitest';
import { assignNumbers } from '#browser/swap/assign-numbers.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { BROWSER, TARGET } from '../support/collect-town.ts';
import { openSwapTown, STILL, untilText } from '../support/swap-town.ts';

const { collect, website, site, tag, visitor, show, troublesOf } = await openSwapTown();
const folder = temporaryFolder();

interface Sources {
  /** both: App */
  app: string;
  /** renders App to the text `html` */
  server: string;
  /** takes it over in #app, and says `document.body.lang = 'ready'` once it has */
  browser: string;
  /** where it stands in its own compiler's way on both sides */
  compiled?: (side: 'client' | 'server') => string;
}

const react = (more: string, number = "'312-555-0100'"): Sources => ({
  app: `import { createElement as h, useEffect, useState } from 'react';
    function App({ numbers = {} }) { const [n, set] = useState(0); const number = ${number};
      useEffect(() => { document.body.lang = 'ready'; }, []);
      return h('div', {}, h('p', { ${more} }, 'Call ' + number + ', visit ' + n),
        h('a', { href: 'tel:+13125550100', 'data-n': n, ${more} }, 'Call ', number), h('button', { onClick: () => set(n + 1) }, 'more')); }`,
  server: `import { renderToString } from 'react-dom/server';
    export const html = (props) => renderToString(h(App, props));`,
  browser: `import { hydrateRoot } from 'react-dom/client';
    hydrateRoot(document.querySelector('#app'), h(App, window.props));`,
});

const vue = (more: string): Sources => ({
  app: `import { createSSRApp, h, onMounted, ref } from 'vue';
    const App = { setup() { const n = ref(0); onMounted(() => { document.body.lang = 'ready'; });
      return () => h('div', [h('p', { ${more} }, 'Call 312-555-0100, visit ' + n.value),
        h('a', { href: 'tel:+13125550100', 'data-n': n.value, ${more} }, 'Call 312-555-0100'), h('button', { onClick: () => n.value++ }, 'more')]); } };`,
  server: `import { renderToString } from 'vue/server-renderer';
    export const html = () => renderToString(createSSRApp(App));`,
  browser: `createSSRApp(App).mount('#app');`,
});

const SVELTE = `<script>let n = $state(0); $effect(() => { document.body.lang = 'ready'; });</script>
  <p>Call {'312-555-0100'}, visit {n}</p><a href={'tel:+13125550100'} data-n={n}>Call {'312-555-0100'}</a><button onclick={() => n++}>more</button>`;

const LIBRARIES: Record<string, Sources> = {
  React: react(''),
  'React that was told to leave the text': react('suppressHydrationWarning: true'),
  'React that writes what assignNumbers answered': react(
    '',
    "numbers['+13125550100'] ? '312-555-' + numbers['+13125550100'].slice(-4) : '312-555-0100'",
  ),
  Vue: vue(''),
  'Vue that was told to leave the text': vue("'data-allow-mismatch': 'text'"),
  Svelte: {
    app: '',
    server: `import { render } from 'svelte/server'; export const html = () => render(App).body;`,
    browser: `import { hydrate } from 'svelte'; hydrate(App, { target: document.querySelector('#app') });`,
    compiled: (generate) =>
      compile(SVELTE, { generate, filename: 'App.svelte', name: 'App' }).js.code.replace(
        'export default',
        '',
      ),
  },
};

async function bundle(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}

/** Puts the library's code on the website. Answers what its server renders. */
async function settle(name: string): Promise<(props: object) => Promise<string>> {
  const { app, server, browser, compiled } = LIBRARIES[name] as Sources;
  const code = (side: 'client' | 'server') => app + (compiled?.(side) ?? '');
  website.pages.set('/app.js', {
    html: await bundle(`${code('client')}\n${browser}`, {
      minify: true,
      conditions: ['browser', 'production'],
    }),
  });
  const file = join(folder, `${Object.keys(LIBRARIES).indexOf(name)}.cjs`);
  const made = await bundle(`${code('server')}\n${server}`, { platform: 'node', format: 'cjs' });
  await writeFile(file, made);
  return createRequire(import.meta.url)(file).html;
}

/** Notes from the first frame on what is painted, and how often the page changes. */
const WATCH = `<script>
  window.painted = []; window.changes = 0;
  const look = () => { const at = document.querySelector('p'); if (at) painted.push(at.textContent + '; ' + document.querySelector('a').textContent); requestAnimationFrame(look); };
  requestAnimationFrame(look);
  new MutationObserver((records) => { changes += records.length; }).observe(document, { childList: true, characterData: true, attributes: true, subtree: true });
</script>`;

type Globals = { painted: string[]; changes: number };

/** All that was painted, after some presses of the button. */
async function used(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.body.lang === 'ready');
  return page.evaluate(async () => {
    const { painted } = window as unknown as Globals;
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    for (let n = 0; n < 3; n += 1) {
      document.querySelector('button')?.click();
      await frame();
    }
    await frame();
    return [...new Set(painted)];
  });
}

/** How often the page changes while nobody does anything. */
const restless = (page: Page) =>
  page.evaluate(async () => {
    const page = window as unknown as Globals;
    const before = page.changes;
    for (let n = 0; n < 20; n += 1) await new Promise(requestAnimationFrame);
    return page.changes - before;
  });

const OURS_ONLY = [0, 1, 2, 3].map((n) => `Call 312-555-0142, visit ${n}; Call 312-555-0142`);

const MISMATCH = [expect.stringMatching(/^Minified React error #418|^Hydration completed but/)];
const BY = ['the script, which knows the visitor', 'the server, which has asked'] as const;
/** what the library says of the number that it has not written itself */
const CASES: [string, (typeof BY)[number], unknown[]][] = [
  ...BY.flatMap((by): typeof CASES => [
    ['React', by, MISMATCH],
    ['React that was told to leave the text', by, []],
    ['Vue', by, MISMATCH],
    ['Vue that was told to leave the text', by, []],
    ['Svelte', by, []],
  ]),
  ['React that writes what assignNumbers answered', BY[1], []],
];

it.each(CASES)('%s, over a number changed by %s', async (name, by, said) => {
  const html = await settle(name);
  const as = await visitor();
  let rendered = await html({});
  let props = {};
  if (by === BY[1]) {
    const answer = await assignNumbers({
      ...{ server: collect.url.replace('collect.example', '127.0.0.1'), key: site().key },
      ...{
        url: website.at('/'),
        headers: { 'user-agent': BROWSER },
        numbers: [TARGET],
        timeoutMs: 10_000,
      },
    });
    props = { numbers: answer.numbers };
    rendered = answer.swap(await html(props));
    const [, value = ''] = answer.setCookie?.split(';')[0]?.split('=') ?? [];
    await as.addCookies([{ name: site().key, value, domain: '.bluebird.example', path: '/' }]);
  } else {
    await untilText(await show(`${tag()}<p>312-555-0100`, { as }), '0142');
  }
  const page = await show(
    `<head>${STILL}${WATCH}${tag()}</head><body><div id="app">${rendered}</div>
     <script>props = ${JSON.stringify(props)}</script><script src="/app.js"></script>`,
    { as },
  );
  expect(await used(page)).toEqual(OURS_ONLY);
  expect(await restless(page)).toBe(0);
  expect(await page.getAttribute('a', 'href')).toBe('tel:+13125550142');
  expect(troublesOf(page)).toEqual(said);
});
