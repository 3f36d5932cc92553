// Counts of texts by which the rules of sending are judged: each looks back a bounded time over an index. Those of erased
// conversations count as before.
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { SendState } from './judge-send.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, RATIO_MS } from './limits.ts';
import { hashWords } from './store-erased-texts.ts';
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
export const GOES = sqlPart`m.direction = 'OUTBOUND' and (m.state <> 'FAILED' or m.sent_at is not null)`;

/** Reads what went before a text. The caller holds the lock of the account's sending. */
export async function readTraffic(
  tx: Tx,
  platform: { secrets: Pick<Secrets, 'sign'> },
  planned: Planned,
  ratio: { inboundPercent: number },
): Promise<Pick<SendState, 'traffic' | 'same' | 'pace'>> {
  const { accountId, at, agentId, messageId } = planned;
  const sql = tenantSql(accountId);
  const since = (ms: number) => new Date(at.getTime() - ms);
  const isOther = sqlPart`m.id is distinct from ${messageId}::uuid`;
  const [counts] = await sql`
    select count(*)::int as outbound,
           (count(*) filter (where at > ${since(DAY_MS)}::timestamptz))::int as "inDay",
           (count(*) filter (where at > ${since(HOUR_MS)}::timestamptz))::int as "inHour",
           (count(*) filter (where at > ${since(MINUTE_MS)}::timestamptz
                               and agent_id = ${agentId}::uuid))::int as "agentInMinute"
      from (
        select m.account_id, m.at, m.agent_id from message m
         where m.account_id = ${sql.account} and ${GOES} and ${isOther}
           and m.at > ${since(RATIO_MS)}::timestamptz and m.at <= ${at}::timestamptz
        union all
        select e.account_id, e.at, e.agent_id from erased_text e
         where e.account_id = ${sql.account} and e.direction = 'OUTBOUND'
           and e.at > ${since(RATIO_MS)}::timestamptz and e.at <= ${at}::timestamptz) gone
     where account_id = ${sql.account}`.rows<SendState['pace'] & { outbound: number }>(tx);
  if (!counts) throw new Error('A count always answers.');
  const { outbound, ...pace } = counts;
  // more than would do need not be counted
  const enough = Math.ceil(((outbound + 1) * ratio.inboundPercent) / (100 - ratio.inboundPercent));
  const [inbound] = await sql`
    select count(*)::int as n from (
      (select m.account_id from message m
        where m.account_id = ${sql.account} and m.direction = 'INBOUND'
          and m.at > ${since(RATIO_MS)}::timestamptz and m.at <= ${at}::timestamptz
        limit ${enough}::int)
      union all
      (select e.account_id from erased_text e
        where e.account_id = ${sql.account} and e.direction = 'INBOUND'
          and e.at > ${since(RATIO_MS)}::timestamptz and e.at <= ${at}::timestamptz
        limit ${enough}::int)) counted
     where account_id = ${sql.account}`.rows<{ n: number }>(tx);
  return {
    pace,
    traffic: { inbound: inbound?.n ?? 0, outbound },
    same: await readSame(tx, platform, planned),
  };
}

/** To how many other people nearly the same text went. */
async function readSame(
  tx: Tx,
  { secrets }: { secrets: Pick<Secrets, 'sign'> },
  { accountId, conversationId, at, text, messageId }: Planned,
): Promise<SendState['same']> {
  const sql = tenantSql(accountId);
  const since = new Date(at.getTime() - DAY_MS);
  const rows = await sql`
    select m.conversation_id as "conversationId", m.text, null::text[] as "wordHashes", m.at
      from message m
     where m.account_id = ${sql.account} and ${GOES} and m.kind = 'PERSONAL'
       and m.id is distinct from ${messageId}::uuid
       and m.conversation_id is distinct from ${conversationId}::uuid
       and m.at > ${since}::timestamptz and m.at <= ${at}::timestamptz
    union all
    select e.conversation_id, '', e.word_hashes, e.at
      from erased_text e
     where e.account_id = ${sql.account} and e.direction = 'OUTBOUND' and e.word_hashes <> '{}'
       and e.at > ${since}::timestamptz and e.at <= ${at}::timestamptz
     order by at desc limit ${MOST_COMPARED}::int`.rows<{
    conversationId: string;
    text: string;
    wordHashes: string[] | null;
    at: Date;
  }>(tx);
  const words = wordsOf(text);
  // of those that were erased only hashes are left, and seldom are there any
  const isErased = rows.some(({ wordHashes }) => wordHashes !== null);
  const hashes = isErased ? hashWords(secrets, accountId, words) : [];
  const alike = rows.filter((row) =>
    row.wordHashes ? areAlike(hashes, row.wordHashes) : areAlike(words, wordsOf(row.text)),
  );
  const hourAgo = at.getTime() - HOUR_MS;
  const people = (found: typeof rows) => new Set(found.map((row) => row.conversationId)).size;
  return {
    inDay: people(alike),
    inHour: people(alike.filter((row) => row.at.getTime() > hourAgo)),
  };
}
