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
  tx: Tx,
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

/** The versions of sets that this transcript was looked through for since its last edit, as `<set>:<version>`. */
export async function scansOf(
  tx: Tx,
  accountId: string,
  { id: transcriptId, edits }: { id: string; edits: number },
): Promise<Set<string>> {
  const rows = await tx.keywordScan.findMany({ where: { accountId, transcriptId, edits } });
  return new Set(rows.map(({ setId, setVersion }) => `${setId}:${setVersion}`));
}

/** The places of a transcript in which keywords of these sets were found so far, as `placeOfHit` names them. */
export async function placesOfHits(
  tx: Tx,
  accountId: string,
  transcriptId: string,
  setIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.keywordHit.findMany({
    where: { accountId, transcriptId, setId: { in: [...setIds] } },
    select: { setId: true, keyword: true, n: true },
  });
  return new Set(rows.map(placeOfHit));
}

/** A keyword in a segment, whichever word of it it is. */
export function placeOfHit({ setId, keyword, n }: Pick<NewHit, 'setId' | 'keyword' | 'n'>) {
  return `${setId}:${n}:${keyword}`;
}

/** Writes that a transcript was looked through for these sets, and what was found; what was found by their older versions, or before an edit, goes. */
export async function storeScans(
  tx: Tx,
  accountId: string,
  { id: transcriptId, edits }: { id: string; edits: number },
  sets: readonly Pick<KeywordSetRow, 'id' | 'version'>[],
  hits: readonly NewHit[],
): Promise<void> {
  await tx.keywordScan.createMany({
    data: sets.map(({ id: setId, version: setVersion }) => ({
      accountId,
      transcriptId,
      setId,
      setVersion,
      edits,
    })),
  });
  await tx.keywordHit.deleteMany({
    where: { accountId, transcriptId, setId: { in: sets.map(({ id }) => id) } },
  });
  await tx.keywordHit.createMany({
    data: hits.map((hit) => ({ ...hit, accountId, transcriptId, id: newId() })),
  });
}
