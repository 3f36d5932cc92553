// Looks at one page of a scan: fetches it, one hop and no further, and reads it if it is HTML.
import { storable } from '#domains/visitors/index.ts';
import type { Fetched, Outbound } from '#platform/outbound/index.ts';
import type { PageProblem } from './page-problems.ts';
import { type CrawlScope, followed, pagesBehind } from './pages/crawl-scope.ts';
import { decodePage } from './pages/decode-page.ts';
import { findBlock } from './pages/find-block.ts';
import { readPage } from './pages/read-page.ts';
import type { Found, LookedAtPage, NewPage } from './store.ts';

/** What looking needs. */
export interface Looking {
  outbound: Pick<Outbound, 'get'>;
  scope: CrawlScope;
  headers: Record<string, string>;
  /** the root of this server, from which pages load the script */
  publicUrl: string;
}

const MOST_BYTES = 1_024 * 1_024;
const HTML = /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;

const NOTHING = {
  status: null,
  problem: null,
  redirectsTo: null,
  isCut: false,
  scriptKeys: [],
  scriptOrigins: [],
  blockedBy: null,
  numbers: [],
};

/** A page that is not read. */
export function unread(problem: PageProblem, status: number | null = null): LookedAtPage {
  return { ...NOTHING, state: 'UNREAD', problem, status };
}

/** Of a page that leads to none. */
export const NOWHERE: Found = { pages: [], isFull: false };

/** Looks at a page. @returns what became of it, and the pages that it leads to. Rejects when `signal` aborts. */
export async function lookAtPage(
  looking: Looking,
  { url, depth }: NewPage,
  signal?: AbortSignal,
): Promise<{ page: LookedAtPage; found: Found }> {
  const { outbound, scope, headers } = looking;
  const got = await outbound.get({ url, headers, mostBytes: MOST_BYTES, signal });
  const { status, failure } = got;
  if (failure !== null || status === null) {
    return { page: unread(failure ?? 'CONNECTION_FAILED'), found: NOWHERE };
  }
  const next = (links: Iterable<string>, base: string): Found => {
    const { urls, isFull } = pagesBehind(links, { url, base }, scope);
    return { pages: urls.map((one) => ({ url: one, depth: depth + 1 })), isFull };
  };
  const { location } = got.headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    const target = followed(location, url, scope);
    if (!target) return { page: unread('LEAVES_SITE', status), found: NOWHERE };
    const page = { ...NOTHING, state: 'REDIRECTED', status, redirectsTo: target } as const;
    return { page, found: next([location], url) };
  }
  if (status < 200 || status >= 300) return { page: unread('HTTP_ERROR', status), found: NOWHERE };
  if (!HTML.test(got.headers['content-type'] ?? 'text/html')) {
    return { page: unread('NOT_HTML', status), found: NOWHERE };
  }
  // it broke off, or is packed as we did not ask for
  if (got.isCut && got.body.length === 0) {
    return { page: unread('CONNECTION_FAILED', status), found: NOWHERE };
  }
  const { page, links, base, isFull } = read(looking, url, got);
  const found = next(links, base);
  return { page: { ...page, status }, found: { ...found, isFull: isFull || found.isFull } };
}

function read({ publicUrl }: Looking, url: string, { headers, body, isCut }: Fetched) {
  const html = decodePage(body, headers['content-type'] ?? '');
  const reading = readPage(html, url);
  const { scripts, numbers, links } = reading;
  const policies = [headers['content-security-policy'] ?? '', ...reading.policies];
  const own = scripts.find(({ src }) => new URL(src).origin === new URL(publicUrl).origin);
  const blockedBy = findBlock(policies, {
    pageUrl: url,
    scriptUrl: own?.src ?? `${publicUrl}/swap.js`,
    nonce: own?.nonce ?? '',
  });
  const page: LookedAtPage = {
    ...NOTHING,
    state: 'READ',
    isCut: isCut || reading.isCut,
    scriptKeys: scripts.map(({ key }) => storable(key)),
    scriptOrigins: scripts.map(({ src }) => new URL(src).origin),
    blockedBy: blockedBy && storable(blockedBy),
    numbers,
  };
  return { page, links, base: reading.base ?? url, isFull: reading.isFull };
}
