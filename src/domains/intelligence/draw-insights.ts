// The job that has a transcript read for insights. What the engine brings is kept only where its quotes stand in the
// transcript; a run is marked in the transaction that stores and tells of it, so that it counts once.

import { bumpVersion } from '#domains/interactions/index.ts';
import { type ReadyTranscript, readyTranscript } from '#domains/transcripts/index.ts';
import { InsightError, type InsightProvider, type WrittenInsight } from '#platform/ai/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { insightFailed, insightReady } from './events.ts';
import { findQuote } from './find-quote.ts';
import { drawInsightsJob } from './jobs.ts';
import { hasRun, type StoredItem, storeRun } from './store-insights.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'clock'> & { insights: InsightProvider };
type Drawn = { kind: WrittenInsight['kind']; text: string; items: StoredItem[] };
/** What came of a run: insights, or a code that says why there are none. */
type Outcome = { drawn: Drawn[] } | { failure: string };

/**
 * The worker's side of `intelligence.draw-insights`. Outcomes: gone, switched-off, already-done, drawn, and what an
 * InsightError or a lack of evidence is called: TRANSCRIPT_EMPTY, TRANSCRIPT_TOO_SHORT, LANGUAGE_UNSUPPORTED, NO_EVIDENCE; INTERNAL_ERROR
 * when it was given up.
 */
export function drawInsightsHandler(
  slice: Slice,
): JobHandler<{ accountId: string; transcriptId: string }> {
  return {
    definition: drawInsightsJob,
    async run({ accountId, transcriptId }) {
      const { db, insights } = slice;
      const transcript = await readyTranscript(db, accountId, transcriptId);
      if (!transcript) return 'gone';
      const company = await db.prisma.company.findUniqueOrThrow({
        where: { accountId_id: { accountId, id: transcript.companyId } },
        select: { insights: true },
      });
      if (!company.insights) return 'switched-off';
      const run = { accountId, transcriptId, engine: insights.engine };
      if (await hasRun(db.prisma, run)) return 'already-done';
      return settle(slice, run, transcript, await draw(insights, transcript));
    },
    async giveUp({ accountId, transcriptId }) {
      const transcript = await readyTranscript(slice.db, accountId, transcriptId);
      if (!transcript) return 'gone';
      const run = { accountId, transcriptId, engine: slice.insights.engine };
      return settle(slice, run, transcript, { failure: 'INTERNAL_ERROR' });
    },
  };
}

async function draw(
  insights: InsightProvider,
  { segments, language }: ReadyTranscript,
): Promise<Outcome> {
  try {
    const turns = segments.map(({ n, speaker, startMs, text }) => ({ n, speaker, startMs, text }));
    const drawn = (await insights.write({ turns, language })).flatMap((written): Drawn[] => {
      const items = written.findings.flatMap(({ text, score, ...said }): StoredItem[] => {
        const place = findQuote(segments, said);
        return place ? [{ text, score, ...place }] : [];
      });
      return items.length > 0 ? [{ kind: written.kind, text: written.text, items }] : [];
    });
    return drawn.length > 0 ? { drawn } : { failure: 'NO_EVIDENCE' };
  } catch (error) {
    if (!(error instanceof InsightError)) throw error;
    return { failure: error.reason };
  }
}

function settle(
  { db, events, clock, insights }: Slice,
  run: { accountId: string; transcriptId: string; engine: string },
  { callId, companyId }: ReadyTranscript,
  outcome: Outcome,
): Promise<string> {
  const { accountId, transcriptId, engine } = run;
  const subject = `call:${callId}`;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subject]);
    if (await hasRun(tx, run)) return 'already-done';
    const at = clock.now(accountId);
    const failure = 'failure' in outcome ? outcome.failure : null;
    const drawn = 'drawn' in outcome ? outcome.drawn : [];
    const { model } = insights;
    await storeRun(
      tx,
      run,
      { at, failure },
      drawn.map((one) => ({ ...one, model })),
    );
    const ids = { callId, transcriptId, engine };
    await events.append(tx, accountId, [
      {
        definition: failure === null ? insightReady : insightFailed,
        companyId,
        subject,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: at,
        payload:
          failure === null ? { ...ids, insights: drawn.length } : { ...ids, reason: failure },
      },
    ]);
    return failure ?? 'drawn';
  });
}
