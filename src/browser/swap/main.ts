// The script of the tag: <script src="https://<server>/swap.js" data-key="sb_site_…"></script>. Reads its own tag, starts
// the site and gives the page window.Switchboard, with what the page has queued there before.
import { guard } from './host-page.ts';
import { startSite } from './start-site.ts';
import type { Site, Switchboard, Told } from './switchboard.ts';

const script = (document.currentScript ??
  document.querySelector('script[src*="/swap.js"]')) as HTMLScriptElement | null;

/** The address of a tag that was written for CallRail, with our host and key. */
const CALLRAIL = /\/companies\/[^/]+\/([\w-]+)\//;

guard(() => {
  if (!script) return;
  const url = new URL(script.src);
  const read = (name: string) =>
    script.getAttribute(`data-${name}`) ?? url.searchParams.get(name) ?? undefined;
  const words = (name: string) => read(name)?.split(/[\s,]+/) ?? [];
  const forCallRail = CALLRAIL.exec(url.pathname);
  const key = read('key') ?? forCallRail?.[1];
  if (!key) return;
  const isFacade = forCallRail !== null || script.hasAttribute('data-calltrk');
  const name = read('global') ?? 'Switchboard';
  const pageGlobals = window as unknown as Record<string, unknown>;
  const before = pageGlobals[name] as Switchboard | unknown[][] | undefined;
  const isTaken = before?.push && !Array.isArray(before);
  // the same tag twice
  if (isTaken && before.key === key) return;
  const site: Site = {
    key,
    server: url.origin,
    country: read('country'),
    consent: read('consent') as Site['consent'],
    attributes: words('attributes'),
    cookies: words('cookies'),
  };
  const { api, printed } = startSite(site, (mine) => {
    // another company's: it stays theirs
    if (isTaken) return;
    pageGlobals[name] = mine;
    if (Array.isArray(before)) mine.push(...before);
  });
  // the names under which sites written for CallRail use their script, where nobody else answers to them
  if (isFacade) {
    pageGlobals.CallTrk ??= {
      ...api,
      getSwapNumbers: guard((targets: Told, callback?: (numbers: object) => void) => {
        api.getNumbers(targets).then(guard(() => callback?.(printed(targets))));
        return printed(targets);
      }),
    };
  }
})();
