// The job that says what brought a call: judged once, when it rings, and kept. A call over a pool's number is put down to
// a visit; each call leaves touchpoints on its lead.
import { announceChange, arrivalOf } from '#domains/calls/index.ts';
import { setSource } from '#domains/interactions/index.ts';
import { leadSubject } from '#domains/leads/index.ts';
import { type LikelyVisit, likelyVisits, visitsOf } from '#domains/visitors/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { attributeCallJob } from './jobs.ts';
import { judgeInteraction } from './judge-interaction.ts';
import {
  insertAttribution,
  insertTouchpoints,
  isAttributed,
  linkVisitor,
  visitorsOfLead,
} from './store.ts';

/** Of one lead, taken at one interaction: who visits more often than that is no ordinary customer. */
const MOST_VISITS = 200;
/** of the visits that may stand behind a call, those that are kept with it */
const MOST_CANDIDATES = 10;

type Slice = Pick<Platform, 'db' | 'events' | 'clock'>;
type Arrival = NonNullable<Awaited<ReturnType<typeof arrivalOf>>>;

/**
 * The worker's side of `attribution.attribute-call`.
 * Outcomes: gone, already-done, and what it was judged by: NUMBER_HELD, CALLER_HISTORY, TRACKER.
 */
export function attributeCallHandler(
  slice: Slice,
): JobHandler<{ accountId: string; callId: string }> {
  return {
    definition: attributeCallJob,
    run: ({ accountId, callId }) =>
      slice.db.transaction(async (tx) => {
        const seen = await arrivalOf(tx, accountId, callId);
        if (!seen) return 'gone';
        const subjects = [`call:${callId}`, ...(seen.leadId ? [leadSubject(seen.leadId)] : [])];
        await slice.events.lock(tx, accountId, subjects);
        // it may have been erased, or judged, while the locks were waited for
        const arrival = await arrivalOf(tx, accountId, callId);
        if (!arrival) return 'gone';
        if (await isAttributed(tx, accountId, callId)) return 'already-done';
        return attribute(tx, slice, accountId, arrival);
      }),
  };
}

async function attribute(tx: Tx, slice: Slice, accountId: string, call: Arrival): Promise<string> {
  const { id, companyId, leadId, tracker, occurredAt } = call;
  const known = leadId ? await visitorsOfLead(tx, accountId, leadId) : new Set<string>();
  const likely =
    tracker?.type === 'SESSION'
      ? await likelyVisits(tx, accountId, {
          number: call.to,
          at: occurredAt,
          now: slice.clock.now(accountId),
          known,
        })
      : [];
  const upTo = { until: occurredAt, limit: MOST_VISITS };
  const [lastVisit] = await visitsOf(tx, accountId, companyId, [...known], { ...upTo, limit: 1 });
  const judged = judgeInteraction({ tracker, likely, lastVisit: lastVisit ?? null });
  await insertAttribution(tx, accountId, {
    id,
    basis: judged.basis,
    sessionId: judged.sessionId,
    confidence: judged.confidence,
    candidates: likely.slice(0, MOST_CANDIDATES).map(toCandidate),
  });
  const sourceId = judged.sourceId ?? call.sourceId;
  if (leadId) {
    const { knownVisitorId } = judged;
    if (knownVisitorId) {
      await linkVisitor(tx, accountId, leadId, knownVisitorId);
      known.add(knownVisitorId);
    }
    const visits = await visitsOf(tx, accountId, companyId, [...known], upTo);
    await insertTouchpoints(tx, accountId, leadId, [
      ...visits.map((visit) => ({
        id: visit.sessionId,
        at: visit.startedAt,
        sourceId: visit.sourceId,
        interactionId: null,
      })),
      ...touchpointOfCall(call, judged, visits, sourceId),
    ]);
  }
  if (sourceId !== call.sourceId) await setSource(tx, accountId, id, sourceId);
  // a source tracker's call is what it was said to be when it rang: nothing to tell
  if (judged.basis !== 'TRACKER' || sourceId !== call.sourceId) {
    const changes = ['attribution', ...(sourceId === call.sourceId ? [] : ['source'])];
    await announceChange(tx, slice, { accountId, callId: id, companyId }, changes);
  }
  return judged.basis;
}

function toCandidate({ sessionId, probability, reasons }: LikelyVisit) {
  return { sessionId, probability, reasons };
}

/** The call itself is a touchpoint where no visit of the lead stands for it. */
function touchpointOfCall(
  call: Arrival,
  judged: { sessionId: string | null },
  visits: readonly { sessionId: string }[],
  sourceId: string | null,
) {
  const isCounted = visits.some(({ sessionId }) => sessionId === judged.sessionId);
  if (isCounted || sourceId === null) return [];
  return [{ id: call.id, at: call.occurredAt, sourceId, interactionId: call.id }];
}
