// Erasure of what crossed the wire for one call: what the carrier's webhooks said, and our commands. The webhooks' ids
// stay: the carrier sends again for a day what it thinks has not arrived, and would bring the call back.
import type { Tx } from '#platform/db/index.ts';

/**
 * Empties the webhooks and deletes the commands.
 * @param of.session the carrier's call session
 * @param of.subject what our commands belong to: call:<id>
 */
export async function eraseSession(
  tx: Tx,
  accountId: string,
  { session, subject }: { session: string; subject: string },
): Promise<void> {
  const events = { accountId, session };
  await tx.carrierEvent.updateMany({ where: events, data: { body: {}, error: null } });
  await tx.carrierEvent.updateMany({
    where: { ...events, state: { in: ['RECEIVED', 'FAILED'] } },
    data: { state: 'IGNORED' },
  });
  await tx.carrierCommand.deleteMany({ where: { accountId, subject } });
}
