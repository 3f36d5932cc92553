// The gate between what a machine wrote and a customer (L25): a person approves a draft as it stands, and only then is it
// handed out with the address that it may go to. Whatever changes in it closes the gate again. This server sends it nowhere.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { announceChange } from '#domains/calls/index.ts';
import type { Insight } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { approveDraft } from './store-insights.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'clock'>;

const shape = z.object({ insightId: z.uuid(), expectedVersion: z.int() });
const releaseShape = z.object({ insightId: z.uuid() });

/** A mail as a person may send it: `to` are the lead's addresses, none when none is known. */
export interface FollowUp {
  id: string;
  to: string[];
  subject: string;
  text: string;
}

/** The draft and its call, under the call's lock. Throws Refused NOT_FOUND. */
async function holdDraft(tx: Tx, { events }: Slice, viewer: Viewer, id: string) {
  const { accountId } = viewer;
  const where = { accountId, id, kind: 'FOLLOW_UP_EMAIL', hidden: false } as const;
  const call = { select: { id: true, companyId: true, interaction: { select: { leadId: true } } } };
  const seen = await tx.insight.findFirst({
    where,
    select: { run: { select: { transcript: { select: { call } } } } },
  });
  const of = seen?.run.transcript.call;
  if (!of || !seesCompany(viewer, of.companyId)) throw notFound('insightId', 'Insight');
  await events.lock(tx, accountId, [`call:${of.id}`]);
  const draft = await tx.insight.findFirst({ where });
  if (!draft) throw notFound('insightId', 'Insight');
  return { draft, call: of };
}

/** Whether a person has approved a draft as it stands. */
export function isApproved({
  version,
  approvedVersion,
}: Pick<Insight, 'version' | 'approvedVersion'>) {
  return version === approvedVersion;
}

/**
 * Approves a draft in the version that the person has read, with call.updated (insights).
 * @returns the insight's id
 * @throws Forbidden (also for keys); Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function approveFollowUp(
  slice: Slice,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'insights.approve');
  authorize(viewer, 'transcripts.read');
  const { insightId, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  return slice.db.transaction(async (tx) => {
    const { draft, call } = await holdDraft(tx, slice, viewer, insightId);
    if (draft.version !== expectedVersion) throw versionConflict(draft.version);
    const { version } = await approveDraft(tx, accountId, draft, nameActor(viewer.actor));
    await audit(tx, viewer, slice.clock, {
      ...{ action: 'approveFollowUpEmail', subject: `insight:${insightId}` },
      after: { version },
    });
    const of = { accountId, callId: call.id, companyId: call.companyId };
    await announceChange(tx, slice, of, ['insights']);
    return insightId;
  });
}

/**
 * Hands out an approved draft with the addresses of the lead. The audit log tells that it was.
 * @throws Forbidden; Refused NOT_FOUND, AI_REVIEW_REQUIRED
 */
export async function releaseFollowUp(
  slice: Slice,
  viewer: Viewer,
  request: z.input<typeof releaseShape>,
): Promise<FollowUp> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'personal.read');
  const { insightId } = parseInput(releaseShape, request);
  const { accountId } = viewer;
  return slice.db.transaction(async (tx) => {
    const { draft, call } = await holdDraft(tx, slice, viewer, insightId);
    if (!isApproved(draft)) {
      throw policyRefused(
        'AI_REVIEW_REQUIRED',
        'A language model wrote this. Read it, correct it with updateInsight, then approve it with approveFollowUpEmail.',
        { field: 'insightId' },
      );
    }
    const { leadId } = call.interaction;
    const identities = await tx.leadIdentity.findMany({
      where: { accountId, leadId: leadId ?? insightId, kind: 'EMAIL' },
      select: { value: true },
    });
    await audit(tx, viewer, slice.clock, {
      ...{ action: 'releaseFollowUpEmail', subject: `insight:${insightId}` },
      after: { version: draft.version },
    });
    const { id, subject, text } = draft;
    return { id, subject: subject ?? '', text, to: identities.map(({ value }) => value) };
  });
}
