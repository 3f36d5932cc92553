// A draft of a mail with the call that it was drawn from.
import type { Insight } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { refuseReplaced } from '../insights/last-run.ts';

/**
 * The draft and its call, under the call's lock.
 * @throws Refused NOT_FOUND, or WRONG_STATE when another was drawn since, or words of the call were corrected: what a person
 *   then reads there is no longer what it was drawn from
 */
export async function holdDraft(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  viewer: Viewer,
  id: string,
) {
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
  await refuseReplaced(tx, { accountId, insightId: id }, 'insightId');
  return { draft, call: of };
}

/** Whether a person has approved a draft as it stands. */
export function isApproved({
  version,
  approvedVersion,
}: Pick<Insight, 'version' | 'approvedVersion'>) {
  return version === approvedVersion;
}
