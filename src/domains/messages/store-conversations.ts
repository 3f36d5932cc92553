// The table conversation: the only place that writes it.
import type { Conversation as ConversationState } from '#generated/prisma/client.ts';
import { columnsOf, preparedSql, type SqlTx, sqlPart } from '#platform/db/index.ts';

export type { ConversationState };

const CONVERSATION = sqlPart`account_id as "accountId", id, company_id as "companyId",
           customer_number as "customerNumber", started_by::text as "startedBy", first_number as "firstNumber",
           first_tracker_id as "firstTrackerId", current_number as "currentNumber",
           current_tracker_id as "currentTrackerId", agent_id as "agentId", last_inbound_at as "lastInboundAt",
           last_message_at as "lastMessageAt"`;
/** The conversation of a company with a customer number; null when there is none. */
export async function findConversation(
  tx: SqlTx,
  of: { accountId: string; companyId: string; customerNumber: string },
): Promise<ConversationState | null> {
  const sql = preparedSql(of.accountId);
  const [found] = await sql`
    select ${CONVERSATION} from conversation
     where account_id = ${sql.account} and company_id = ${of.companyId}::uuid
       and customer_number = ${of.customerNumber}`.rows<ConversationState>(tx);
  return found ?? null;
}

/** One conversation of the account, or null. */
export async function readConversation(
  tx: SqlTx,
  accountId: string,
  id: string,
): Promise<ConversationState | null> {
  const sql = preparedSql(accountId);
  const [found] = await sql`
    select ${CONVERSATION} from conversation
     where account_id = ${sql.account} and id = ${id}::uuid`.rows<ConversationState>(tx);
  return found ?? null;
}

/** Writes a new conversation; its interaction stands already. */
export async function insertConversation(tx: SqlTx, row: ConversationState): Promise<void> {
  const sql = preparedSql(row.accountId);
  await sql`
    insert into conversation (account_id, id, company_id, customer_number, started_by, first_number, first_tracker_id,
                              current_number, current_tracker_id, agent_id, last_inbound_at, last_message_at)
    select account_id, id, ${row.companyId}::uuid, ${row.customerNumber}, ${row.startedBy}::message_direction,
           ${row.firstNumber}, ${row.firstTrackerId}::uuid, ${row.currentNumber}, ${row.currentTrackerId}::uuid,
           ${row.agentId}::uuid, ${row.lastInboundAt}::timestamptz, ${row.lastMessageAt}::timestamptz
      from interaction where account_id = ${sql.account} and id = ${row.id}::uuid`.rows(tx);
}

/** Writes fields of a conversation. The caller holds its lock. */
export async function writeConversation(
  tx: SqlTx,
  accountId: string,
  id: string,
  fields: Partial<
    Pick<
      ConversationState,
      'agentId' | 'currentNumber' | 'currentTrackerId' | 'lastInboundAt' | 'lastMessageAt'
    >
  >,
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    update conversation c
       set (agent_id, current_number, current_tracker_id, last_inbound_at, last_message_at) =
           (select r.agent_id, r.current_number, r.current_tracker_id, r.last_inbound_at, r.last_message_at
              from jsonb_populate_record(c, ${columnsOf(fields)}::jsonb) r)
     where c.account_id = ${sql.account} and c.id = ${id}::uuid`.rows(tx);
}

/** Deletes a conversation with its messages; its interaction stays. */
export async function deleteConversation(tx: SqlTx, accountId: string, id: string): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    delete from conversation where account_id = ${sql.account} and id = ${id}::uuid`.rows(tx);
}
