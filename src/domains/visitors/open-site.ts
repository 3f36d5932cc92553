// The site behind a publishable key, with the trackers that its pages may show: asked for by every visit, so remembered
// for two seconds. A change here is noticed at once in its own process, in others after that.
import { isSiteKey, openShortMemory } from '#domains/accounts/index.ts';
import { readSwapTrackers, type SwapTracker } from '#domains/numbers/index.ts';
import type { Db } from '#platform/db/index.ts';
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

type Memory = ReturnType<typeof openShortMemory<OpenSite | null>>;
const memories = new WeakMap<Db, Memory>();

function memoryOf(db: Db): Memory {
  const memory = memories.get(db) ?? openShortMemory<OpenSite | null>();
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
  const site = await memoryOf(db).read(key, () => readOpenSite(db, key));
  if (!site || site.previousKey !== key) return site;
  const { previousKeyUntil } = site;
  return previousKeyUntil && previousKeyUntil > now(site.accountId) ? site : null;
}

/** The site that once took this key and no longer does, as long as it is the key before the present one; else null. */
export async function siteOfOldKey(db: Db, key: string): Promise<OpenSite | null> {
  if (!isSiteKey(key)) return null;
  const site = await memoryOf(db).read(key, () => readOpenSite(db, key));
  return site?.previousKey === key ? site : null;
}

/** Forgets what was remembered of a site. */
export function forgetSite(db: Db, site: SiteRow): void {
  for (const key of [site.publishableKey, site.previousKey]) {
    if (key) memoryOf(db).forget(key);
  }
}

async function readOpenSite(db: Db, key: string): Promise<OpenSite | null> {
  const row = await findSiteByKey(db.prisma, key);
  if (!row) return null;
  const { accountId, companyId, company, enabled, previousKey, previousKeyUntil } = row;
  return {
    accountId,
    companyId,
    mode: company.account.mode,
    isEnabled: enabled && company.status === 'ACTIVE',
    settings: row,
    previousKey,
    previousKeyUntil,
    rules: await rulesOf(db, accountId, companyId),
    trackers: await readSwapTrackers(db, accountId, companyId),
  };
}
