// Erasure of what crossed the wire for one call: what the carrier's webhooks said, and our commands. The webhooks' ids
// stay, and the session is remembered: the carrier sends again for a day what it thinks has not arrived, and would bring
// the call back.
import type { Tx } from '#platform/db/index.ts';

/**
 * Empties the webhooks, deletes the commands, and remembers the session. What comes of it later is emptied too: by the
 * inbox where nobody reads it, else by whoever steps it (isErasedSession).
 * @param of.session the carrier's call session
 * @param of.subject what our commands belong to: call:<id>
 * @returns how many webhooks there were
 */
export async function eraseSession(
  tx: Tx,
  accountId: string,
  { session, subject, at }: { session: string; subject: string; at: Date },
): Promise<number> {
  const events = { accountId, session };
  await tx.erasedSession.createMany({ data: [{ ...events, erasedAt: at }], skipDuplicates: true });
  const { count } = await tx.carrierEvent.updateMany({
    where: events,
    data: { body: {}, error: null },
  });
  await tx.carrierEvent.updateMany({
    where: { ...events, state: { in: ['RECEIVED', 'FAILED'] } },
    data: { state: 'IGNORED' },
  });
  await tx.carrierCommand.deleteMany({ where: { accountId, subject } });
  return count;
}

/** Whether a session was erased. The caller holds the session's lock. */
export async function isErasedSession(
  tx: Tx,
  accountId: string,
  session: string,
): Promise<boolean> {
  const key = { accountId_session: { accountId, session } };
  return (await tx.erasedSession.findUnique({ where: key })) !== null;
}
