// Writes events in the transaction that makes them true, and wakes the readers once it has committed.
import { afterCommit, prepare, runSql, type SqlTx } from '#platform/db/index.ts';
import type { NewEvent } from './events.ts';

// The position's parts come from the table's defaults: the epoch, this transaction's id, and the sequence in list order.
const INSERT = prepare(`
  with appended as (
    insert into event (account_id, company_id, type, subject, subject_version, occurred_at, payload)
    select $1::uuid, company_id, type, subject, subject_version, occurred_at, payload
      from jsonb_to_recordset($2::jsonb) as new(n int, company_id uuid, type text, subject text,
                                                subject_version int, occurred_at timestamptz, payload jsonb)
     order by n
    returning xid)
  select xid::text from appended limit 1`);

/** what happened in this time may be told late with its own time */
const LATE_MS = 86_400_000;

/**
 * The time of an event in the log. Months of the log are dropped whole: one of long ago would stand among events that are
 * dropped soon, and with it every cursor behind it would expire, or where nothing is ever dropped.
 */
function timeInLog({ occurredAt }: NewEvent, now: Date | null): Date {
  return now && occurredAt.getTime() < now.getTime() - LATE_MS ? now : occurredAt;
}

const PAYLOAD_LIMIT_BYTES = 16_384;

/** The payload as its definition shapes it. Throws with the event's type, the field and what is wrong. */
function checkPayload({ definition, payload }: NewEvent): object {
  const result = definition.payload.safeParse(payload);
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`,
    );
    throw new Error(`An event ${definition.type} has a wrong payload. ${faults.join('; ')}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(result.data));
  if (bytes > PAYLOAD_LIMIT_BYTES) {
    throw new Error(
      `An event ${definition.type} has a payload of ${bytes} bytes; at most ${PAYLOAD_LIMIT_BYTES}. Store the text and name its id.`,
    );
  }
  return result.data;
}

/**
 * Appends events to the log, in the order of the list, by one INSERT.
 * @param now business time: an event of more than a day before stands in the log as one of now; null = none does
 * @param wake called after the commit with the transaction's id
 * @throws when a payload does not have its definition's shape or is above 16 KB; nothing is written then.
 */
export async function appendEvents(
  tx: SqlTx,
  accountId: string,
  events: readonly NewEvent[],
  now: Date | null,
  wake: (xid: bigint) => void,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, n) => ({
    n,
    company_id: event.companyId,
    type: event.definition.type,
    subject: event.subject,
    subject_version: event.subjectVersion,
    occurred_at: timeInLog(event, now),
    payload: checkPayload(event),
  }));
  const [row] = (await runSql(tx, INSERT, [accountId, JSON.stringify(rows)])) as { xid: string }[];
  if (row) afterCommit(tx, () => wake(BigInt(row.xid)));
}
