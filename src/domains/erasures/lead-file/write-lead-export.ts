// Writes the file of all that is kept of a person, as it is read. When the lead was merged into another or erased by then, or
// while it was written, the file would be another person's or half of this one's, and does not come. When others were
// merged into it or split from it meanwhile, some pages are of the one state and some of the other: it begins anew.
import { readTree } from '#domains/leads/index.ts';
import {
  type ExportId,
  ExportImpossible,
  type ExportRow,
  writeFile,
} from '#domains/reports/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { linksUntil } from './of-person.ts';
import { streamJson } from './stream-json.ts';
import { tellLead } from './tell-lead.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage' | 'secrets' | 'publicUrl'>;

const CHUNK_LENGTH = 65_536;

/**
 * Writes the file of an export of kind LEAD. Doing it again begins it anew, or does nothing when it is there.
 * @param signal throws at the next page once it has aborted
 * @returns gone, already-done, rights-lost, lead-gone, expired or ready
 * @throws NotYet when leads were merged into it or split from it while it was written
 */
export function writeLeadExport(needs: Needs, id: ExportId, signal: AbortSignal): Promise<string> {
  return writeFile(needs, id, (_viewer, row, written) => contents(needs, row, signal, written));
}

async function* contents(
  needs: Needs,
  { accountId, companyIds, wish, expiresAt }: ExportRow,
  signal: AbortSignal,
  written: (interactions: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { prisma } = needs.db;
  const { leadId } = wish as { leadId: string };
  const readWhole = async () => {
    const tree = await readTree(prisma, accountId, leadId);
    const top = tree.find(({ id }) => id === leadId);
    const isWhole = top && top.mergedIntoId === null && top.erasingSince === null;
    if (!isWhole) throw new ExportImpossible('LEAD_GONE');
    return { tree, top };
  };
  const { tree, top } = await readWhole();
  const { companyId, membersVersion } = top;
  if (!companyIds.includes(companyId)) throw new ExportImpossible('LEAD_GONE');
  const link = linksUntil(needs, accountId, expiresAt);
  const of = { prisma, accountId, companyId, leadId, signal, link };
  const times = { exportedAt: needs.clock.now(accountId), linksUntil: expiresAt };
  let chunk = '';
  for await (const piece of streamJson(await tellLead(of, tree, times, written))) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(`${chunk}\n`);
  // ids would not do: what was merged and split again meanwhile leaves the same behind
  const after = await readWhole();
  if (after.top.membersVersion !== membersVersion) {
    throw new NotYet('an end of merging and splitting');
  }
}
