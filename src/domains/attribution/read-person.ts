// Who a lead is by now: the lead that it belongs to, all that was merged into that one, and what is theirs.
import { readTops, readTree } from '#domains/leads/index.ts';
import { type Db, type SqlSource, tenantSql } from '#platform/db/index.ts';
import type { EventLog } from '#platform/events/index.ts';
import type { Position } from '#values/cursor.ts';

/** How many interactions of a person are kept for each who follows: few have as many. */
const MOST_KEPT = 1_000;

export interface Person {
  /** the lead on top of the tree; the lead itself when it is gone */
  topId: string;
  /** that one, and all below it */
  leadIds: Set<string>;
  /** the newest of theirs, the oldest first */
  interactionIds: Set<string>;
  /** whether these are all; of others `readLeadOf` tells */
  isWhole: boolean;
  /** what the log told up to here had happened when they were read */
  until: Position;
}

/** Reads the person that a lead belongs to. */
export async function readPerson(
  { db, events }: { db: Db; events: Pick<EventLog, 'head'> },
  accountId: string,
  leadId: string,
): Promise<Person> {
  const until = await events.head();
  const topId = (await readTops(db.pool, accountId, [leadId])).get(leadId) ?? leadId;
  const tree = await readTree(db.prisma, accountId, topId);
  const rows = await db.prisma.interaction.findMany({
    where: { accountId, leadId: topId },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: MOST_KEPT + 1,
    select: { id: true },
  });
  const isWhole = rows.length <= MOST_KEPT;
  return {
    topId,
    leadIds: new Set([topId, ...tree.map(({ id }) => id)]),
    interactionIds: new Set(
      rows
        .slice(0, MOST_KEPT)
        .reverse()
        .map(({ id }) => id),
    ),
    ...{ isWhole, until },
  };
}

/** Keeps an interaction that turned out to be theirs; the oldest makes room. */
export function keepInteraction(person: Person, id: string): void {
  const { interactionIds: kept } = person;
  kept.add(id);
  const [oldest] = kept;
  if (kept.size <= MOST_KEPT || oldest === undefined) return;
  kept.delete(oldest);
  person.isWhole = false;
}

/** Whose an interaction is now; null when nobody's, or when it is gone. */
export async function readLeadOf(
  source: SqlSource,
  accountId: string,
  interactionId: string,
): Promise<string | null> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select lead_id as "leadId" from interaction
     where account_id = ${sql.account} and id = ${interactionId}::uuid`.rows<{
    leadId: string | null;
  }>(source);
  return row?.leadId ?? null;
}
