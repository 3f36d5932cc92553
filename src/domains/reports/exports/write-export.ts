// Writes the file of an export that has lines, page by page.
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { type Days, momentsOf } from '../period.ts';
import { formatLines, headerOf } from './format-rows.ts';
import { type Place, SHEETS, type SheetKind } from './sheets.ts';
import type { ExportRow } from './store.ts';
import { type ExportId, writeFile } from './write-file.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage'>;

const PAGE = 500;

/**
 * Writes an export.
 * @param signal throws at the next page once it has aborted
 * @param pageSize things that are read at once
 * @returns gone, already-done, rights-lost, expired or ready
 */
export function writeExport(
  needs: Needs,
  id: ExportId,
  signal: AbortSignal,
  pageSize = PAGE,
): Promise<string> {
  return writeFile(needs, id, (viewer, row, written) =>
    pagesOf(needs, viewer, row, { signal, limit: pageSize }, written),
  );
}

async function* pagesOf(
  { db }: Needs,
  viewer: Viewer,
  row: ExportRow,
  { signal, limit }: { signal: AbortSignal; limit: number },
  written: (lines: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { columns, read } = SHEETS[row.kind as SheetKind];
  const [from = 0, before = 0] = momentsOf(row.wish as unknown as Days, 'ALL');
  yield Buffer.from(headerOf(row.format, columns));
  for (const companyId of viewer.companyIds ?? row.companyIds) {
    let after: Place | null = null;
    do {
      signal.throwIfAborted();
      const moments = { from: new Date(from), before: new Date(before) };
      const page = await read(db, viewer, { companyId, ...moments, after, limit });
      yield Buffer.from(formatLines(row.format, columns, page.lines));
      await written(page.lines.length);
      after = page.reached;
    } while (after);
  }
}
