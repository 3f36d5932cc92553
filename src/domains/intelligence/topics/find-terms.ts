// The jobs that read transcripts for topics: each when it is ready or its words change, and those gone by, once a day and
// with each start, as far as they were not read under these rules.
import type { Db } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { findTermsJob, keepTermsJob } from '../jobs.ts';
import { storeTerms } from './store-terms.ts';
import { TERMS_VERSION, termsOf } from './terms.ts';

type Slice = Pick<Platform, 'db' | 'events'>;
interface Place {
  accountId: string;
  transcriptId: string;
}

/** transcripts that are looked up at once */
const CHUNK = 200;
const ENGLISH = /^en(?:-|$)/i;

/** The worker's side of `intelligence.find-terms`. Outcomes: gone, or how many terms were found. */
export function findTermsHandler(slice: Slice): JobHandler<Place> {
  return {
    definition: findTermsJob,
    async run(place) {
      const count = await findTerms(slice, place);
      return count === null ? 'gone' : `found ${count}`;
    },
  };
}

/** The worker's side of `intelligence.keep-terms`, over all accounts. Outcome: how many transcripts were read. */
export function keepTermsHandler(slice: Slice): JobHandler<Record<string, never>> {
  return {
    definition: keepTermsJob,
    async run(_payload, { signal }) {
      let read = 0;
      let after: string | null = null;
      for (;;) {
        signal.throwIfAborted();
        const due = await unread(slice.db, after);
        for (const place of due) {
          signal.throwIfAborted();
          if ((await findTerms(slice, place)) !== null) read += 1;
        }
        after = due.at(-1)?.transcriptId ?? null;
        if (after === null) return `read ${read}`;
      }
    },
  };
}

async function unread({ prisma }: Pick<Db, 'prisma'>, after: string | null): Promise<Place[]> {
  const rows = await prisma.transcript.findMany({
    where: {
      ...{ state: 'READY', ...(after && { id: { gt: after } }) },
      OR: [{ topicReading: null }, { topicReading: { rules: { lt: TERMS_VERSION } } }],
    },
    orderBy: { id: 'asc' },
    take: CHUNK,
    select: { accountId: true, id: true },
  });
  return rows.map(({ accountId, id: transcriptId }) => ({ accountId, transcriptId }));
}

/** Reads a transcript as it stands; null when it is gone, or not ready. */
async function findTerms(
  { db, events }: Slice,
  { accountId, transcriptId }: Place,
): Promise<number | null> {
  const where = { accountId, id: transcriptId, state: 'READY' as const };
  const known = await db.prisma.transcript.findFirst({ where, select: { callId: true } });
  if (!known) return null;
  return db.transaction(async (tx) => {
    // whoever changes the words or erases them holds this lock, so what is read here is what stands
    await events.lock(tx, accountId, [`call:${known.callId}`]);
    const row = await tx.transcript.findFirst({
      where,
      select: {
        ...{ callId: true, language: true, languageSource: true },
        call: { select: { companyId: true, startedAt: true } },
        segments: { select: { n: true, speaker: true, text: true } },
      },
    });
    if (!row) return null;
    const { callId, language, languageSource, call, segments } = row;
    // an engine that knows one language writes that one, whatever was spoken
    const understood =
      language === null ? languageSource === 'NOT_SUPPORTED' : ENGLISH.test(language);
    const terms = understood ? termsOf(segments) : [];
    await storeTerms(tx, { accountId, transcriptId, callId, ...call, understood }, terms);
    return terms.length;
  });
}
