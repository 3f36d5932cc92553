// The job that says what brought an interaction: judged once, as soon as it came, and kept. A call over a pool's number is
// put down to a visit, a form to the one that it was sent in; each leaves touchpoints on its lead.
import { announceChanges, bumpVersion, setSource } from '#domains/interactions/index.ts';
import { leadSubject } from '#domains/leads/index.ts';
import {
  CERTAIN,
  type LikelyVisit,
  lastVisitOf,
  likelyVisits,
  visitsOf,
  wereShown,
} from '#domains/visitors/index.ts';
import type { AttributionBasis } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { attributeInteractionJob } from './jobs.ts';
import { HISTORY_CONFIDENCE, judgeInteraction } from './judge-interaction.ts';
import { type Arrival, readArrival, subjectOf } from './read-arrival.ts';
import {
  type CandidateRow,
  type FormerAttribution,
  insertAttribution,
  insertTouchpoints,
  isAttributed,
  linkVisitor,
  takeBackAttribution,
  visitorsOfLead,
} from './store.ts';
import { claimantsOfLead } from './store-claims.ts';

/** Of one lead, taken at one interaction: who visits more often than that is no ordinary customer. */
const MOST_VISITS = 200;
/** of the visits that may stand behind a call, those that are kept with it */
const MOST_CANDIDATES = 10;
/** what tells nothing that was not there when the interaction came */
const SILENT = new Set(['TRACKER', 'SOURCE_TOLD', 'CONSENT_DENIED', 'UNKNOWN']);

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>;

/**
 * The worker's side of `attribution.attribute-interaction`.
 * Outcomes: gone, already-done, and what it was judged by: NUMBER_HELD, SESSION_KNOWN, …  What is judged again, and comes to
 * the same, is told of once.
 */
export function attributeInteractionHandler(
  slice: Slice,
): JobHandler<{ accountId: string; interactionId: string; again?: boolean | undefined }> {
  return {
    definition: attributeInteractionJob,
    run: ({ accountId, interactionId: id, again }) =>
      slice.db.transaction(async (tx) => {
        let arrival = await readArrival(tx, accountId, id);
        // it may be erased, or its lead merged, while the locks are waited for
        for (let leadId: string | null | undefined; arrival && leadId !== arrival.leadId; ) {
          leadId = arrival.leadId;
          const subjects = [subjectOf(arrival), ...(leadId ? [leadSubject(leadId)] : [])];
          await slice.events.lock(tx, accountId, subjects);
          arrival = await readArrival(tx, accountId, id);
        }
        if (!arrival) return 'gone';
        if (!again && (await isAttributed(tx, accountId, id))) return 'already-done';
        const former = again ? await takeBackAttribution(tx, accountId, id) : null;
        return attribute(tx, slice, accountId, { arrival, former });
      }),
  };
}

async function attribute(
  tx: Tx,
  slice: Slice,
  accountId: string,
  { arrival, former }: { arrival: Arrival; former: FormerAttribution | null },
): Promise<string> {
  const { id, kind, companyId, leadId, dialled, occurredAt } = arrival;
  // the source that its person's history gave it was told by nobody: it is looked for anew
  const one = former?.basis === 'CALLER_HISTORY' ? { ...arrival, sourceId: null } : arrival;
  const known = leadId ? await knownVisitors(tx, slice, accountId, leadId) : new Set<string>();
  const likely =
    dialled?.tracker?.type === 'SESSION'
      ? await likelyVisits(tx, accountId, companyId, {
          number: dialled.to,
          at: occurredAt,
          now: slice.clock.now(accountId),
          known,
        })
      : [];
  // a visit begins when the server hears of it, and a form may have overtaken its own
  const until =
    arrival.visit && arrival.visit.startedAt > occurredAt ? arrival.visit.startedAt : occurredAt;
  const theirs = { visitorIds: [...known], until };
  const lastVisit = await lastVisitOf(tx, accountId, companyId, theirs);
  const isSavedNumber =
    likely.length > 0 &&
    !likely.some(({ visitorId }) => known.has(visitorId)) &&
    (await wereShown(tx, accountId, companyId, theirs, dialled?.to ?? ''));
  const judged = judgeInteraction({ ...one, likely, isSavedNumber, lastVisit });
  await insertAttribution(tx, accountId, {
    id,
    basis: judged.basis,
    sessionId: judged.sessionId,
    confidence: judged.confidence,
    candidates: likely.slice(0, MOST_CANDIDATES).map(isSavedNumber ? toUnlikely : toCandidate),
  });
  const sourceId = judged.sourceId ?? one.sourceId;
  let added = 0;
  if (leadId) {
    const { knownVisitorId } = judged;
    if (knownVisitorId) {
      await linkVisitor(tx, accountId, id, knownVisitorId);
      known.add(knownVisitorId);
    }
    const all = { ...theirs, visitorIds: [...known] };
    const visits = await visitsOf(tx, accountId, companyId, all, MOST_VISITS);
    added = await insertTouchpoints(tx, accountId, id, [
      ...visits.map((visit) => ({
        id: visit.sessionId,
        at: visit.startedAt < occurredAt ? visit.startedAt : occurredAt,
        sourceId: visit.sourceId,
        interactionId: null,
      })),
      ...touchpointOf(one, judged, visits, sourceId),
    ]);
  }
  const isMoved = sourceId !== null && sourceId !== arrival.sourceId;
  const isNews = added > 0 || !isSame(former, judged);
  if (isMoved) await setSource(tx, accountId, id, sourceId);
  if (isMoved || (isNews && !SILENT.has(judged.basis))) {
    const changes = ['attribution', ...(isMoved ? ['source'] : [])];
    const version = await bumpVersion(tx, accountId, id);
    await announceChanges(tx, slice, { accountId, companyId }, [{ id, kind, version, changes }]);
  }
  return judged.basis;
}

function isSame(former: FormerAttribution | null, judged: FormerAttribution): boolean {
  return (
    former?.basis === judged.basis &&
    former.sessionId === judged.sessionId &&
    former.confidence === judged.confidence
  );
}

/** The browsers that a lead was seen to use, and those that said to be theirs. */
async function knownVisitors(
  tx: Tx,
  { secrets }: Slice,
  accountId: string,
  leadId: string,
): Promise<Set<string>> {
  const seen = await visitorsOfLead(tx, accountId, leadId);
  return new Set([...seen, ...(await claimantsOfLead(tx, secrets, accountId, leadId))]);
}

function toCandidate({ sessionId, probability, reasons }: LikelyVisit): CandidateRow {
  return { sessionId, probability, reasons };
}

/** Of visits that are shown a number which the caller has saved: what their own history leaves. */
function toUnlikely({ sessionId, probability, reasons }: LikelyVisit): CandidateRow {
  const left = Math.floor((probability * (CERTAIN - HISTORY_CONFIDENCE)) / CERTAIN);
  return { sessionId, probability: left, reasons: [...reasons, 'SAVED_NUMBER'] };
}

/**
 * The interaction itself is a touchpoint where no visit of its browser stands for it. What was lost to consent is none: it
 * would take the credit for what the person does later.
 */
function touchpointOf(
  one: Arrival,
  judged: { visitorId: string | null; basis: AttributionBasis },
  visits: readonly { visitorId: string }[],
  sourceId: string | null,
) {
  const isCounted = visits.some(({ visitorId }) => visitorId === judged.visitorId);
  if (isCounted || sourceId === null || judged.basis === 'CONSENT_DENIED') return [];
  return [{ id: one.id, at: one.occurredAt, sourceId, interactionId: one.id }];
}
