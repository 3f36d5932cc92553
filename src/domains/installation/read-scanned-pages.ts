// Reads the pages of a scan with what they print, judged by what the account's numbers and the site's keys are now. The
// scan is one that the viewer was shown.
import { readSite } from '#domains/visitors/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { PrintedIn } from '#generated/prisma/enums.ts';
import type { Platform } from '#platform/platform.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import { type JudgedNumber, judgeNumber } from './judge-number.ts';
import { judgeScript, type ScriptStanding } from './judge-script.ts';
import { readKnownNumbers } from './read-known-numbers.ts';
import type { PageRow, ScanRow } from './store.ts';

/** Which pages; absent and null fields leave all. */
export interface PageFilter {
  states?: readonly PageRow['state'][] | null | undefined;
  /** those that print it, E.164 */
  number?: string | null | undefined;
}

/** A number on a page, judged. */
export interface PrintedNumberRow extends JudgedNumber {
  number: string;
  printedIn: PrintedIn;
  written: string;
  times: number;
  hidden: number;
  optedOut: number;
}

/** A page of a scan, judged. */
export interface JudgedPage extends PageRow {
  /** its place in the scan, as text */
  id: string;
  /** null for a page that was not read */
  script: ScriptStanding | null;
  numbers: PrintedNumberRow[];
}

/** One page of the list, in the order in which the pages were found. Throws MalformedCursor. */
export async function listPages(
  platform: Pick<Platform, 'db' | 'publicUrl'>,
  viewer: Viewer,
  scan: ScanRow,
  want: { filter: PageFilter; limit: number; after: RowKey | null },
): Promise<JudgedPage[]> {
  const { db } = platform;
  const { accountId, companyId } = scan;
  const rows = await db.prisma.scannedPage.findMany({
    where: {
      AND: [matching(scan, want.filter), ...(want.after ? [{ n: { gt: place(want.after) } }] : [])],
    },
    orderBy: { n: 'asc' },
    take: want.limit,
    include: { numbers: { orderBy: [{ number: 'asc' }, { printedIn: 'asc' }] } },
  });
  const printed = rows.flatMap(({ numbers }) => numbers.map(({ number }) => number));
  const [site, known] = await Promise.all([
    readSite(db.prisma, accountId, companyId),
    readKnownNumbers(platform, viewer, companyId, printed),
  ]);
  return rows.map(({ numbers, ...page }) => ({
    ...page,
    id: String(page.n),
    script: judgeScript(page, site, platform.publicUrl()),
    numbers: numbers.map((one) => ({ ...one, ...judgeNumber(one.number, known) })),
  }));
}

/** How many pages the filter leaves, counted up to `cap`. */
export function countPages(
  { db }: Pick<Platform, 'db'>,
  scan: ScanRow,
  filter: PageFilter,
  cap: number,
): Promise<number> {
  return db.prisma.scannedPage.count({ where: matching(scan, filter), take: cap });
}

function matching(
  { accountId, id: scanId }: ScanRow,
  { states, number }: PageFilter,
): Prisma.ScannedPageWhereInput {
  return {
    accountId,
    scanId,
    ...(states && { state: { in: [...states] } }),
    ...(number && { numbers: { some: { number } } }),
  };
}

function place({ value }: RowKey): number {
  if (!/^\d{1,9}$/.test(value)) throw new MalformedCursor();
  return Number(value);
}
