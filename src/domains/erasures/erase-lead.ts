// Erasing a person: asked for here, done by a job in steps that go on where a killed worker left them.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { leadSubject, markErasing, readTree, refuseMerged } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { CHANNELS } from './channels.ts';
import { eraseLeadJob } from './jobs.ts';
import { insertLeadErasure, type LeadErasureRow, readLeadErasure } from './store-lead-erasures.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>;

const shape = z.object({ leadId: z.uuid(), idempotencyKey: z.string().nullish() });

/**
 * Has a lead erased, with all that was merged into it and all that comes to it until then. It can neither be merged nor
 * split meanwhile.
 * @returns the receipt, the first one when it was asked for before. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   WRONG_STATE (it was merged into another), IDEMPOTENCY_KEY_CONFLICT.
 */
export async function eraseLead(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<LeadErasureRow> {
  authorize(viewer, 'leads.erase');
  for (const { verb } of Object.values(CHANNELS)) authorize(viewer, verb);
  const { leadId, idempotencyKey } = parseInput(shape, request);
  return once(
    platform,
    viewer,
    { mutation: 'eraseLead', key: idempotencyKey, request: { leadId } },
    (tx) => begin(tx, platform, viewer, leadId),
    answerById('LeadErasure', (tx, id) => readLeadErasure(tx, viewer.accountId, { id })),
  );
}

async function begin(
  tx: Tx,
  { events, clock, jobs }: Needs,
  viewer: Viewer,
  leadId: string,
): Promise<LeadErasureRow> {
  const { accountId } = viewer;
  await events.lock(tx, accountId, [leadSubject(leadId)]);
  const erasedBefore = await readLeadErasure(tx, accountId, { leadId });
  if (erasedBefore && seesCompany(viewer, erasedBefore.companyId)) return erasedBefore;
  const tree = await readTree(tx, accountId, leadId);
  const lead = tree.find(({ id }) => id === leadId);
  if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
  refuseMerged(lead, 'leadId');
  const { companyId } = lead;
  const at = clock.now(accountId);
  const erasure = await insertLeadErasure(tx, {
    ...{ accountId, id: newId(), companyId, leadId },
    ...{ requestedBy: nameActor(viewer.actor), requestedAt: at },
  });
  await markErasing(tx, accountId, leadId, at);
  const leadErasureId = erasure.id;
  const payload = { accountId, leadErasureId };
  await jobs.enqueue(tx, eraseLeadJob, payload, { singletonKey: leadErasureId });
  await audit(tx, viewer, clock, {
    action: 'eraseLead',
    subject: leadSubject(leadId),
    after: { leadErasureId },
  });
  return erasure;
}
