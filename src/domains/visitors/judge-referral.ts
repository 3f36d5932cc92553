// The source of somebody of whom only the landing page and the referrer are told, by a server and not by a browser.
import type { Platform } from '#platform/platform.ts';
import { judgeVisit } from './judge-visit.ts';
import type { Words } from './machine.ts';
import { sourceOfVisit } from './source-of-visit.ts';
import { rulesOf } from './sources/rules/store-rules.ts';
import { readSite } from './store-sites.ts';

/** A visit as it was told, with what is read out of it. */
export interface Referral extends Pick<Words, 'term' | 'clickIds'> {
  sourceId: string;
  landingUrl: string;
  referrer: string;
}

/**
 * Judges by the company's rules and the tables, as a visit would be.
 * @param visit.url the landing page's address
 * @param visit.referrer '' = none
 */
export async function judgeReferral(
  platform: Pick<Platform, 'db' | 'events' | 'limits'>,
  about: { accountId: string; companyId: string },
  visit: { url: string; referrer: string },
): Promise<Referral> {
  const { db } = platform;
  const { accountId, companyId } = about;
  const site = await readSite(db.prisma, accountId, companyId);
  const rules = await rulesOf(db, accountId, companyId);
  const settings = { domains: site?.domains ?? [] };
  const { words } = judgeVisit({ settings, rules }, visit);
  const { term, clickIds } = words;
  const sourceId = await sourceOfVisit(platform, about, words);
  return { sourceId, landingUrl: visit.url, referrer: visit.referrer, term, clickIds };
}
