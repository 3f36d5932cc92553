// What the latest scan of a company's website says, judged by the keys and numbers as they are now. A scan has 500 pages at
// most.
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import type { PagesWith, ScanFacts } from './health-facts.ts';
import { judgeNumber, type NumberStanding } from './judge-number.ts';
import { judgeScript, type ScriptStanding } from './judge-script.ts';
import { readKnownNumbers } from './read-known-numbers.ts';

const MOST_NUMBERS = 1_000;
const EXAMPLES = 5;
const WRONG: readonly (ScriptStanding | null)[] = ['OLD_KEY', 'FOREIGN_KEY', 'OTHER_SERVER'];
const DEAD: readonly NumberStanding[] = ['DISABLED', 'RELEASED', 'OTHER_COMPANY'];

/** @param site the company's; null when it has none. @returns null when no scan was done */
export async function readScanFacts(
  platform: Pick<Platform, 'db' | 'publicUrl'>,
  viewer: Viewer,
  companyId: string,
  site: Parameters<typeof judgeScript>[1],
): Promise<ScanFacts | null> {
  const { prisma } = platform.db;
  const { accountId } = viewer;
  const scan = await prisma.siteScan.findFirst({
    where: { accountId, companyId, state: 'DONE' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, endedAt: true, createdAt: true },
  });
  if (!scan) return null;
  const of = { accountId, scanId: scan.id };
  const [rows, printed] = await Promise.all([
    prisma.scannedPage.findMany({
      where: { ...of, state: 'READ' },
      orderBy: { n: 'asc' },
      select: {
        ...{ url: true, state: true, isCut: true },
        ...{ scriptKeys: true, scriptOrigins: true, blockedBy: true },
      },
    }),
    prisma.printedNumber.groupBy({
      by: ['number'],
      where: of,
      orderBy: { number: 'asc' },
      take: MOST_NUMBERS,
    }),
  ]);
  const numbers = printed.map(({ number }) => number);
  const known = await readKnownNumbers(platform, viewer, companyId, numbers);
  const numbersOf = (standings: readonly NumberStanding[]) =>
    numbers.filter((number) => standings.includes(judgeNumber(number, known).standing));
  const judged = rows.map((row) => ({
    ...row,
    script: judgeScript(row, site, platform.publicUrl()),
  }));
  const pagesWith = (fits: (page: (typeof judged)[number]) => boolean): PagesWith => {
    const urls = judged.filter(fits).map(({ url }) => url);
    return { count: urls.length, examples: urls.slice(0, EXAMPLES) };
  };
  return {
    id: scan.id,
    endedAt: scan.endedAt ?? scan.createdAt,
    pages: rows.length,
    missing: pagesWith(({ script }) => script === 'MISSING'),
    wrong: pagesWith(({ script }) => WRONG.includes(script)),
    blocked: pagesWith(({ blockedBy }) => blockedBy !== null),
    targets: numbersOf(['SWAP_TARGET']),
    tracking: numbersOf(['TRACKING_NUMBER']),
    dead: numbersOf(DEAD),
  };
}
