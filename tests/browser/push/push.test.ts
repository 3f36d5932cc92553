// An app's page has its browser notified: the browser's own push service is not there, so its part is played in the page.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Ask, subscribeToPush } from '#browser/push/subscribe.ts';
import { provideBundles } from '#platform/bundles/index.ts';
import { pushKeysOf } from '#platform/push/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openChromium } from '../support/chromium.ts';
import { openWebsite } from '../support/website.ts';

const browser = await openChromium();
const website = await openWebsite();
const WORKER = '/sw.js?open=/inbox/{kind}/{id}';
const [OLD_KEY, KEY] = [1, 2].map(
  (byte) => pushKeysOf(openSecrets(Buffer.alloc(32, byte))).publicKey,
) as [string, string];

interface Globals {
  subscribeToPush: typeof subscribeToPush;
}

/** A page of the app, in a browser that makes one subscription at a time, as the standard has it. */
async function openApp(): Promise<Page> {
  const bundles = await provideBundles();
  for (const path of ['/push.mjs', '/push-worker.js']) {
    const headers = { 'content-type': 'text/javascript' };
    website.pages.set(path, { html: bundles.get(path)?.text.toString() ?? '', headers });
  }
  website.pages.set('/sw.js', { html: "importScripts('/push-worker.js')" });
  website.pages.set('/app', {
    html: `<script type="module">import { subscribeToPush } from '/push.mjs'; Object.assign(window, { subscribeToPush })</script>`,
  });
  const context = await browser.newContext({ permissions: ['notifications'] });
  const page = await context.newPage();
  await page.addInitScript(() => {
    let current: (PushSubscription & { key: string }) | null = null;
    let endpoints = 0;
    PushManager.prototype.getSubscription = async () => current;
    PushManager.prototype.subscribe = async (wish) => {
      const key = String(wish?.applicationServerKey);
      if (current && current.key !== key) throw new DOMException('Another', 'InvalidStateError');
      if (current) return current;
      const bytes = Uint8Array.from(atob(key.replace(/-/g, '+').replace(/_/g, '/')), (one) =>
        one.charCodeAt(0),
      );
      const endpoint = `https://push.example/${++endpoints}`;
      const toJSON = () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } });
      const unsubscribe = async () => {
        current = null;
        return true;
      };
      const options = { applicationServerKey: bytes.buffer, userVisibleOnly: true };
      current = { endpoint, key, options, toJSON, unsubscribe } as unknown as typeof current;
      return current as unknown as PushSubscription;
    };
  });
  await page.goto(website.at('/app', 'localhost'));
  await page.waitForFunction(() => 'subscribeToPush' in window);
  return page;
}

/** Presses the button, at a server with this key; the endpoint that is added. */
const subscribe = (page: Page, pushKey: string): Promise<string> =>
  page.evaluate(
    async ([pushKey, worker]) => {
      let added = '';
      const ask: Ask = async (_query, variables) => {
        if (!variables) return { pushKey };
        added = (variables as { input: { endpoint: string } }).input.endpoint;
        return { addPushSubscription: { pushSubscription: { id: 'browser-1' }, userErrors: [] } };
      };
      const { subscribeToPush } = window as unknown as Globals;
      const id = await subscribeToPush({ ask, worker, name: 'Office' });
      return `${id} ${added}`;
    },
    [pushKey, WORKER] as const,
  );

it('a browser subscribes once, and anew when the server has another key', async () => {
  const page = await openApp();
  expect(await subscribe(page, OLD_KEY)).toBe('browser-1 https://push.example/1');
  expect(await subscribe(page, OLD_KEY)).toBe('browser-1 https://push.example/1');
  expect(await subscribe(page, KEY)).toBe('browser-1 https://push.example/2');
  await page.context().close();
});

it('the service worker shows what it is told, one notification for a thing', async () => {
  const page = await openApp();
  await subscribe(page, KEY);
  const [worker] = page.context().serviceWorkers();
  // this browser has no place where notifications could be seen
  await worker?.evaluate(() => {
    const shown: object[] = [];
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    registration.showNotification = async (title, options) => {
      shown.push({ title, ...options });
    };
    Object.assign(globalThis, { shown });
  });
  const origin = new URL(page.url()).origin;
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  for (const title of ['Call', 'Missed call']) {
    const notice = { kind: 'CALL', id: 'call-1', title, company: 'Garage Doors' };
    const data = JSON.stringify(notice);
    await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  }
  const shown = () => worker?.evaluate(() => (globalThis as unknown as { shown: object[] }).shown);
  await expect.poll(shown).toMatchObject([
    { title: 'Call', body: 'Garage Doors', tag: 'call-1' },
    { title: 'Missed call', tag: 'call-1' },
  ]);
  await page.context().close();
});
