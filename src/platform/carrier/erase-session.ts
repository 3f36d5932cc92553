// Erasure of what crossed the wire for a call or for texts: what the carrier's webhooks said, and our commands. The webhooks'
// ids stay, and the sessions are remembered: the carrier sends again for a day what it thinks has not arrived, and would
// bring back what was erased.
import type { Tx } from '#platform/db/index.ts';

/**
 * Empties the webhooks, deletes the commands, and remembers the sessions. What comes of them later is emptied too: by the
 * inbox where nobody reads it, else by whoever steps it (isErasedSession).
 * @param of.sessions the carrier's call session; of texts the carrier's ids, and ours by which it may name them
 * @param of.subject what our commands belong to: call:<id>
 * @returns how many webhooks there were
 */
export async function eraseSessions(
  tx: Tx,
  accountId: string,
  { sessions, subject, at }: { sessions: readonly string[]; subject: string; at: Date },
): Promise<number> {
  const data = sessions.map((session) => ({ accountId, session, erasedAt: at }));
  await tx.erasedSession.createMany({ data, skipDuplicates: true });
  const events = { accountId, session: { in: [...sessions] } };
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
