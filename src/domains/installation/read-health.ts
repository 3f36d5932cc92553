// The health of a company's installation: reads what it is judged by, which costs the same however many visits there were.
import { authorize, may } from '#domains/accounts/index.ts';
import { readSwapTrackers } from '#domains/numbers/index.ts';
import { readDayCounts, readPoolFacts, readSeen, readSite } from '#domains/visitors/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type CheckState, type HealthCheck, worstOf } from './health-check.ts';
import type { HealthFacts } from './health-facts.ts';
import { judgeHealth } from './judge-health.ts';
import { readScanFacts } from './read-scan-facts.ts';

/** How an installation is. */
export interface InstallationHealth {
  companyId: string;
  /** the worst of the checks */
  state: CheckState;
  checks: HealthCheck[];
  counts: HealthFacts['counts'];
  /** the scan that was judged; null when none was done */
  scanId: string | null;
  checkedAt: Date;
}

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Reads and judges it. Throws Forbidden; Refused NOT_FOUND. */
export async function readHealth(
  platform: Pick<Platform, 'db' | 'clock' | 'publicUrl'>,
  viewer: Viewer,
  companyId: string,
): Promise<InstallationHealth> {
  authorize(viewer, 'sites.read');
  const { db, clock } = platform;
  const { accountId, mode } = viewer;
  const company = await db.prisma.company.findUnique({
    where: { accountId_id: { accountId, id: companyId } },
    select: { status: true },
  });
  if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const now = clock.now(accountId);
  const from = new Date(now.getTime() - DAYS * DAY_MS);
  const [site, counts, found] = await Promise.all([
    readSite(db.prisma, accountId, companyId),
    readDayCounts(db, accountId, companyId, from),
    readSwapTrackers(db, accountId, companyId),
  ]);
  // what trackers are called is for who may read them
  const isTold = may(viewer, 'numbers.read', companyId);
  const trackers = found.map((one) => ({ ...one, name: isTold ? one.name : '' }));
  const [seen, pools, scan] = await Promise.all([
    // both are written at once; read after the counts, no count is without what it was seen with
    readSeen(db, accountId, companyId, from),
    readPoolFacts(platform, viewer, trackers, from),
    readScanFacts(platform, viewer, companyId, site),
  ]);
  const isCompanyActive = company.status === 'ACTIVE';
  const facts = { now, mode, isCompanyActive, site, counts, seen, trackers, pools, scan };
  const checks = judgeHealth(facts);
  const scanId = scan?.id ?? null;
  return { companyId, state: worstOf(checks), checks, counts, scanId, checkedAt: now };
}
