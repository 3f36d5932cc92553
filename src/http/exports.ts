// Files of exports by signed link. The link is made for a viewer who may fetch it, and lives 15 minutes.
import { readExportLink, storedExport } from '#domains/reports/index.ts';
import type { Platform } from '#platform/platform.ts';
import { serveLinked } from './serve-linked.ts';

const TYPES = {
  CSV: 'text/csv; charset=utf-8',
  JSONL: 'application/x-ndjson',
  JSON: 'application/json; charset=utf-8',
} as const;

/** Makes the door: a handler that answers false when the path is not an export's. */
export function exportsDoor(
  platform: Pick<Platform, 'db' | 'secrets' | 'storage' | 'clock' | 'log'>,
): ReturnType<typeof serveLinked> {
  const { db, secrets, clock } = platform;
  return serveLinked(platform, {
    what: 'the file of an export',
    again: 'Ask the API for Export.url again.',
    gone: { status: 410, message: 'This export is no longer kept. Make a new one.' },
    readLink: (url) => readExportLink(secrets, url, clock.now),
    async find(link) {
      const stored = await storedExport(db, link, clock.now(link.accountId));
      if (!stored) return null;
      const headers = {
        'content-type': TYPES[stored.format],
        'content-disposition': `attachment; filename="${stored.name}"`,
        'cache-control': 'private, no-store',
      };
      return { storageKey: stored.storageKey, headers };
    },
  });
}
