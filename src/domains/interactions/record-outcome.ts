// What became of a lead, as those tell it who sell: once for each key, and again when it turns out otherwise.
import { z } from 'zod';
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { changeInteraction } from './change-interaction.ts';
import { CHANNELS } from './channels.ts';
import { readTelling } from './read-telling.ts';
import { SETTABLE_STATUSES } from './score-interaction.ts';
import { readInteraction } from './store.ts';

const shape = z
  .object({
    leadId: z.uuid().nullish(),
    interactionId: z.uuid().nullish(),
    status: z.enum(SETTABLE_STATUSES).nullish(),
    valueCents: z.number().nullish(),
    idempotencyKey: z.string().nullish(),
  })
  .refine(
    ({ leadId, interactionId }) => Boolean(leadId) !== Boolean(interactionId),
    'Give either leadId or interactionId.',
  );

const INTERACTION_ID: AnswerCodec<string> = {
  store: (interactionId) => ({ interactionId }),
  restore: async (_tx, stored) => String(stored.interactionId),
};

/**
 * Records an outcome: status and value of an interaction. Said again with another key it corrects what was said; absent =
 * unchanged, value null = cleared.
 * @param request.leadId stands for the interaction that made the lead a good one, else for its first
 * @returns the interaction's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (the lead has no
 *   interaction), ALREADY_GOOD_LEAD, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function recordOutcome(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'leads.read');
  const { idempotencyKey: key, ...input } = parseInput(shape, request);
  const { status, valueCents } = input;
  if (status == null && valueCents === undefined) {
    throw invalidInput('status', 'Give status, valueCents or both.');
  }
  return once(
    platform,
    viewer,
    { mutation: 'recordOutcome', key, request: input },
    async (tx) => {
      const { id: interactionId, kind } = await findTarget(tx, viewer, input);
      authorize(viewer, CHANNELS[kind].changes);
      await changeInteraction(tx, platform, viewer, {
        ...{ interactionId, kind, verb: 'recordOutcome', valueCents },
        leadStatus: status ?? undefined,
      });
      return interactionId;
    },
    INTERACTION_ID,
  );
}

async function findTarget(
  tx: Tx,
  viewer: Viewer,
  {
    leadId,
    interactionId,
  }: { leadId?: string | null | undefined; interactionId?: string | null | undefined },
) {
  const { accountId } = viewer;
  if (interactionId) {
    const found = await readInteraction(tx, accountId, interactionId);
    if (!found || !seesCompany(viewer, found.companyId)) {
      throw notFound('interactionId', 'interaction');
    }
    return found;
  }
  const lead = await readTelling(tx, accountId, leadId ?? '');
  if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
  if (!lead.telling) {
    const message =
      'This lead has no interaction that an outcome could be recorded on. If it was merged, name the lead that it is part of.';
    throw policyRefused('WRONG_STATE', message, { field: 'leadId' });
  }
  return lead.telling;
}
