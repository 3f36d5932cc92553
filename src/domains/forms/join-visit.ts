// A form that has overtaken its visit: pages send it at once and once more behind the visit, and by then that is known.
import { announceChanges, bumpVersion, setSource } from '#domains/interactions/index.ts';
import { visitOfSender } from '#domains/visitors/index.ts';
import type { FormSubmission } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { writeSession } from './store.ts';

/**
 * Puts a stored form to the visit that its next copy is of, and to the source of that visit, and tells of it. Nothing happens
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
  const { sessionId, sourceId } = await visitOfSender(tx, copy);
  if (!sessionId) return;
  await writeSession(tx, stored, sessionId);
  if (sourceId) await setSource(tx, accountId, id, sourceId);
  const version = await bumpVersion(tx, accountId, id);
  const changes = ['session', ...(sourceId ? ['source'] : [])];
  const changed = { id, kind: 'FORM' as const, version, changes };
  await announceChanges(tx, platform, { accountId, companyId }, [changed]);
}
