// Rows of the marked account that time or a carrier would have to bring.
import { randomUUID } from 'node:crypto';
import { unread } from '#domains/installation/look-at-page.ts';
import { insertScan, savePage, writeScan } from '#domains/installation/store.ts';
import type { Town } from '#tests/support/town.ts';

/** A scan that found a marked number on a marked page. */
export async function scanWebsite(
  { accountId, server }: Town,
  companyId: string,
  mark: string,
): Promise<void> {
  const url = `https://${mark.toLowerCase()}.example/`;
  const scanId = randomUUID();
  const row = { accountId, id: scanId, companyId, url, maxPages: 1, requestedBy: 'system:town' };
  await server.platform.db.transaction(async (tx) => {
    const scan = await insertScan(tx, { ...row, createdAt: new Date() });
    const number = { number: '+15125550177', printedIn: 'TEXT', written: mark } as const;
    const page = { ...unread('TIMEOUT'), state: 'READ', problem: null, blockedBy: mark } as const;
    const numbers = [{ ...number, times: 1, hidden: 0, optedOut: 0 }];
    await savePage(tx, scan, 1, { ...page, numbers }, { pages: [], isFull: false }, 1);
    await writeScan(tx, { accountId, scanId }, { state: 'DONE', endedAt: new Date() });
  });
}

/** Something marked is said on a call, and a keyword in it is spotted, as while it goes on. */
export async function speakLive(
  { accountId, server }: Town,
  callId: string,
  mark: string,
): Promise<void> {
  const { prisma } = server.platform.db;
  const set = await prisma.keywordSet.findFirstOrThrow({ where: { accountId } });
  const place = { accountId, callId, speaker: 'CALLER' as const, n: 0, startMs: 0 };
  const said = { endMs: 900, text: `${mark} is said`, heardAt: new Date() };
  await prisma.liveSegment.create({ data: { ...place, ...said } });
  const spotted = { setId: set.id, keyword: mark, wordIndex: 0, wordCount: 1, toldAt: new Date() };
  await prisma.liveKeyword.create({ data: { ...place, ...spotted } });
}
