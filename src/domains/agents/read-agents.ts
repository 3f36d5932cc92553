// Reads agents: those of the viewer's account, and for viewers who are kept to some companies those who serve one of them.
import { authorize, may } from '#domains/accounts/index.ts';
import type { AgentPresence } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, readDate } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { type AgentUsage, usageOf } from './count-agent-message.ts';
import { LEASE_MS, type Seat } from './machine.ts';
import { monthOf } from './month-of.ts';
import { HAS_SEAT } from './store.ts';
import { readMessageLimits } from './store-limits.ts';

/** An agent with the member behind. */
export interface AgentView extends Seat {
  id: string;
  userId: string;
  /** null when the person is no member any more */
  name: string | null;
  namedPerson: string | null;
  seatedAt: Date;
  /** the seat stands, and its member is one */
  hasSeat: boolean;
  version: number;
}

/** Which agents; absent and null fields leave all who have a seat. */
export interface AgentFilter {
  companyIds?: readonly string[] | null | undefined;
  userIds?: readonly string[] | null | undefined;
  presences?: readonly AgentPresence[] | null | undefined;
}

type Needs = Pick<Platform, 'db' | 'clock'>;

/** One page of the agents who have a seat, by the time they got it. Throws Forbidden; MalformedCursor. */
export function listAgents(
  { db, clock }: Needs,
  viewer: Viewer,
  want: { filter: AgentFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<AgentView[]> {
  authorize(viewer, 'agents.read');
  const { direction, limit } = want;
  const at = want.after && readDate(want.after.value);
  const id = want.after?.id ?? null;
  const page =
    direction === 'asc'
      ? sqlPart`(${at}::timestamptz is null or (a.seated_at, a.id) > (${at}::timestamptz, ${id}::uuid))
          order by a.seated_at, a.id limit ${limit}::int`
      : sqlPart`(${at}::timestamptz is null or (a.seated_at, a.id) < (${at}::timestamptz, ${id}::uuid))
          order by a.seated_at desc, a.id desc limit ${limit}::int`;
  return read(db, viewer, sqlPart`${matching(clock, viewer, want.filter)} and ${page}`);
}

/** How many agents the filter leaves, counted up to `cap`. Throws Forbidden. */
export async function countAgents(
  { db, clock }: Needs,
  viewer: Viewer,
  filter: AgentFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'agents.read');
  const which = matching(clock, viewer, filter);
  return (await read(db, viewer, sqlPart`${which} limit ${cap}::int`)).length;
}

/** The agents with these ids that the viewer may see, with or without a seat, in any order. */
export async function findAgents(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<AgentView[]> {
  if (!may(viewer, 'agents.read')) return [];
  return read(db, viewer, sqlPart`a.id = any(${[...ids]}::uuid[])`);
}

/** What each of these agents has used of this month, in the order of the ids. The agents were read before. */
export async function usagesOf(
  { db, clock }: Needs,
  { accountId }: Viewer,
  agentIds: readonly string[],
): Promise<AgentUsage[]> {
  const { timeZone } = await db.prisma.account.findUniqueOrThrow({ where: { id: accountId } });
  const { firstDay, resetsAt } = monthOf(clock.now(accountId), timeZone);
  const rows = await db.prisma.agentUsage.findMany({
    where: { accountId, month: firstDay, agentId: { in: [...agentIds] } },
  });
  const { agentInMonth: limit } = await readMessageLimits(db.prisma, accountId);
  return agentIds.map((id) => {
    const row = rows.find(({ agentId }) => agentId === id);
    return usageOf(row?.messagesSent ?? 0, row?.messagesReceived ?? 0, { limit, resetsAt });
  });
}

function read(db: Db, { accountId, companyIds }: Viewer, which: SqlPart): Promise<AgentView[]> {
  const sql = tenantSql(accountId);
  const seen = companyIds && [...companyIds];
  // a person who is no member any more may be one elsewhere, under a name that is not ours to show
  return sql`
    select a.id, a.user_id as "userId", case when m.user_id is null then null else u.name end as name,
           a.named_person as "namedPerson", a.seated_at as "seatedAt", a.presence::text as presence,
           a.away_reason as "awayReason", a.presence_at as "presenceAt", a.lease_id as "leaseId",
           a.device_id as "deviceId", a.seen_at as "seenAt", a.version,
           coalesce(${HAS_SEAT}, false) as "hasSeat"
      from agent a
      left join membership m on m.account_id = a.account_id and m.user_id = a.user_id
      left join app_user u on u.id = a.user_id
     where a.account_id = ${sql.account}
       and (${seen}::uuid[] is null or m.all_companies or m.company_ids && ${seen}::uuid[])
       and ${which}`.rows<AgentView>(db.pool);
}

function matching(
  clock: Platform['clock'],
  { accountId }: Viewer,
  { companyIds, userIds, presences }: AgentFilter,
): SqlPart {
  const heldSince = new Date(clock.now(accountId).getTime() - LEASE_MS);
  const companies = companyIds ? [...companyIds] : null;
  return sqlPart`${HAS_SEAT}
       and (${companies}::uuid[] is null or m.all_companies or m.company_ids && ${companies}::uuid[])
       and (${userIds ? [...userIds] : null}::uuid[] is null or a.user_id = any(${userIds ? [...userIds] : null}::uuid[]))
       and (${presences ? [...presences] : null}::text[] is null
            or case when a.seen_at > ${heldSince}::timestamptz then a.presence::text else 'OFFLINE' end
               = any(${presences ? [...presences] : null}::text[]))`;
}
