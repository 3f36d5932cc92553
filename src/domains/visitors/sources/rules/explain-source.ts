// What would be said of a visit to a company's page: the same judgement as that of visits, without one.
import { authorize } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { readSite } from '../../store-sites.ts';
import { judgeSource } from '../judge/judge-source.ts';
import type { SourceVerdict } from '../judge/source-verdict.ts';
import { rulesOf } from './store-rules.ts';

/**
 * Judges a visit as if it came now, by the company's rules, its site's domains and the tables.
 * @param visit.url the landing page's address, whatever stands in it
 * @param visit.referrer null or '' = none
 * @throws Forbidden; Refused NOT_FOUND (company)
 */
export async function explainSource(
  { db }: { db: Db },
  viewer: Viewer,
  { companyId, url, referrer }: { companyId: string; url: string; referrer: string | null },
): Promise<SourceVerdict> {
  authorize(viewer, 'sources.explain', companyId);
  const { accountId } = viewer;
  const where = { accountId_id: { accountId, id: companyId } };
  if (!(await db.prisma.company.findUnique({ where, select: { id: true } }))) {
    throw notFound('companyId', 'Company');
  }
  const [rules, site] = await Promise.all([
    rulesOf(db, accountId, companyId),
    readSite(db.prisma, accountId, companyId),
  ]);
  return judgeSource({ url, referrer, rules, ownHosts: site?.domains ?? [] });
}
