// The tables site_scan, scanned_page and printed_number: the only place that writes them.
import type { Prisma, ScannedPage, SiteScan } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { PageNumber } from './pages/list-numbers.ts';

export type ScanRow = SiteScan;
export type PageRow = ScannedPage;

export interface ScanKey {
  accountId: string;
  scanId: string;
}

/** The pages of a scan that are still to be looked at. */
export interface NewPage {
  url: string;
  depth: number;
}

/** What became of a page that was looked at. */
export interface LookedAtPage
  extends Pick<
    PageRow,
    | 'state'
    | 'status'
    | 'problem'
    | 'redirectsTo'
    | 'isCut'
    | 'scriptKeys'
    | 'scriptOrigins'
    | 'blockedBy'
  > {
  numbers: readonly PageNumber[];
}

/** What a page leads to. */
export interface Found {
  pages: readonly NewPage[];
  /** it has more links or numbers than are taken of a page */
  isFull: boolean;
}

/** links and redirects from the first page: a redirect that never ends, ends here */
const MOST_DEPTH = 20;
const UNDER_WAY = ['WAITING', 'RUNNING'] as const;

/** Writes a scan with its first page. */
export async function insertScan(
  tx: Tx,
  row: Prisma.SiteScanUncheckedCreateInput,
): Promise<ScanRow> {
  const { accountId, id: scanId, url } = row;
  const scan = await tx.siteScan.create({ data: { ...row, pagesFound: 1 } });
  await tx.scannedPage.create({ data: { accountId, scanId, n: 1, url, depth: 0 } });
  return scan;
}

/** One scan of the account, or null. */
export function readScan(tx: Tx, accountId: string, id: string): Promise<ScanRow | null> {
  return tx.siteScan.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The scan of the company's website that has not ended, or null. */
export function findUnderWay(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<ScanRow | null> {
  return tx.siteScan.findFirst({ where: { accountId, companyId, state: { in: [...UNDER_WAY] } } });
}

/** Writes what a scan has become, raises the version and returns it. */
export function writeScan(
  tx: Tx,
  { accountId, scanId }: ScanKey,
  fields: Prisma.SiteScanUncheckedUpdateInput,
): Promise<ScanRow> {
  return tx.siteScan.update({
    where: { accountId_id: { accountId, id: scanId } },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** The next page of a scan to be looked at, those found first coming first; null when there is none. */
export function readNextPage(tx: Tx, { accountId, scanId }: ScanKey): Promise<PageRow | null> {
  return tx.scannedPage.findFirst({
    where: { accountId, scanId, state: 'WAITING' },
    orderBy: { n: 'asc' },
  });
}

/**
 * Writes what became of a page, and the pages that were found on it, as many as the scan still has room for and none too deep;
 * those that it has already are left out. What the scan so does not look at is told by its isCut. The caller holds the scan.
 * @param workedMs how long it took
 */
export async function savePage(
  tx: Tx,
  scan: ScanRow,
  n: number,
  { numbers, ...page }: LookedAtPage,
  found: Found,
  workedMs: number,
): Promise<ScanRow> {
  const { accountId, id: scanId } = scan;
  const { count } = await tx.scannedPage.updateMany({
    where: { accountId, scanId, n, state: 'WAITING' },
    data: page,
  });
  // another worker, which was taken for dead, was faster
  if (count === 0) return scan;
  await tx.printedNumber.createMany({
    data: numbers.map((one) => ({ accountId, scanId, pageN: n, ...one })),
  });
  const known = await tx.scannedPage.findMany({
    where: { accountId, scanId, url: { in: found.pages.map(({ url }) => url) } },
    select: { url: true },
  });
  const has = new Set(known.map(({ url }) => url));
  const all = found.pages.filter(({ url }) => !has.has(url));
  const fresh = all
    .filter(({ depth }) => depth <= MOST_DEPTH)
    .slice(0, Math.max(0, scan.maxPages - scan.pagesFound));
  await tx.scannedPage.createMany({
    data: fresh.map((one, at) => ({ accountId, scanId, n: scan.pagesFound + at + 1, ...one })),
  });
  const isUnread = page.state === 'UNREAD';
  return writeScan(
    tx,
    { accountId, scanId },
    {
      pagesFound: { increment: fresh.length },
      ...(isUnread ? { pagesUnread: { increment: 1 } } : { pagesRead: { increment: 1 } }),
      workedMs: { increment: workedMs },
      isCut: scan.isCut || page.isCut || found.isFull || fresh.length < all.length,
    },
  );
}

/** Deletes the company's scans beyond the newest ones. */
export async function keepNewestScans(
  tx: Tx,
  accountId: string,
  companyId: string,
  kept: number,
): Promise<void> {
  const old = await tx.siteScan.findMany({
    where: { accountId, companyId, state: { notIn: [...UNDER_WAY] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: kept,
    select: { id: true },
  });
  const ids = old.map(({ id }) => id);
  await tx.siteScan.deleteMany({ where: { accountId, id: { in: ids } } });
}

/** Deletes scans that were asked for before this moment, the oldest first. Answers how many. */
export async function deleteScans(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const old = await prisma.siteScan.findMany({
    where: { accountId, createdAt: { lt: before } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true },
  });
  const { count } = await prisma.siteScan.deleteMany({
    where: { accountId, id: { in: old.map(({ id }) => id) } },
  });
  return count;
}
