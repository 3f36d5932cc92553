// The job that has the whole history of a lead read for insights, by the same engines as a call (insights/draw-
// insights.ts). Each item is kept beside what it rests on, and tells nothing that stands elsewhere, so that it is erased with that.
import { formSubject } from '#domains/forms/index.ts';
import { leadSubject } from '#domains/leads/index.ts';
import type { Assist, InsightProvider } from '#platform/ai/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Outcome } from '../insights/read-talk.ts';
import type { Reading } from '../insights/run-key.ts';
import { drawLeadInsightsJob, drawLeadInsightsRemotelyJob, type LeadDrawing } from '../jobs.ts';
import { askModel, mayBeSent, REMOTE_AT_ONCE } from '../model/ask-model.ts';
import { closeDead } from '../model/store-model-requests.ts';
import { announceLeadInsights } from './announce-lead-insights.ts';
import { findLeadRun, isAskedAgain, openHistory, readByRules } from './open-history.ts';
import { withoutChangedForms } from './read-form-lines.ts';
import type { History, ReadVersion } from './read-history.ts';
import {
  findReading,
  hasNewerReading,
  type NewClaim,
  storeReading,
} from './store-lead-readings.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'log' | 'secrets'> & {
  insights: InsightProvider;
  assist: Assist | null;
};

/**
 * The worker's side of `intelligence.draw-lead-insights`. Outcomes: those of drawInsightsHandler; of a model that somebody
 * asked in vain, why, where its history was read by the rules before.
 */
export function drawLeadInsightsHandler(slice: Slice): JobHandler<LeadDrawing> {
  return { definition: drawLeadInsightsJob, ...drawing(slice, { here: true }) };
}

/** The worker's side of `intelligence.draw-lead-insights-remotely`. The same outcomes, but that nothing is sent on. */
export function drawLeadInsightsRemotelyHandler(slice: Slice): JobHandler<LeadDrawing> {
  const definition = drawLeadInsightsRemotelyJob;
  return { definition, ...REMOTE_AT_ONCE, ...drawing(slice, { here: false }) };
}

/** One waits for each history, whoever asks for it. */
async function sendOn({ db, jobs }: Slice, payload: LeadDrawing, { key }: Reading) {
  const once = { singletonKey: key };
  await db.transaction((tx) => jobs.enqueue(tx, drawLeadInsightsRemotelyJob, payload, once));
  return 'sent on';
}

function drawing(
  slice: Slice,
  { here }: { here: boolean },
): Pick<Required<JobHandler<LeadDrawing>>, 'run' | 'giveUp'> {
  const draw = async (payload: LeadDrawing, signal: AbortSignal | null): Promise<string> => {
    const { accountId } = payload;
    const { assist, insights, db } = slice;
    const readAt = slice.clock.now(accountId);
    const found = await openHistory(db, payload);
    if (typeof found === 'string') return found;
    const { talk, agrees } = found;
    const history = { ...found.history, readAt };
    let failed: string | null = null;
    if (assist && agrees) {
      const run = await findLeadRun(db.prisma, payload, history, assist.reader);
      if (run.done && run.done.failure === null) return 'already-done';
      failed = run.done?.failure ?? null;
      if (failed === 'REVIEWED_MEANWHILE') return failed;
      if (!run.done) {
        if (here) return sendOn(slice, payload, run.reading);
        const { companyId } = history;
        let outcome: Outcome | 'left' = { failure: 'MODEL_UNAVAILABLE', drawn: [], dropped: 0 };
        if (signal) {
          const asking = { ...slice, assist };
          const question = { talk, mayAsk: (tx: Tx) => mayAsk(tx, payload, history), signal };
          const request = { ...run.request, companyId, purpose: 'LEAD_INSIGHTS' as const };
          outcome = await askModel(asking, request, question);
        } else {
          await closeDead(db, run.request, assist);
        }
        // it is erased, or its company has changed its mind
        if (outcome === 'left') return draw(payload, signal);
        const end = await settle(slice, payload, run.reading, history, outcome);
        if (end !== outcome.failure) return end;
        failed = end;
      }
    }
    const { reading, done } = await findLeadRun(db.prisma, payload, history, insights);
    if (done) return (payload.askedAt && failed) ?? 'already-done';
    // who asked has been told of the model that failed
    const wish = { ...payload, isTold: failed !== null };
    return settle(slice, wish, reading, history, await readByRules(insights, found));
  };
  return {
    run: (payload, { signal }) => draw(payload, signal),
    giveUp: (payload) => draw(payload, null),
  };
}

/** Whether the lead is still there, its transcripts as they were read, and its company still agrees. */
async function mayAsk(
  tx: Tx,
  { accountId, leadId }: LeadDrawing,
  { companyId, transcripts }: History,
): Promise<boolean> {
  const company = { insights: true, assist: true };
  const where = { accountId, id: leadId, mergedIntoId: null, erasingSince: null, company };
  if ((await tx.lead.count({ where })) === 0) return false;
  return mayBeSent(tx, { accountId, companyId }, transcripts);
}

/** Of whoever typed better words while it was read, when nobody said that those may go. */
const LEFT_AS_TYPED: Outcome = { failure: 'REVIEWED_MEANWHILE', drawn: [], dropped: 0 };

function settle(
  slice: Slice,
  { leadId, askedAt, replaceReviewed, isTold }: LeadDrawing & { isTold?: boolean },
  reading: Reading,
  { companyId, turns, sources, transcripts, formIds, readAt }: History & { readAt: Date },
  outcome: Outcome,
): Promise<string> {
  const { accountId } = reading;
  const { db, events } = slice;
  return db.transaction(async (tx) => {
    const calls = transcripts.map(({ callId }) => `call:${callId}`);
    const read = [...new Set(calls), ...formIds.map(formSubject)];
    await events.lock(tx, accountId, [leadSubject(leadId), ...read]);
    await checkVersions(tx, accountId, transcripts);
    const done = await findReading(tx, reading);
    if (done && !isAskedAgain(done, askedAt)) return 'already-done';
    const lead = await tx.lead.findUnique({
      where: { accountId_id: { accountId, id: leadId } },
      select: { mergedIntoId: true, erasingSince: true },
    });
    const isThere = lead && !lead.mergedIntoId && !lead.erasingSince;
    if (!isThere) return 'gone';
    if (await hasNewerReading(tx, { accountId, leadId }, readAt)) return 'already-done';
    const keepsTyped = askedAt !== undefined && !replaceReviewed && outcome.failure === null;
    const typed = { accountId, leadId, text: { not: null } };
    const isKept = keepsTyped && (await tx.leadInsight.count({ where: typed })) > 0;
    const { failure, drawn, dropped } = isKept ? LEFT_AS_TYPED : outcome;
    const claims = drawn.flatMap(({ kind, items }) =>
      items.flatMap((item) => {
        const source = sources[item.n];
        const text = turns[item.n]?.text ?? '';
        const quote = text.slice(item.from, item.from + item.length);
        return source ? [{ kind, item, quote, ...source, line: text }] : [];
      }),
    );
    const leadScore = drawn.find(({ kind }) => kind === 'LEAD_SCORE')?.leadScore ?? null;
    const end = { at: readAt, failure, dropped, leadScore };
    const standing = await withoutChangedForms(tx, { accountId, companyId }, formIds, claims);
    const left = await stillThere(tx, accountId, standing);
    await storeReading(tx, { ...reading, leadId, companyId }, end, left, slice.secrets);
    // who asked is told why nothing was drawn, too
    if (failure === null || (askedAt !== undefined && !isTold)) {
      await announceLeadInsights(tx, slice, { accountId, leadId, companyId });
    }
    return failure ?? 'drawn';
  });
}

/**
 * What was changed while it was read is read again: quotes may show what is hidden by now. The calls' locks are held.
 * @throws when one is of another version
 */
async function checkVersions(
  tx: Tx,
  accountId: string,
  transcripts: readonly ReadVersion[],
): Promise<void> {
  const rows = await tx.transcript.findMany({
    where: { accountId, id: { in: transcripts.map(({ id }) => id) } },
    select: { id: true, version: true },
  });
  const now = new Map(rows.map(({ id, version }) => [id, version]));
  // one that is gone is left out by stillThere
  if (transcripts.some(({ id, version }) => (now.get(id) ?? version) !== version))
    throw new Error('A transcript of the lead changed while it was read.');
}

/** What rests on something that was erased while it was read is not told any more. */
async function stillThere(tx: Tx, accountId: string, claims: NewClaim[]): Promise<NewClaim[]> {
  const [interactions, transcripts] = await Promise.all([
    tx.interaction.findMany({
      where: { accountId, id: { in: claims.map(({ interactionId }) => interactionId) } },
      select: { id: true },
    }),
    tx.transcript.findMany({
      where: { accountId, id: { in: claims.flatMap(({ transcriptId }) => transcriptId ?? []) } },
      select: { id: true },
    }),
  ]);
  const ids = new Set([...interactions, ...transcripts].map(({ id }) => id));
  return claims.filter(
    ({ interactionId, transcriptId }) =>
      ids.has(interactionId) && (transcriptId === null || ids.has(transcriptId)),
  );
}
