// The table erased_text: the only place that writes it. Of a text whose conversation was erased it keeps what the limits of
// sending count: when it went, by which agent, and for a day its words as hashes that only this server can make.
import type { MessageDirection, MessageKind, MessageState } from '#generated/prisma/enums.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { DAY_MS, RATIO_MS } from './limits.ts';
import { wordsOf } from './text-words.ts';

interface Text {
  id: string;
  conversationId: string;
  direction: MessageDirection;
  kind: MessageKind;
  state: MessageState;
  at: Date;
  sentAt: Date | null;
  agentId: string | null;
  text: string;
}

/** 48 bits: enough for the words of two texts to differ */
const HASH_LENGTH = 8;

/** Words as they are kept of erased texts, in their order: equal where the words are. */
export function hashWords(
  secrets: Pick<Secrets, 'sign'>,
  accountId: string,
  words: readonly string[],
): string[] {
  return words.map((word) =>
    secrets.sign(`${accountId}:${word}`, 'erased-text').slice(0, HASH_LENGTH),
  );
}

/** Keeps what is counted of the texts of a conversation that are about to be deleted; those that never went are not. */
export async function keepErasedTexts(
  tx: Tx,
  { secrets }: { secrets: Pick<Secrets, 'sign'> },
  accountId: string,
  texts: readonly Text[],
  now: Date,
): Promise<void> {
  const age = ({ at }: Text) => now.getTime() - at.getTime();
  const gone = texts.filter(hasGone);
  const counted = gone.filter((text) => age(text) < RATIO_MS);
  const first = gone.toSorted(inOrder)[0]?.id;
  await tx.erasedText.createMany({
    data: counted.map((text) => {
      const { id, conversationId, direction, at } = text;
      const isCompared = direction === 'OUTBOUND' && text.kind === 'PERSONAL' && age(text) < DAY_MS;
      return {
        ...{ accountId, id, conversationId, direction, at },
        agentId: direction === 'OUTBOUND' ? text.agentId : null,
        begins: direction === 'OUTBOUND' && id === first,
        wordHashes: isCompared ? hashWords(secrets, accountId, wordsOf(text.text)) : [],
      };
    }),
  });
}

function inOrder(one: Text, other: Text): number {
  return one.at.getTime() - other.at.getTime() || one.id.localeCompare(other.id);
}

function hasGone({ direction, state, sentAt }: Text): boolean {
  return direction === 'INBOUND' || sentAt !== null || state === 'SENT' || state === 'DELIVERED';
}

/** Forgets the words of those that nothing is compared with any more; how many, at most `limit`. */
export async function forgetWords(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    update erased_text set word_hashes = '{}'
     where account_id = ${sql.account} and id in (
       select id from erased_text
        where account_id = ${sql.account} and direction = 'OUTBOUND'
          and at < ${before}::timestamptz and word_hashes <> '{}'
        limit ${limit}::int)
    returning id`.rows(tx);
  return rows.length;
}

/** Deletes those that no limit counts any more; how many, at most `limit`. */
export async function deleteErasedTexts(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.erasedText.findMany({
    where: { accountId, at: { lt: before } },
    select: { id: true },
    take: limit,
  });
  if (rows.length === 0) return 0;
  const where = { accountId, id: { in: rows.map(({ id }) => id) } };
  return (await tx.erasedText.deleteMany({ where })).count;
}
