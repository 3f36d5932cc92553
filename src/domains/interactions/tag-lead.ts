// Tags of a lead itself, by name, besides those of its interactions.
import { z } from 'zod';
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeLead } from '#domains/leads/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { tagChangeShape, weighTags } from './change-tags.ts';
import { readLeadTags, writeLeadTags } from './store-lead-tags.ts';

const shape = z.object({
  leadId: z.uuid(),
  tags: tagChangeShape,
  expectedVersion: z.int().nullish(),
  idempotencyKey: z.string().nullish(),
});

const LEAD_ID: AnswerCodec<string> = {
  store: (leadId) => ({ leadId }),
  restore: async (_tx, stored) => String(stored.leadId),
};

/**
 * Says which tags a lead has, and appends lead.updated (tags).
 * @param request.tags `set`, or `add` and `remove`; at most 50 on one lead
 * @returns the lead's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE (merged into
 *   another), IDEMPOTENCY_KEY_CONFLICT.
 */
export async function tagLead(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'leads.annotate');
  const { idempotencyKey: key, ...input } = parseInput(shape, request);
  const { accountId } = viewer;
  const { leadId, tags, expectedVersion } = input;
  return once(
    platform,
    viewer,
    { mutation: 'tagLead', key, request: input },
    async (tx) => {
      const wanted = { leadId, expectedVersion, verb: 'tagLead' };
      await changeLead(tx, platform, viewer, wanted, async ({ companyId }, at) => {
        const [before = []] = await readLeadTags(tx, accountId, [leadId]);
        const names = before.map(({ name }) => name);
        const change = weighTags('A lead', names, tags);
        if (change.add.length === 0 && change.remove.length === 0) return { changes: [] };
        await writeLeadTags(tx, { accountId, companyId, leadId, at }, change);
        return { changes: ['tags'] };
      });
      return leadId;
    },
    LEAD_ID,
  );
}
