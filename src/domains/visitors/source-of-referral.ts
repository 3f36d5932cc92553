// The source of somebody of whom only the landing page and the referrer are told, by a server and not by a browser.
import type { Platform } from '#platform/platform.ts';
import { judgeVisit } from './judge-visit.ts';
import { sourceOfVisit } from './source-of-visit.ts';
import { rulesOf } from './sources/rules/store-rules.ts';
import { readSite } from './store-sites.ts';

/**
 * The id of the source, judged by the company's rules and the tables as a visit would be.
 * @param visit.url the landing page's address
 * @param visit.referrer '' = none
 */
export async function sourceOfReferral(
  platform: Pick<Platform, 'db' | 'events' | 'limits'>,
  about: { accountId: string; companyId: string },
  visit: { url: string; referrer: string },
): Promise<string> {
  const { db } = platform;
  const { accountId, companyId } = about;
  const site = await readSite(db.prisma, accountId, companyId);
  const rules = await rulesOf(db, accountId, companyId);
  const settings = { domains: site?.domains ?? [] };
  return sourceOfVisit(platform, about, judgeVisit({ settings, rules }, visit).words);
}
