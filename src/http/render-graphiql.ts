// GraphiQL from this server: the default page takes its script from the internet. What is added makes it fit a first
// visitor, who has one key and many tabs.
import type { GraphiQLOptions } from 'graphql-yoga';

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

/** The page. Its script has nine megabytes, read when it is first asked for. */
export async function renderGraphiql(page?: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL(page).replace('</head>', () => `${STILL}${ONE_KEY}</head>`);
}
