// What keywords would find in calls gone by, beside what a set has found there. Nothing is written and nothing is told.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { type ReadyTranscript, readyTranscript } from '#domains/transcripts/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { RowKey } from '#values/cursor.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { keywordsShape } from './keyword-set-shape.ts';
import type { HitRow } from './read-hits.ts';
import { seesKeywordSet } from './read-keyword-sets.ts';
import { scannableTranscripts } from './spotting/read-scannable.ts';
import { type SoughtSet, scanTalk } from './spotting/scan-talk.ts';
import { keyOfHit } from './spotting/settle-scans.ts';
import { findKeywordSet, hitsOfSets, type NewHit } from './store.ts';

/** A portion ends after the transcript that passes this: an operation has 10 s for all of its fields. */
const MOST_MS = 3_000;
const EXAMPLES = 3;

const shape = z.object({
  keywords: keywordsShape,
  keywordSetId: z.uuid().nullish(),
  companyIds: z.array(z.uuid()).nullish(),
  startedFrom: z.date().nullish(),
  startedBefore: z.date().nullish(),
});

/** What became, or would become, of a call. */
export const PREVIEW_CHANGES = ['GAINED', 'LOST', 'KEPT'] as const;

/** A transcript in which the keywords are found, or the set's were. */
export interface KeywordPreview {
  callId: string;
  change: (typeof PREVIEW_CHANGES)[number];
  hitsBefore: number;
  hitsAfter: number;
  /** up to 3 places that are found and were not */
  gained: HitRow[];
  /** up to 3 places that were found and are not */
  lost: HitRow[];
  place: RowKey;
}

/** One portion. */
export interface PreviewPortion {
  /** transcripts that were looked through */
  looked: number;
  previews: KeywordPreview[];
  hasMore: boolean;
  /** that of the last transcript, found or not; null when there was none */
  end: RowKey | null;
}

/**
 * Looks up to `limit` transcripts through, newest call first, and fewer when that takes long.
 * @param request.keywordSetId whose hits are compared, and whose companies are looked into; without it all hits are gained
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND; MalformedCursor
 */
export async function previewKeywords(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
  page: { limit: number; after: RowKey | null },
): Promise<PreviewPortion> {
  authorize(viewer, 'keywordSets.read');
  authorize(viewer, 'transcripts.read');
  const { keywords, keywordSetId, companyIds, startedFrom, startedBefore } = parseInput(
    shape,
    request,
  );
  const { accountId } = viewer;
  const set = keywordSetId ? await findKeywordSet(db.prisma, accountId, keywordSetId) : null;
  if (keywordSetId && !(set && seesKeywordSet(viewer, set))) {
    throw notFound('keywordSetId', 'KeywordSet');
  }
  const limits = [companyIds, viewer.companyIds, set?.companyId ? [set.companyId] : null];
  const history = {
    companyIds: inAll(limits),
    startedFrom: startedFrom ?? null,
    startedBefore: startedBefore ?? null,
  };
  const { limit, after } = page;
  const want = { limit: limit + 1, after };
  const found = await scannableTranscripts(db, accountId, history, want);
  const sought = { id: keywordSetId ?? '', keywords };
  const portion: PreviewPortion = { looked: 0, previews: [], hasMore: false, end: null };
  const beganMs = performance.now();
  for (const { id, occurredAt } of found.slice(0, limit)) {
    const place = { value: occurredAt.toISOString(), id };
    const transcript = await readyTranscript(db, accountId, id);
    const before = await hitsOfSets(db.prisma, accountId, id, set ? [set.id] : []);
    if (transcript) {
      const preview = await compare(sought, transcript, before.get(sought.id) ?? []);
      if (preview) portion.previews.push({ ...preview, place });
    }
    portion.looked += 1;
    portion.end = place;
    if (performance.now() - beganMs > MOST_MS) break;
  }
  return { ...portion, hasMore: portion.looked < found.length };
}

/** The ids that stand in every list; null = no list restricts them. */
function inAll(lists: readonly (readonly string[] | null | undefined)[]): string[] | null {
  const given = lists.filter((list) => list != null);
  const [first, ...others] = given;
  return first ? first.filter((id) => others.every((other) => other.includes(id))) : null;
}

/** Null when nothing was found, nor is. */
async function compare(
  sought: SoughtSet,
  transcript: ReadyTranscript,
  before: readonly NewHit[],
): Promise<Omit<KeywordPreview, 'place'> | null> {
  const [scan] = await scanTalk([sought], transcript.segments);
  const after = scan?.hits ?? [];
  if (before.length === 0 && after.length === 0) return null;
  return {
    callId: transcript.callId,
    change: before.length === 0 ? 'GAINED' : after.length === 0 ? 'LOST' : 'KEPT',
    hitsBefore: before.length,
    hitsAfter: after.length,
    gained: examplesOf(transcript, after, before),
    lost: examplesOf(transcript, before, after),
  };
}

/** Up to 3 of the hits that the others lack, as they are shown. */
function examplesOf(
  { id: transcriptId, callId, companyId, segments }: ReadyTranscript,
  hits: readonly NewHit[],
  others: readonly NewHit[],
): HitRow[] {
  const known = new Set(others.map(keyOfHit));
  return hits
    .filter((hit) => !known.has(keyOfHit(hit)))
    .flatMap(({ setId, ...hit }) => {
      const segment = segments.find(({ n }) => n === hit.n);
      const of = { callId, companyId, transcriptId, setId: setId || null };
      return segment ? [{ ...hit, ...of, segment }] : [];
    })
    .sort((a, b) => a.startMs - b.startMs)
    .slice(0, EXAMPLES);
}
