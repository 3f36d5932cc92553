// Of which companies and days a report tells: those that were asked for, as far as the viewer may see them.
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { checkDays, type Days } from './period.ts';

/** What every report is asked for. */
export interface ReportWish {
  /** null and absent = all */
  companyIds?: readonly string[] | null | undefined;
  range: { from: string; to: string; timeZone?: string | null | undefined };
}

export interface ReportScope {
  accountId: string;
  companyIds: string[];
  days: Days;
}

/**
 * Reads the companies and the days. Without a zone they are days of the company when there is one alone, else of the
 * account.
 * @throws Refused INVALID_INPUT for days that cannot be reported on
 */
export async function readScope(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId, companyIds: own }: Viewer,
  { companyIds: asked, range }: ReportWish,
): Promise<ReportScope> {
  const companies = await prisma.company.findMany({
    where: {
      AND: [
        { accountId },
        ...(own ? [{ id: { in: [...own] } }] : []),
        ...(asked ? [{ id: { in: [...asked] } }] : []),
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true, timeZone: true },
  });
  const [company] = companies;
  const account = await prisma.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { timeZone: true },
  });
  const ownZone = company && companies.length === 1 ? company.timeZone : account.timeZone;
  const days = { from: range.from, to: range.to, timeZone: range.timeZone ?? ownZone };
  checkDays(days);
  return { accountId, companyIds: companies.map(({ id }) => id), days };
}
