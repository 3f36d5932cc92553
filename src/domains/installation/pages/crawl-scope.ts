// Which addresses a scan goes to, and how it writes them, so that it knows a page again. Pure.
import { type Hosts, matchHost } from '#domains/visitors/index.ts';

/** What a scan keeps to. */
export interface CrawlScope extends Pick<Hosts, 'domains'> {
  /** where it began */
  url: string;
}

/** an index over addresses has no room for longer ones */
const MOST_URL = 2_000;
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

/** Whether an address is one of the site's: where the scan began, or at the usual port of another of its hosts. */
export function isInScope(url: URL, scope: CrawlScope): boolean {
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  if (url.host === new URL(scope.url).host) return true;
  return url.port === '' && matchHost(url.hostname, { domains: scope.domains, mode: 'LIVE' });
}
