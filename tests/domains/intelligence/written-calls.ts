// Many calls that were written down, as copies of one.
import type pg from 'pg';
import { copyRows, idOfCopy } from '#tests/support/copy-rows.ts';

/** Writes so many calls with transcripts beside one, each a second after the one before. */
export async function writeCalls(
  pool: pg.Pool,
  { accountId, callId }: { accountId: string; callId: string },
  times: number,
): Promise<void> {
  const of = (column: string) => ({
    ...{ where: `o.account_id = $2 and o.${column} = $3`, given: [accountId, callId], times },
  });
  const call_id = idOfCopy('call');
  const recording_id = idOfCopy('recording');
  const occurred_at = `o.occurred_at + n * interval '1 second'`;
  await copyRows(pool, 'interaction', { id: call_id, occurred_at }, of('id'));
  await copyRows(pool, 'call', { id: call_id, carrier_session_id: `${call_id}::text` }, of('id'));
  await copyRows(pool, 'recording', { id: recording_id, call_id }, of('call_id'));
  const transcript = { id: idOfCopy('transcript'), call_id, recording_id };
  await copyRows(pool, 'transcript', transcript, of('call_id'));
  await pool.query('vacuum analyze interaction, transcript');
}
