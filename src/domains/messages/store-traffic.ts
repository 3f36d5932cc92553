// Counts of texts by which the rules of sending are judged: each looks back a bounded time over an index.
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import type { SendState } from './judge-send.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, RATIO_MS } from './limits.ts';
import { areAlike, wordsOf } from './text-words.ts';

/** Of the texts of a day so many of the newest are compared: as many as an account may send in it (MESSAGE_LIMITS). */
const MOST_COMPARED = 2_000;

/** A text that is to be sent. */
export interface Planned {
  accountId: string;
  /** null while there is no conversation */
  conversationId: string | null;
  agentId: string | null;
  at: Date;
  text: string;
  /** the message itself, where it is stored already: it is not counted */
  messageId: string | null;
}

/** what went out, or is to go; not what was refused or cancelled before it left */
const GOES = sqlPart`m.direction = 'OUTBOUND' and (m.state <> 'FAILED' or m.sent_at is not null)`;

/** Reads what went before a text. The caller holds the lock of the account's sending. */
export async function readTraffic(
  tx: Tx,
  planned: Planned,
  ratio: { inboundPercent: number },
): Promise<Pick<SendState, 'traffic' | 'same' | 'pace'>> {
  const { accountId, at, agentId, messageId } = planned;
  const sql = tenantSql(accountId);
  const since = (ms: number) => new Date(at.getTime() - ms);
  const isOther = sqlPart`m.id is distinct from ${messageId}::uuid`;
  const [counts] = await sql`
    select count(*)::int as outbound,
           (count(*) filter (where m.at > ${since(DAY_MS)}::timestamptz))::int as "inDay",
           (count(*) filter (where m.at > ${since(HOUR_MS)}::timestamptz))::int as "inHour",
           (count(*) filter (where m.at > ${since(MINUTE_MS)}::timestamptz
                               and m.agent_id = ${agentId}::uuid))::int as "agentInMinute"
      from message m
     where m.account_id = ${sql.account} and ${GOES} and ${isOther}
       and m.at > ${since(RATIO_MS)}::timestamptz and m.at <= ${at}::timestamptz`.rows<
    SendState['pace'] & { outbound: number }
  >(tx);
  if (!counts) throw new Error('A count always answers.');
  const { outbound, ...pace } = counts;
  // more than would do need not be counted
  const enough = Math.ceil(((outbound + 1) * ratio.inboundPercent) / (100 - ratio.inboundPercent));
  const [inbound] = await sql`
    select count(*)::int as n from (
      select 1 from message m
       where m.account_id = ${sql.account} and m.direction = 'INBOUND'
         and m.at > ${since(RATIO_MS)}::timestamptz and m.at <= ${at}::timestamptz
       limit ${enough}::int) counted`.rows<{ n: number }>(tx);
  return {
    pace,
    traffic: { inbound: inbound?.n ?? 0, outbound },
    same: await readSame(tx, planned),
  };
}

/** To how many other people nearly the same text went. */
async function readSame(
  tx: Tx,
  { accountId, conversationId, at, text, messageId }: Planned,
): Promise<SendState['same']> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select m.conversation_id as "conversationId", m.text, m.at from message m
     where m.account_id = ${sql.account} and ${GOES} and m.kind = 'PERSONAL'
       and m.id is distinct from ${messageId}::uuid
       and m.conversation_id is distinct from ${conversationId}::uuid
       and m.at > ${new Date(at.getTime() - DAY_MS)}::timestamptz and m.at <= ${at}::timestamptz
     order by m.at desc limit ${MOST_COMPARED}::int`.rows<{
    conversationId: string;
    text: string;
    at: Date;
  }>(tx);
  const words = wordsOf(text);
  const alike = rows.filter((row) => areAlike(words, wordsOf(row.text)));
  const hourAgo = at.getTime() - HOUR_MS;
  const people = (found: typeof rows) => new Set(found.map((row) => row.conversationId)).size;
  return {
    inDay: people(alike),
    inHour: people(alike.filter((row) => row.at.getTime() > hourAgo)),
  };
}
