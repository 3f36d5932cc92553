// Which addresses a scan goes to, and how it writes them, so that it knows a page again. Pure.
import { type Hosts, matchHost } from '#domains/visitors/index.ts';

/** What a scan keeps to. */
export interface CrawlScope extends Pick<Hosts, 'domains'> {
  /** where it began */
  url: string;
}

/** an index over addresses has no room for longer ones */
const MOST_URL = 2_000;
/** that are taken of one page */
const MOST_LINKS = 1_000;
const FILES =
  /\.(?:7z|avi|bmp|css|csv|docx?|eot|exe|gif|gz|ico|ics|jpe?g|js|json|m4a|mjs|mov|mp3|mp4|ogg|pdf|png|pptx?|rss|svg|tar|tgz|tiff?|ttf|txt|vcf|wav|webm|webp|woff2?|xlsx?|xml|zip)$/i;

/**
 * The address of a link, if the scan goes there: of the host and port where it began, or of another host of the site at its
 * usual port. Without fragment.
 * @param base the page that it stands on
 * @returns null for addresses elsewhere, of files that are no pages, or that are too long
 */
export function followed(link: string, base: string, scope: CrawlScope): string | null {
  const url = URL.parse(link.trim(), base);
  if (!url || !isInScope(url, scope) || FILES.test(url.pathname)) return null;
  url.hash = '';
  return url.href.length > MOST_URL ? null : url.href;
}

/**
 * The other pages that a page leads to, each once, the first 1,000 of them.
 * @param links as they stand there
 * @param page.base what they are relative to
 * @returns isFull: there are more
 */
export function pagesBehind(
  links: Iterable<string>,
  page: { url: string; base: string },
  scope: CrawlScope,
): { urls: string[]; isFull: boolean } {
  const urls = new Set<string>();
  for (const link of links) {
    const found = followed(link, page.base, scope);
    if (found === null || found === page.url) continue;
    if (urls.size === MOST_LINKS && !urls.has(found)) return { urls: [...urls], isFull: true };
    urls.add(found);
  }
  return { urls: [...urls], isFull: false };
}

/** Whether an address is one of the site's: where the scan began, or at the usual port of another of its hosts. */
export function isInScope(url: URL, scope: CrawlScope): boolean {
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  if (url.host === new URL(scope.url).host) return true;
  return url.port === '' && matchHost(url.hostname, { domains: scope.domains, mode: 'LIVE' });
}
