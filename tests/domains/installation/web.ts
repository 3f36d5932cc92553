// Websites on this machine that are scanned: what they answer, what they were asked, and what the scan found.
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { runScan } from '#domains/installation/run-scan.ts';
import { insertScan, type ScanRow } from '#domains/installation/store.ts';
import { updateSite } from '#domains/visitors/update-site.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { stranger } from '#tests/platform/outbound/stranger.ts';

export type Answer = [status: number, headers: Record<string, string>, body?: string | Buffer];
export const html = (body: string): Answer => [200, { 'content-type': 'text/html' }, body];
export const PHONE = '<p>212-555-0180</p>';

export const counts = ({ state, failure, pagesFound, pagesRead, pagesUnread, isCut }: ScanRow) => ({
  state,
  failure,
  pagesFound,
  pagesRead,
  pagesUnread,
  isCut,
});

/** Opens the web. Call it at the top of a test file. */
export async function openWeb() {
  const town = await openTown();
  const { prisma } = town.db;
  const platform = {
    ...town,
    outbound: openOutbound({
      allowed: ['127.0.0.1'],
      exchangeMs: 400,
      resolve: async () => [{ address: '10.1.2.3', family: 4 }],
    }),
    publicUrl: () => 'https://calls.example',
  };
  /** A website of these pages, or of one that answers everything; its visitors, and a scan of it. */
  const website = async (pages: Record<string, Answer> | RequestListener, maxPages = 100) => {
    const asked: { path: string; agent: string | undefined }[] = [];
    const { port } = await stranger((request, response) => {
      const path = request.url ?? '';
      asked.push({ path, agent: request.headers['user-agent'] });
      if (typeof pages === 'function') return void pages(request, response);
      const [status, headers, body = ''] = pages[path] ?? [404, {}];
      response.writeHead(status, headers).end(body);
    });
    const { accountId, companyId, viewer, told } = await town.settle();
    await updateSite(platform, viewer, { companyId, domains: ['garage.example'] });
    const url = `http://127.0.0.1:${port}/`;
    const row = {
      accountId,
      id: randomUUID(),
      companyId,
      url,
      maxPages,
      requestedBy: 'system:test',
      createdAt: town.clock.now(accountId),
    };
    const { id } = await town.db.transaction((tx) => insertScan(tx, row));
    const key = { accountId, scanId: id };
    const scan = () =>
      prisma.siteScan.findUniqueOrThrow({ where: { accountId_id: { accountId, id } } });
    return {
      url,
      port,
      key,
      asked,
      scan,
      run: (options: Parameters<typeof runScan>[2] = {}) =>
        runScan(platform, key, { pauseMs: 0, ...options }),
      cancel: () =>
        prisma.siteScan.updateMany({ where: { accountId, id }, data: { state: 'CANCELLED' } }),
      pages: async () => {
        const rows = await prisma.scannedPage.findMany({
          where: { accountId, scanId: id },
          orderBy: { n: 'asc' },
          include: { numbers: true },
        });
        return rows.map((row) => ({
          path: row.url.replace(url, '/'),
          what: row.problem ?? row.state,
          numbers: row.numbers.map(({ number }) => number),
        }));
      },
      events: async () => (await told(`siteScan:${id}`)).map(({ type }) => type),
    };
  };
  return { platform, website };
}
