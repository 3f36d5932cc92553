// The way out for a draft that a person has approved as it stands: it is handed out with the addresses that it may go to.
// This server sends it nowhere.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { holdDraft, isApproved } from './hold-draft.ts';

const shape = z.object({ insightId: z.uuid() });

/** A mail as a person may send it: `to` are the lead's addresses, none when none is known. */
export interface FollowUpEmail {
  id: string;
  to: string[];
  subject: string;
  text: string;
}

/**
 * Hands out an approved draft with the addresses of the lead. The audit log tells that it was.
 * @throws Forbidden; Refused NOT_FOUND, AI_REVIEW_REQUIRED, WRONG_STATE
 */
export async function releaseFollowUpEmail(
  slice: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<FollowUpEmail> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'personal.read');
  const { insightId } = parseInput(shape, request);
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
    const identities = leadId
      ? await tx.leadIdentity.findMany({
          where: { accountId, leadId, kind: 'EMAIL' },
          select: { value: true },
        })
      : [];
    await audit(tx, viewer, slice.clock, {
      ...{ action: 'releaseFollowUpEmail', subject: `insight:${insightId}` },
      after: { version: draft.version },
    });
    const { id, subject, text } = draft;
    return { id, subject: subject ?? '', text, to: identities.map(({ value }) => value) };
  });
}
