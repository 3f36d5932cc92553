// Where new jobs stand in their queue: those that go first, and then the accounts in turn, so that what one account has waiting
// keeps no other waiting. A place is kept as pg-boss's priority, by which the greatest is taken first.
import { prepare, runSql, type SqlTx } from '#platform/db/index.ts';
import type { JobDefinition } from './definitions.ts';

/** so many of those that are to be taken next are looked at */
const MOST_LOOKED_AT = 1_000;
const FIRST = 1;

const WAITING = prepare(`
  select next.group_id as "accountId", count(*)::int as waiting
    from (select group_id from pgboss.job
           where name = $1 and state < 'active' and not blocked and priority <= 0
           order by priority desc, created_on limit ${MOST_LOOKED_AT}) next
   where next.group_id = any($2) group by 1`);

/**
 * Looks where the line of a queue ends for each of these accounts.
 * @param accountIds of the jobs to be added; null for a job of none
 * @returns the place of one more job, to be asked once for each job that is added, in their order
 */
export async function openLine<T>(
  tx: SqlTx,
  definition: JobDefinition<T>,
  accountIds: readonly (string | null)[],
): Promise<(payload: T, accountId: string | null) => number> {
  const waiting = new Map<string | null, number>();
  if (definition.inTurn) {
    const asked = [...new Set(accountIds)].filter((id) => id !== null);
    const rows = await runSql(tx, WAITING, [definition.name, asked]);
    for (const row of rows as { accountId: string; waiting: number }[]) {
      waiting.set(row.accountId, row.waiting);
    }
  }
  return (payload, accountId) => {
    if (definition.goesFirst?.(payload)) return FIRST;
    if (!definition.inTurn) return 0;
    const before = waiting.get(accountId) ?? 0;
    waiting.set(accountId, before + 1);
    return 0 - Math.min(before, MOST_LOOKED_AT);
  };
}
