// A form that has overtaken its visit: pages send it at once and once more behind the visit, and by then that is known.
import {
  announceChanges,
  bumpVersion,
  setOccurredAt,
  setSource,
} from '#domains/interactions/index.ts';
import { visitOfSender } from '#domains/visitors/index.ts';
import type { FormSubmission } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { writeVisit } from './store.ts';

/**
 * Puts a stored form to the visit that its next copy is of, and to the source of that visit, and tells of it; like any form it
 * does not stand before its visit, which begins when the server hears of it. Nothing happens
 * to one that has a visit, was sent without consent, or whose visit has still not come. The caller holds the form's lock.
 */
export async function joinVisit(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  stored: FormSubmission,
  copy: Parameters<typeof visitOfSender>[1],
): Promise<void> {
  if (stored.sessionId || stored.consentDenied) return;
  const { accountId, companyId, id } = stored;
  const { sessionId, sourceId, at } = await visitOfSender(tx, { ...copy, at: stored.submittedAt });
  if (!sessionId) return;
  await writeVisit(tx, stored, { sessionId, submittedAt: at });
  await setOccurredAt(tx, accountId, id, at);
  if (sourceId) await setSource(tx, accountId, id, sourceId);
  const version = await bumpVersion(tx, accountId, id);
  const changes = ['session', ...(sourceId ? ['source'] : [])];
  const changed = { id, kind: 'FORM' as const, version, changes };
  await announceChanges(tx, platform, { accountId, companyId }, [changed]);
}
