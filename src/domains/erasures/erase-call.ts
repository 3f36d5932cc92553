// Erasing a call: everything that the database knows of it goes in one transaction, with the audit entry, the receipt and
// the job that removes its media. Jobs and webhooks that come later find nothing, and what was erased does not come back.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { deleteClaims } from '#domains/attribution/index.ts';
import { changeCallIn, eraseCall as eraseCallRows } from '#domains/calls/index.ts';
import {
  consentLocksOfLead,
  consentSubjectsOfLead,
  eraseConsentOfLead,
} from '#domains/consent/index.ts';
import { deleteInteraction, readOthers } from '#domains/interactions/index.ts';
import { deleteLead, leadLocks, leadSubject, readTree } from '#domains/leads/index.ts';
import { forgetInteraction } from '#domains/reports/index.ts';
import { forgetTranscripts } from '#domains/transcripts/index.ts';
import { eraseDeliveries } from '#domains/webhooks/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { removeErasedMediaJob } from './jobs.ts';
import { type ErasureRow, insertErasure, readErasure } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'search'>;

const shape = z.object({ callId: z.uuid(), idempotencyKey: z.string().nullish() });

/**
 * Erases a call that has ended. Its lead goes with it when no other interaction tells of that person; else the lead stays
 * and is scored by what is left.
 * @returns the receipt, the first one when the call was erased before. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   WRONG_STATE while the call goes on, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function eraseCall(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ErasureRow> {
  authorize(viewer, 'calls.erase');
  const { callId, idempotencyKey } = parseInput(shape, request);
  return once(
    platform,
    viewer,
    { mutation: 'eraseCall', key: idempotencyKey, request: { callId } },
    (tx) => eraseIn(tx, platform, viewer, callId),
    answerById('Erasure', (tx, id) => readErasure(tx, viewer.accountId, { id })),
  );
}

async function eraseIn(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  callId: string,
): Promise<ErasureRow> {
  const { events, clock, jobs } = platform;
  const { accountId } = viewer;
  const seen = await findCall(tx, accountId, callId);
  if (!seen) return erasedBefore(tx, viewer, callId);
  if (!seesCompany(viewer, seen.companyId)) throw notFound('callId', 'Call');
  const { companyId, carrierSessionId: session } = seen;
  // in the order in which a step of the call takes them
  await events.lock(tx, accountId, [`session:${session}`]);
  let call: Awaited<ReturnType<typeof findCall>> = seen;
  // its lead may be merged while the locks are waited for
  for (let leadId: string | null | undefined; call && leadId !== call.interaction.leadId; ) {
    leadId = call.interaction.leadId;
    const ofLead = leadId ? await leadLocks(tx, accountId, leadId) : [];
    await events.lock(tx, accountId, [`call:${callId}`, ...ofLead]);
    call = await findCall(tx, accountId, callId);
  }
  const leadId = call?.interaction.leadId ?? null;
  // with the lead's locks no number of theirs is new
  if (leadId) await events.lock(tx, accountId, await consentLocksOfLead(tx, accountId, leadId));
  await platform.search.lock(tx, accountId);
  if (!call) return erasedBefore(tx, viewer, callId);
  if (call.state !== 'ENDED') {
    const message = 'This call is still going on. Erase it when it has ended.';
    throw policyRefused('WRONG_STATE', message, { field: 'callId' });
  }
  const others = leadId ? await readOthers(tx, accountId, leadId, callId) : [];
  const leadGoes = leadId !== null && others.length === 0;
  if (leadId && !leadGoes) {
    // the lead, and what came after this call, must not go on being scored by it
    const clear = { callId, leadStatus: null, valueCents: null };
    await changeCallIn(tx, platform, viewer, 'eraseCall', clear);
  }
  // those that were merged into it are the same person
  const tree = leadId ? await readTree(tx, accountId, leadId) : [];
  const ofTheLead = tree.map(({ id }) => leadSubject(id));
  const withLead = leadGoes
    ? [...ofTheLead, ...(await consentSubjectsOfLead(tx, accountId, leadId))]
    : [];
  const going = [`call:${callId}`, ...withLead];
  // a selection leads from a call to its lead, and from there to all that is told of that person
  const mayTell = leadGoes
    ? []
    : [...ofTheLead, ...others.map(({ id, kind }) => `${kind.toLowerCase()}:${id}`)];
  const webhookDeliveries = await eraseDeliveries(tx, platform, accountId, going, mayTell);
  const transcripts = await tx.transcript.count({ where: { accountId, callId } });
  await forgetTranscripts(tx, platform, accountId, [callId]);
  const erased = await eraseCallRows(tx, platform, accountId, callId);
  if (!erased) throw new Error('A call went though its lock was held.');
  await deleteInteraction(tx, accountId, callId);
  await forgetInteraction(tx, platform, accountId, {
    ...{ id: callId, companyId, leadId: leadGoes ? null : leadId },
  });
  let consentEntries = 0;
  if (leadGoes) {
    await deleteClaims(tx, accountId, leadId);
    consentEntries = await eraseConsentOfLead(tx, accountId, leadId);
    await deleteLead(tx, accountId, leadId);
  }
  const { recordingIds, carrierRecordingIds, carrierEvents } = erased;
  const figures = {
    recordings: recordingIds.length,
    transcripts,
    leads: leadGoes ? 1 : 0,
    carrierEvents,
    webhookDeliveries,
    consentEntries,
  };
  const erasure = await insertErasure(tx, {
    ...{ accountId, id: newId(), companyId, callId, session, recordingIds, carrierRecordingIds },
    ...figures,
    requestedBy: nameActor(viewer.actor),
    requestedAt: clock.now(accountId),
  });
  const { id: erasureId } = erasure;
  await jobs.enqueue(
    tx,
    removeErasedMediaJob,
    { accountId, erasureId },
    { singletonKey: erasureId },
  );
  await audit(tx, viewer, clock, {
    action: 'eraseCall',
    subject: `call:${callId}`,
    after: { erasureId, ...figures },
  });
  return erasure;
}

function findCall(tx: Tx, accountId: string, id: string) {
  return tx.call.findUnique({
    where: { accountId_id: { accountId, id } },
    select: {
      companyId: true,
      state: true,
      carrierSessionId: true,
      interaction: { select: { leadId: true } },
    },
  });
}

async function erasedBefore(tx: Tx, viewer: Viewer, callId: string): Promise<ErasureRow> {
  const erasure = await readErasure(tx, viewer.accountId, { callId });
  if (!erasure || !seesCompany(viewer, erasure.companyId)) throw notFound('callId', 'Call');
  return erasure;
}
