// Reads the tasks of action plans.
import { may } from '#domains/accounts/index.ts';
import type { ActionTask } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** The tasks with these ids that the viewer may see, in any order. */
export async function findTasks(
  { db }: { db: Pick<Db, 'prisma'> },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ActionTask[]> {
  if (!may(viewer, 'transcripts.read')) return [];
  const rows = await db.prisma.actionTask.findMany({
    where: { accountId: viewer.accountId, id: { in: [...ids] } },
  });
  return rows.filter(({ companyId }) => seesCompany(viewer, companyId));
}

/** The tasks of these plans, in their order. The caller has seen that the viewer may see the plans. */
export async function tasksOfInsights(
  { db }: { db: Pick<Db, 'prisma'> },
  accountId: string,
  insightIds: readonly string[],
): Promise<Map<string, ActionTask[]>> {
  const rows = await db.prisma.actionTask.findMany({
    where: { accountId, insightId: { in: [...insightIds] } },
    orderBy: { position: 'asc' },
  });
  return Map.groupBy(rows, ({ insightId }) => insightId);
}
