// The one INSERT into the inbox, for the webhooks that arrive together.
import type { Pool } from 'pg';
import type { WebhookHead } from './telnyx-events.ts';

/** A webhook as it is to be stored: its body as it came, sealed or emptied. */
export interface ArrivedWebhook {
  accountId: string;
  head: WebhookHead;
  body: string;
  receivedAt: Date;
}

/** Stores them by one statement. Whether each was new; of one that is told twice within the group the first is. */
export async function storeWebhooks(
  pool: Pool,
  rows: readonly ArrivedWebhook[],
): Promise<boolean[]> {
  const { rows: stored } = await pool.query<{ account_id: string; id: string }>({
    name: 'carrier-inbox-store',
    text: `insert into carrier_event
             (account_id, id, kind, session, occurred_at, received_at, body, state, dialled)
           select account_id, id, kind, session, occurred_at, received_at,
                  case when state = 'IGNORED' and exists (select 1 from erased_session gone
                         where gone.account_id = arrived.account_id and gone.session = arrived.session)
                       then '{}' else body::jsonb end,
                  state, dialled
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                         $7::text[], $8::carrier_event_state[], $9::text[])
                  as arrived (account_id, id, kind, session, occurred_at, received_at, body, state, dialled)
           -- in one order everywhere: two groups that hold the same events must not wait for each other
            order by account_id, id
           on conflict do nothing returning account_id, id`,
    values: [
      rows.map(({ accountId }) => accountId),
      rows.map(({ head }) => head.id),
      rows.map(({ head }) => head.kind),
      rows.map(({ head }) => head.session),
      rows.map(({ head }) => head.occurredAt.toISOString()),
      rows.map(({ receivedAt }) => receivedAt.toISOString()),
      rows.map(({ body }) => storable(body)),
      rows.map(({ head }) => (head.isRead ? 'RECEIVED' : 'IGNORED')),
      rows.map(({ head }) => head.dialled),
    ],
  });
  const isNew = new Set(stored.map((row) => `${row.account_id} ${row.id}`));
  return rows.map(({ accountId, head }) => isNew.delete(`${accountId} ${head.id}`));
}

/**
 * A JSON text as jsonb takes it: without NUL and without halves of surrogate pairs, which a caller's name may hold. A
 * webhook that cannot be stored would be lost.
 */
function storable(body: string): string {
  if (!/\\u(0000|d[89a-f])/i.test(body)) return body;
  // written anew, whatever is escaped as d8.. to df.. is half of a pair
  return JSON.stringify(JSON.parse(body)).replace(/\\(u[0-9a-f]{4}|.)/g, (sign, code: string) => {
    if (code === 'u0000') return '';
    return /^ud[89a-f]/.test(code) ? '\ufffd' : sign;
  });
}
