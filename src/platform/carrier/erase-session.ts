// Erasure of what crossed the wire for a call or for texts: what the carrier's webhooks said, and our commands. Forms and
// chats are remembered here too, by their ids: browsers send them again. The webhooks'
// ids stay, and the sessions are remembered: the carrier sends again for a day what it thinks has not arrived, and would
// bring back what was erased.
import { preparedSql, type SqlTx, type Tx, tenantSql } from '#platform/db/index.ts';

/**
 * Empties the webhooks, deletes the commands, and remembers the sessions. What comes of them later is emptied too: by the
 * inbox where nobody reads it, else by whoever steps it (isErasedSession).
 * @param of.sessions the carrier's call session; of texts the carrier's ids, and ours by which it may name them; the id of a
 *   form or a chat
 * @param of.subject what our commands belong to: call:<id>
 * @returns how many webhooks there were
 */
export async function eraseSessions(
  tx: SqlTx,
  accountId: string,
  { sessions, subject, at }: { sessions: readonly string[]; subject: string; at: Date },
): Promise<number> {
  const sql = tenantSql(accountId);
  // one statement: a webhook that is stored after it began still waits, and is emptied by whoever steps it
  const emptied = await sql`
    with remembered as (
      insert into erased_session (account_id, session, erased_at)
      select ${sql.account}, session, ${at}::timestamptz from unnest(${sessions}::text[]) session
          on conflict do nothing),
    dropped as (
      delete from carrier_command where account_id = ${sql.account} and subject = ${subject})
    update carrier_event
       set body = '{}', error = null,
           state = case when state in ('RECEIVED', 'FAILED') then 'IGNORED' else state end
     where account_id = ${sql.account} and session = any(${sessions}::text[])
    returning id`.rows(tx);
  return emptied.length;
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
  tx: SqlTx,
  accountId: string,
  session: string,
): Promise<boolean> {
  const sql = preparedSql(accountId);
  const found = await sql`
    select session from erased_session
     where account_id = ${sql.account} and session = ${session}`.rows(tx);
  return found.length > 0;
}
