// The only writer of the tables keyword_set, keyword_scan and keyword_hit.
import type { Prisma, Speaker } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { StoredKeyword } from './keyword-set-shape.ts';

/** A set as it stands. */
export interface KeywordSetRow {
  id: string;
  /** null = every company of the account */
  companyId: string | null;
  name: string;
  keywords: StoredKeyword[];
  version: number;
  createdAt: Date;
}

/** The columns of a set. */
export const KEYWORD_SET_COLUMNS = {
  id: true,
  companyId: true,
  name: true,
  keywords: true,
  version: true,
  createdAt: true,
} as const satisfies Prisma.KeywordSetSelect;

/** What the database gives, in our words. */
export function toKeywordSet(
  row: Omit<KeywordSetRow, 'keywords'> & { keywords: unknown },
): KeywordSetRow {
  return { ...row, keywords: row.keywords as StoredKeyword[] };
}

/** A set that is not deleted; null when there is none. */
export async function findKeywordSet(
  tx: Pick<Tx, 'keywordSet'>,
  accountId: string,
  id: string,
): Promise<KeywordSetRow | null> {
  const row = await tx.keywordSet.findFirst({
    where: { accountId, id, deletedAt: null },
    select: KEYWORD_SET_COLUMNS,
  });
  return row && toKeywordSet(row);
}

/** How many sets of the account are not deleted. */
export function countSets(tx: Tx, accountId: string): Promise<number> {
  return tx.keywordSet.count({ where: { accountId, deletedAt: null } });
}

export async function insertKeywordSet(
  tx: Tx,
  accountId: string,
  set: Omit<KeywordSetRow, 'version'>,
): Promise<void> {
  const keywords = set.keywords as unknown as Prisma.InputJsonArray;
  await tx.keywordSet.create({ data: { ...set, accountId, keywords } });
}

/** Writes fields of a set, raises its version and returns it. */
export async function writeKeywordSet(
  tx: Tx,
  accountId: string,
  id: string,
  fields: { name?: string; keywords?: StoredKeyword[]; deletedAt?: Date },
): Promise<number> {
  const { keywords, ...rest } = fields;
  const { version } = await tx.keywordSet.update({
    where: { accountId_id: { accountId, id } },
    data: {
      ...rest,
      ...(keywords && { keywords: keywords as unknown as Prisma.InputJsonArray }),
      version: { increment: 1 },
    },
    select: { version: true },
  });
  return version;
}

/** Where a keyword was said. */
export interface NewHit {
  setId: string;
  keyword: string;
  n: number;
  wordIndex: number;
  wordCount: number;
  speaker: Speaker;
  startMs: number;
}

/** The newest version of each set that this transcript was looked through for since its last edit, by the set's id. */
export async function scansOf(
  tx: Tx,
  accountId: string,
  { id: transcriptId, edits }: { id: string; edits: number },
): Promise<Map<string, number>> {
  const rows = await tx.keywordScan.findMany({
    where: { accountId, transcriptId, edits },
    orderBy: { setVersion: 'asc' },
  });
  return new Map(rows.map(({ setId, setVersion }) => [setId, setVersion]));
}

const HIT_COLUMNS = {
  setId: true,
  keyword: true,
  n: true,
  wordIndex: true,
  wordCount: true,
  speaker: true,
  startMs: true,
} as const satisfies Prisma.KeywordHitSelect;

/** What is kept of these sets in a transcript, by the set's id. */
export async function hitsOfSets(
  tx: Pick<Tx, 'keywordHit'>,
  accountId: string,
  transcriptId: string,
  setIds: readonly string[],
): Promise<Map<string, NewHit[]>> {
  const rows = await tx.keywordHit.findMany({
    where: { accountId, transcriptId, setId: { in: [...setIds] } },
    select: HIT_COLUMNS,
  });
  return Map.groupBy(rows, ({ setId }) => setId);
}

/**
 * Writes that a transcript was looked through for these sets.
 * @param changed sets whose hits are other ones than before, and all of their hits; those of before go
 */
export async function storeScans(
  tx: Tx,
  accountId: string,
  { id: transcriptId, edits }: { id: string; edits: number },
  sets: readonly Pick<KeywordSetRow, 'id' | 'version'>[],
  changed: { setIds: readonly string[]; hits: readonly NewHit[] },
): Promise<void> {
  // this version looked at the words before the last edit
  await tx.keywordScan.deleteMany({
    where: {
      ...{ accountId, transcriptId, edits: { lt: edits } },
      OR: sets.map(({ id: setId, version: setVersion }) => ({ setId, setVersion })),
    },
  });
  await tx.keywordScan.createMany({
    data: sets.map(({ id: setId, version: setVersion }) => ({
      accountId,
      transcriptId,
      setId,
      setVersion,
      edits,
    })),
  });
  if (changed.setIds.length === 0) return;
  await tx.keywordHit.deleteMany({
    where: { accountId, transcriptId, setId: { in: [...changed.setIds] } },
  });
  await tx.keywordHit.createMany({
    data: changed.hits.map((hit) => ({ ...hit, accountId, transcriptId, id: newId() })),
  });
}

/** Deletes that a transcript was looked through, and what was spotted there. */
export async function deleteScans(tx: Tx, accountId: string, transcriptId: string): Promise<void> {
  await tx.keywordHit.deleteMany({ where: { accountId, transcriptId } });
  await tx.keywordScan.deleteMany({ where: { accountId, transcriptId } });
}

/**
 * Deletes what is kept of deleted sets in segments that were edited: nobody looks for it anew, and other words may stand there.
 * @returns how many hits that were
 */
export async function deleteStaleHits(
  tx: Tx,
  accountId: string,
  transcriptId: string,
): Promise<number> {
  const { count } = await tx.keywordHit.deleteMany({
    where: {
      ...{ accountId, transcriptId },
      set: { deletedAt: { not: null } },
      segment: { edited: true },
    },
  });
  return count;
}
