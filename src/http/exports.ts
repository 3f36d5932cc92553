// Files of exports by signed link. The link is the right to fetch: it is made for a viewer who has it, and lives 15
// minutes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readExportLink, storedExport } from '#domains/reports/index.ts';
import type { Platform } from '#platform/platform.ts';
import { StoredThingMissing } from '#platform/storage/index.ts';
import { answerJson } from './answer-json.ts';

const TYPES = { CSV: 'text/csv; charset=utf-8', JSONL: 'application/x-ndjson' } as const;

/** Makes the door: a handler that answers false when the path is not an export's. */
export function exportsDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean> {
  const { db, secrets, storage, clock, log } = platform;
  return async (req, res, url) => {
    const link = readExportLink(secrets, url, clock.now);
    if (link === null) return false;
    if (link === 'FORGED') {
      const why = 'This link was not signed by this server, or is not whole.';
      return refuse(res, 403, `${why} Ask the API for Export.url again.`);
    }
    if (link === 'EXPIRED') {
      return refuse(res, 410, 'This link has expired. Ask the API for Export.url again.');
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405, 'Use GET.');
    const stored = await storedExport(db, link, clock.now(link.accountId));
    if (!stored) return refuse(res, 410, 'This export is no longer kept. Make a new one.');
    try {
      res.writeHead(200, {
        'content-type': TYPES[stored.format],
        'content-length': await storage.size(stored.storageKey),
        'content-disposition': `attachment; filename="${stored.name}"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      });
      if (req.method === 'HEAD') res.end();
      // who leaves breaks the stream: nothing to tell anybody
      else await pipeline(await storage.read(stored.storageKey), res).catch(() => {});
      return true;
    } catch (err) {
      if (!(err instanceof StoredThingMissing)) throw err;
      log.error({ err, exportId: link.id }, 'the file of an export is missing');
      return refuse(res, 404, 'The export’s file is missing from storage.');
    }
  };
}

function refuse(res: ServerResponse, status: number, message: string): true {
  answerJson(res, status, { error: message });
  return true;
}
