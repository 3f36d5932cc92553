// The gate between what a machine wrote and a customer (L25): a person approves a draft as it stands. Whatever changes in it
// closes the gate again; release-follow-up-email.ts is what lies behind.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { announceChange } from '#domains/calls/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { approveDraft } from '../insights/store-insights.ts';
import { holdDraft } from './hold-draft.ts';

const shape = z.object({ insightId: z.uuid(), expectedVersion: z.int() });

/**
 * Approves a draft in the version that the person has read, with call.updated (insights).
 * @returns the insight's id
 * @throws Forbidden (also for keys); Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE
 */
export async function approveFollowUpEmail(
  slice: Pick<Platform, 'db' | 'events' | 'clock'>,
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
    const approval = { approvedBy: nameActor(viewer.actor), at: slice.clock.now(accountId) };
    const { version } = await approveDraft(tx, accountId, draft, approval);
    await audit(tx, viewer, slice.clock, {
      ...{ action: 'approveFollowUpEmail', subject: `insight:${insightId}` },
      after: { version },
    });
    const of = { accountId, callId: call.id, companyId: call.companyId };
    await announceChange(tx, slice, of, ['insights']);
    return insightId;
  });
}
