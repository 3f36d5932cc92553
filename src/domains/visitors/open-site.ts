// The site behind a publishable key, with the trackers that its pages may show: asked for by every visit, so remembered
// for two seconds. A change here is noticed at once in its own process, in others after that.
import { isSiteKey } from '#domains/accounts/index.ts';
import { readSwapMark, readSwapTrackers, type SwapTracker } from '#domains/numbers/index.ts';
import { type Db, openShortMemory } from '#platform/db/index.ts';
import type { SourceRule } from './sources/judge/source-rule.ts';
import { rulesOf } from './sources/rules/store-rules.ts';
import { findSiteByKey, type SiteRow } from './store-sites.ts';

/** What a visit is judged by. */
export type SiteSettings = Pick<
  SiteRow,
  'domains' | 'cookieDays' | 'paidClickOverrides' | 'landingOverrideParameter' | 'customCookies'
>;

/** What a visit needs to know of the company. */
export interface OpenSite {
  accountId: string;
  companyId: string;
  mode: 'LIVE' | 'TEST';
  /** false: switched off, or its company is */
  isEnabled: boolean;
  settings: SiteSettings;
  /** a key that is being replaced, and until when it is taken */
  previousKey: string | null;
  previousKeyUntil: Date | null;
  /** what the company says of its visits, in order */
  rules: readonly SourceRule[];
  trackers: readonly SwapTracker[];
}

interface Remembered extends OpenSite {
  /** what the trackers were read by; see readSwapMark */
  swapMark: string;
}

type Memory = ReturnType<typeof openShortMemory<Remembered | null>>;
const memories = new WeakMap<Db, Memory>();

function memoryOf(db: Db): Memory {
  const memory = memories.get(db) ?? openShortMemory<Remembered | null>();
  memories.set(db, memory);
  return memory;
}

/** The site that takes this key, a key that is being replaced included; null for a key that nobody has. */
export async function openSite(
  db: Db,
  key: string,
  now: (accountId: string) => Date,
): Promise<OpenSite | null> {
  if (!isSiteKey(key)) return null;
  const site = await memoryOf(db).read(key, (known) => readOpenSite(db, key, known));
  if (!site || site.previousKey !== key) return site;
  const { previousKeyUntil } = site;
  return previousKeyUntil && previousKeyUntil > now(site.accountId) ? site : null;
}

/** The site that once took this key and no longer does, as long as it is the key before the present one; else null. */
export async function siteOfOldKey(db: Db, key: string): Promise<OpenSite | null> {
  if (!isSiteKey(key)) return null;
  const site = await memoryOf(db).read(key, (known) => readOpenSite(db, key, known));
  return site?.previousKey === key ? site : null;
}

/** Forgets what was remembered of a site. */
export function forgetSite(db: Db, site: SiteRow): void {
  for (const key of [site.publishableKey, site.previousKey]) {
    if (key) memoryOf(db).forget(key);
  }
}

/** @param known as it was a moment ago: a pool's thousand numbers are read again only when one has changed */
async function readOpenSite(
  db: Db,
  key: string,
  known: Remembered | null = null,
): Promise<Remembered | null> {
  const row = await findSiteByKey(db.prisma, key);
  if (!row) return null;
  const { accountId, companyId, company, enabled, previousKey, previousKeyUntil } = row;
  // first: what changes between the two is read again the next time
  const swapMark = await readSwapMark(db, accountId, companyId);
  const isSame = known?.companyId === companyId && known.swapMark === swapMark;
  return {
    accountId,
    companyId,
    mode: company.account.mode,
    isEnabled: enabled && company.status === 'ACTIVE',
    settings: row,
    previousKey,
    previousKeyUntil,
    rules: await rulesOf(db, accountId, companyId),
    trackers: isSame ? known.trackers : await readSwapTrackers(db, accountId, companyId),
    swapMark,
  };
}
