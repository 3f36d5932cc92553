// Who a lead is by now: the lead that it belongs to, all that was merged into that one, and what is theirs.
import { readTops, readTree } from '#domains/leads/index.ts';
import { type Db, type SqlSource, tenantSql } from '#platform/db/index.ts';
import type { EventLog } from '#platform/events/index.ts';
import type { Position } from '#values/cursor.ts';

export interface Person {
  /** the lead on top of the tree; the lead itself when it is gone */
  topId: string;
  /** that one, and all below it */
  leadIds: Set<string>;
  interactionIds: Set<string>;
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
    select: { id: true },
  });
  return {
    topId,
    leadIds: new Set([topId, ...tree.map(({ id }) => id)]),
    interactionIds: new Set(rows.map(({ id }) => id)),
    until,
  };
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
