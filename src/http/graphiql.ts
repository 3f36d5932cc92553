// GraphiQL from this server: the default page takes its script from the internet. What is added makes it fit a first
// visitor, who has one key and many tabs. It is the same for everybody, so browsers keep it and ask whether it is.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { GraphiQLOptions } from 'graphql-yoga';
import { answerPacked, type Packed } from './answer-packed.ts';
import { STARTING_OPERATIONS } from './starting-operations.ts';

const OPTIONS: GraphiQLOptions = {
  title: 'Switchboard',
  defaultTabs: STARTING_OPERATIONS,
  // an empty key is no key: GraphiQL can read the schema before one is filled in
  headers: '{ "Authorization": "" }',
  // a key must not outlive its tab
  shouldPersistHeaders: false,
  subscriptionsProtocol: 'SSE',
};
/** nine megabytes become two in a fifth of a second; the best packing would take half a minute and a tenth less */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

// its tabs can be dragged: that moves a tab away from under the first click, which is then nobody's
const STILL = '<style>.graphiql-tab { transform: none !important; }</style>';

// a key stands in the headers of the tab it was written in; it counts for all tabs until the page is closed, and is kept nowhere
const ONE_KEY = `<script>{
  const { fetch } = window;
  let key = '';
  window.fetch = (url, options = {}) => {
    const headers = new Headers(options.headers);
    const own = headers.get('authorization');
    if (own) key = own;
    else if (key && new URL(url, location.href).origin === location.origin) headers.set('authorization', key);
    return fetch(url, { ...options, headers });
  };
}</script>`;

/**
 * Opens the page: answers false to whoever is no browser that looks at the address of the API. Its script has nine
 * megabytes, read and packed when it is first asked for.
 */
export function openGraphiql() {
  let page: Promise<Packed> | undefined;
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET' || !request.headers.accept?.includes('text/html')) return false;
    // what failed once is tried again by the next who looks
    page ??= packPage().catch((error: unknown) => {
      page = undefined;
      throw error;
    });
    answerPacked(request, response, await page, {
      'content-type': 'text/html; charset=utf-8',
      // kept, and asked for each time: it is another after an update
      'cache-control': 'no-cache',
      vary: 'accept',
    });
    return true;
  };
}

async function packPage(): Promise<Packed> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL(OPTIONS).replace('</head>', () => `${STILL}${ONE_KEY}</head>`);
  const text = Buffer.from(html);
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(text, BROTLI),
    promisify(gzip)(text),
  ]);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return { text, brotli, gzip: gzipped, hash };
}
