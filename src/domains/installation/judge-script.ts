// Whether a page has the script, and the right one. Pure.
import type { PageRow } from './store.ts';

/** standing → what it means. */
export const SCRIPT_STANDINGS = {
  INSTALLED: 'The tag is there, with the website’s key.',
  OLD_KEY: 'The tag is there with the key before the present one, which is taken for a while only.',
  FOREIGN_KEY: 'A tag is there, with a key that is not this website’s.',
  OTHER_SERVER: 'The tag has the right key, but loads the script from another server.',
  MISSING:
    'No tag stands in the page’s HTML. One that a tag manager puts in later cannot be seen by a scan; visits tell.',
} as const;
export type ScriptStanding = keyof typeof SCRIPT_STANDINGS;

/**
 * Judges a page.
 * @param site its keys; null when there is none
 * @param publicUrl the root of this server
 * @returns null for a page that was not read, or not so far that its tag can be called missing
 */
export function judgeScript(
  {
    state,
    isCut,
    scriptKeys,
    scriptOrigins,
  }: Pick<PageRow, 'state' | 'isCut' | 'scriptKeys' | 'scriptOrigins'>,
  site: { publishableKey: string; previousKey: string | null } | null,
  publicUrl: string,
): ScriptStanding | null {
  if (state !== 'READ') return null;
  const { origin } = new URL(publicUrl);
  const isHere = (key: string | null | undefined) =>
    scriptKeys.some((one, at) => one === key && scriptOrigins[at] === origin);
  if (isHere(site?.publishableKey)) return 'INSTALLED';
  if (site && scriptKeys.includes(site.publishableKey)) return 'OTHER_SERVER';
  if (site?.previousKey && scriptKeys.includes(site.previousKey)) return 'OLD_KEY';
  // the script of another maker has the same name, and is none of ours
  const isOurs = scriptKeys.some(
    (key, at) => key.startsWith('sb_site_') || scriptOrigins[at] === origin,
  );
  if (isOurs) return 'FOREIGN_KEY';
  // it may stand in what was not read
  return isCut ? null : 'MISSING';
}
