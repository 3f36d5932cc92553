// How many of an account's texts of a day began conversations: what a bulk sender does, and hardly anybody else.
import type { MessageLimits } from '#domains/agents/index.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { SendState } from './judge-send.ts';
import { DAY_MS } from './limits.ts';
import { GOES, type Planned } from './store-traffic.ts';

/**
 * Reads it, as far as it is asked for. The caller holds the lock of the account's sending.
 * @param inDay texts of the day before this one
 * @param releasedAt when an administrator let the account go on: what went before is not counted
 */
export async function readBegun(
  tx: Tx,
  { accountId, conversationId, messageId, at }: Planned,
  { inDay, releasedAt }: { inDay: number; releasedAt: Date | null },
  { begunFrom }: Pick<MessageLimits, 'begunFrom'>,
): Promise<SendState['begun']> {
  const before =
    conversationId &&
    (await tx.message.findFirst({
      where: {
        ...{ accountId, conversationId, at: { lte: at } },
        ...(messageId && { id: { not: messageId } }),
        // what never left began nothing (GOES)
        OR: [{ direction: 'INBOUND' }, { state: { not: 'FAILED' } }, { sentAt: { not: null } }],
      },
      select: { id: true },
    }));
  const isNew = !before;
  if (!isNew || inDay + 1 < begunFrom) return { isNew, texts: inDay, conversations: 0 };
  const dayAgo = new Date(at.getTime() - DAY_MS);
  const since = releasedAt && releasedAt > dayAgo ? releasedAt : dayAgo;
  const sql = tenantSql(accountId);
  const [counts] = await sql`
    select count(*)::int as texts, (count(*) filter (where begins))::int as conversations
      from (
        select t.account_id, not exists (
                 select m.id from message m
                  where m.account_id = ${sql.account} and m.conversation_id = t.conversation_id
                    and (m.at, m.id) < (t.at, t.id)
                    and (m.direction = 'INBOUND' or (${GOES}))) as begins
          from (
            select m.account_id, m.conversation_id, m.at, m.id from message m
             where m.account_id = ${sql.account} and ${GOES}
               and m.id is distinct from ${messageId}::uuid
               and m.at > ${since}::timestamptz and m.at <= ${at}::timestamptz) t
         where t.account_id = ${sql.account}
        union all
        select e.account_id, e.begins from erased_text e
         where e.account_id = ${sql.account} and e.direction = 'OUTBOUND'
           and e.at > ${since}::timestamptz and e.at <= ${at}::timestamptz) gone
     where account_id = ${sql.account}`.rows<{ texts: number; conversations: number }>(tx);
  if (!counts) throw new Error('A count always answers.');
  return { isNew, ...counts };
}
