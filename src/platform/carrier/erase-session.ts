// Erasure of what crossed the wire for a call or for texts: what the carrier's webhooks said, and our commands. Forms and
// chats are remembered here too, by their ids: browsers send them again. The webhooks'
// ids stay, and the sessions are remembered: the carrier sends again for a day what it thinks has not arrived, and would
// bring back what was erased.
import { type Tx, tenantSql } from '#platform/db/index.ts';

/**
 * Empties the webhooks, deletes the commands, and remembers the sessions. What comes of them later is emptied too: by the
 * inbox where nobody reads it, else by whoever steps it (isErasedSession).
 * @param of.sessions the carrier's call session; of texts the carrier's ids, and ours by which it may name them; the id of a
 *   form or a chat
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
  const sql = tenantSql(accountId);
  // one statement: one that is stored after it has begun still waits, and is emptied by whoever steps it
  const events = await sql`
    update carrier_event
       set body = '{}', error = null,
           state = case when state in ('RECEIVED', 'FAILED') then 'IGNORED' else state end
     where account_id = ${sql.account} and session = any(${[...sessions]}::text[])
    returning 1 as one`.rows(tx);
  await tx.carrierCommand.deleteMany({ where: { accountId, subject } });
  return events.length;
}

/**
 * Texts from some numbers whose webhooks nobody has stepped, or could, and calls that could not: no row of ours names them
 * yet. A call whose step is still to come is somebody who is on the line.
 * @param senders E.164
 * @returns their sessions, and the numbers that they are to
 */
export async function findUnstepped(
  tx: Tx,
  accountId: string,
  senders: readonly string[],
): Promise<{ session: string; to: string }[]> {
  const sql = tenantSql(accountId);
  // two searches, each by the index of its state
  return sql`
    select session, coalesce(body #>> '{data,payload,to,0,phone_number}', body #>> '{data,payload,to}', '') as to
      from (select * from carrier_event
             where account_id = ${sql.account} and state = 'FAILED' and kind in ('message.received', 'call.initiated')
            union all
            select * from carrier_event
             where account_id = ${sql.account} and state = 'RECEIVED' and kind = 'message.received') e
     where e.account_id = ${sql.account}
       and coalesce(body #>> '{data,payload,from,phone_number}', body #>> '{data,payload,from}')
           = any(${senders}::text[])`.rows<{ session: string; to: string }>(tx);
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
