// The table message: the only place that writes it.
import type { OptInPrompt } from '#domains/consent/index.ts';
import type { Message } from '#generated/prisma/client.ts';
import {
  columnsOf,
  type Db,
  preparedSql,
  type SqlTx,
  sqlPart,
  type Tx,
} from '#platform/db/index.ts';

export type MessageRow = Message;

const MESSAGE = sqlPart`account_id as "accountId", id, conversation_id as "conversationId", direction::text as direction,
           kind::text as kind, asks_opt_in as "asksOptIn", state::text as state, text, own_number as "ownNumber", at,
           created_at as "createdAt", carrier_message_id as "carrierMessageId", segments, failure,
           carrier_code as "carrierCode", agent_id as "agentId", sent_by as "sentBy", due_at as "dueAt",
           handed_at as "handedAt", sent_at as "sentAt", delivered_at as "deliveredAt"`;

/** A message before anything became of it. */
export type NewMessage = Pick<
  MessageRow,
  | 'accountId'
  | 'id'
  | 'conversationId'
  | 'direction'
  | 'state'
  | 'text'
  | 'ownNumber'
  | 'at'
  | 'createdAt'
  | 'agentId'
> &
  Partial<Pick<MessageRow, 'kind' | 'asksOptIn' | 'carrierMessageId' | 'sentBy' | 'dueAt'>>;

/** Writes a new message; its conversation stands already. */
export async function insertMessage(tx: SqlTx, row: NewMessage): Promise<void> {
  const sql = preparedSql(row.accountId);
  const written = await sql`
    insert into message (account_id, conversation_id, id, direction, kind, asks_opt_in, state, text, own_number, at,
                         created_at, carrier_message_id, agent_id, sent_by, due_at)
    select account_id, id, ${row.id}::uuid, ${row.direction}::message_direction,
           ${row.kind ?? 'PERSONAL'}::message_kind, ${row.asksOptIn ?? false}::boolean, ${row.state}::message_state,
           ${row.text}, ${row.ownNumber}, ${row.at}::timestamptz, ${row.createdAt}::timestamptz,
           ${row.carrierMessageId ?? null}, ${row.agentId}::uuid, ${row.sentBy ?? null},
           ${row.dueAt ?? null}::timestamptz
      from conversation where account_id = ${sql.account} and id = ${row.conversationId}::uuid
    returning id`.rows(tx);
  // a text is lost by no way: neither its conversation nor what that stands on may be missing
  if (written.length === 0)
    throw new Error('A text was to be written to a conversation that is not there.');
}

/** One message of the account, or null. */
export async function readMessage(
  tx: SqlTx,
  accountId: string,
  id: string,
): Promise<MessageRow | null> {
  const sql = preparedSql(accountId);
  const [found] = await sql`
    select ${MESSAGE} from message
     where account_id = ${sql.account} and id = ${id}::uuid`.rows<MessageRow>(tx);
  return found ?? null;
}

/** The message that the carrier knows by this id; null when none is. */
export async function findByCarrierId(
  tx: SqlTx,
  accountId: string,
  carrierMessageId: string,
): Promise<MessageRow | null> {
  const sql = preparedSql(accountId);
  const [found] = await sql`
    select ${MESSAGE} from message
     where account_id = ${sql.account} and carrier_message_id = ${carrierMessageId}`.rows<MessageRow>(
    tx,
  );
  return found ?? null;
}

/** Writes fields of a message. The caller holds its conversation's lock. */
export async function writeMessage(
  tx: SqlTx,
  accountId: string,
  id: string,
  fields: Partial<
    Pick<
      MessageRow,
      | 'state'
      | 'at'
      | 'carrierMessageId'
      | 'segments'
      | 'failure'
      | 'carrierCode'
      | 'dueAt'
      | 'handedAt'
      | 'sentAt'
      | 'deliveredAt'
    >
  >,
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    update message m
       set (state, at, carrier_message_id, segments, failure, carrier_code, due_at, handed_at, sent_at, delivered_at) =
           (select r.state, r.at, r.carrier_message_id, r.segments, r.failure, r.carrier_code, r.due_at, r.handed_at,
                   r.sent_at, r.delivered_at
              from jsonb_populate_record(m, ${columnsOf(fields)}::jsonb) r)
     where m.account_id = ${sql.account} and m.id = ${id}::uuid`.rows(tx);
}

/**
 * Whether anything that somebody wrote in a conversation has left, or leaves by a moment: what is to go later may still be
 * cancelled.
 */
export async function hasSent(
  tx: Tx,
  accountId: string,
  conversationId: string,
  by: Date,
): Promise<boolean> {
  const found = await tx.message.findFirst({
    where: {
      ...{ accountId, conversationId, direction: 'OUTBOUND', kind: 'PERSONAL' },
      OR: [{ state: { not: 'FAILED' }, at: { lte: by } }, { sentAt: { not: null } }],
    },
    select: { id: true },
  });
  return found !== null;
}

/** The latest text of a conversation that asked them to opt in, and that the carrier took by a time; null without. */
export async function findPrompt(
  tx: SqlTx,
  accountId: string,
  conversationId: string,
  by: Date,
): Promise<OptInPrompt | null> {
  const sql = preparedSql(accountId);
  // one that is put back to wait keeps the time of its first try
  const [found] = await sql`
    select id as "messageId", text, handed_at as at from message
     where account_id = ${sql.account} and conversation_id = ${conversationId}::uuid and asks_opt_in
       and state in ('SENT', 'DELIVERED') and handed_at <= ${by}::timestamptz
     order by handed_at desc limit 1`.rows<OptInPrompt>(tx);
  return found ?? null;
}

/** Whether HELP was answered in a conversation since then. */
export async function hasAnswered(
  tx: SqlTx,
  accountId: string,
  conversationId: string,
  since: Date,
): Promise<boolean> {
  const sql = preparedSql(accountId);
  const found = await sql`
    select id from message
     where account_id = ${sql.account} and conversation_id = ${conversationId}::uuid and kind = 'HELP_ANSWER'
       and at > ${since}::timestamptz limit 1`.rows(tx);
  return found.length > 0;
}

/** The texts of a conversation that somebody wrote and that wait. */
export function readWaiting(
  tx: SqlTx,
  accountId: string,
  conversationId: string,
): Promise<MessageRow[]> {
  const sql = preparedSql(accountId);
  return sql`
    select ${MESSAGE} from message
     where account_id = ${sql.account} and conversation_id = ${conversationId}::uuid
       and state = 'QUEUED' and kind = 'PERSONAL'
     order by id`.rows<MessageRow>(tx);
}

/** Has a text that is SENDING asked for later. False when it is no more. */
export async function postponeAsking(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  id: string,
  dueAt: Date,
): Promise<boolean> {
  const where = { accountId, id, state: 'SENDING' as const };
  return (await prisma.message.updateMany({ where, data: { dueAt } })).count === 1;
}

/** Texts of all accounts that were due by a moment, the longest due first: to be sent, or to be asked for. */
export function findDue(
  { prisma }: Pick<Db, 'prisma'>,
  by: Date,
  limit: number,
): Promise<Pick<MessageRow, 'accountId' | 'id' | 'state'>[]> {
  return prisma.message.findMany({
    where: { dueAt: { lte: by } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true, state: true },
  });
}
