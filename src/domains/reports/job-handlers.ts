// Who does this domain's jobs.
import { type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { countAll } from './count-all.ts';
import { countInteractions } from './count-interactions.ts';
import { purgeExports } from './exports/purge-exports.ts';
import { writeExport } from './exports/write-export.ts';
import { type ExportId, failExport } from './exports/write-file.ts';
import {
  awaitAttributionJob,
  countAllJob,
  purgeExportsJob,
  recountLeadJob,
  writeExportJob,
} from './jobs.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log' | 'storage'>;

const CHUNK = 100;

/** Who does this domain's jobs. Outcomes: how many were counted or purged; counted, gone; those of writeExport, failed. */
export function reportsJobHandlers(
  platform: Needs,
): [
  JobHandler<{ accountId: string; leadId: string }>,
  JobHandler<{ accountId: string; interactionId: string }>,
  JobHandler<Record<string, never>>,
  JobHandler<ExportId>,
  JobHandler<Record<string, never>>,
] {
  return [
    {
      definition: recountLeadJob,
      run: async ({ accountId, leadId }, { signal }) =>
        `counted ${await countLead(platform, accountId, leadId, signal)}`,
    },
    {
      definition: awaitAttributionJob,
      run: ({ accountId, interactionId }) => countAttributed(platform, accountId, interactionId),
    },
    {
      definition: countAllJob,
      run: async (_payload, { signal }) =>
        `counted ${await countAll(platform, { everything: false, signal })}`,
    },
    {
      definition: writeExportJob,
      concurrency: 2,
      onePerAccount: true,
      run: (payload, { signal }) => writeExport(platform, payload, signal),
      async giveUp(payload) {
        await failExport(platform, payload, 'INTERNAL_ERROR');
        return 'failed';
      },
    },
    {
      definition: purgeExportsJob,
      run: async (_payload, { signal }) => `purged ${await purgeExports(platform, signal)}`,
    },
  ];
}

async function countLead(
  platform: Needs,
  accountId: string,
  leadId: string,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  let after: { occurredAt: Date; id: string } | null = null;
  for (;;) {
    signal.throwIfAborted();
    const chunk: { occurredAt: Date; id: string }[] = await platform.db.prisma.interaction.findMany(
      {
        where: {
          accountId,
          leadId,
          ...(after && {
            OR: [
              { occurredAt: { gt: after.occurredAt } },
              { occurredAt: after.occurredAt, id: { gt: after.id } },
            ],
          }),
        },
        orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
        take: CHUNK,
        select: { id: true, occurredAt: true },
      },
    );
    const ids = chunk.map(({ id }) => id);
    await platform.db.transaction((tx) => countInteractions(tx, platform, accountId, ids));
    total += ids.length;
    after = chunk.at(-1) ?? null;
    if (chunk.length < CHUNK) return total;
  }
}

async function countAttributed(
  platform: Needs,
  accountId: string,
  interactionId: string,
): Promise<string> {
  const { db } = platform;
  const where = { accountId_id: { accountId, id: interactionId } };
  const found = await db.prisma.interaction.findUnique({
    where,
    select: { attribution: { select: { id: true } } },
  });
  if (!found) return 'gone';
  if (!found.attribution) throw new NotYet('the attribution');
  await db.transaction((tx) => countInteractions(tx, platform, accountId, [interactionId]));
  return 'counted';
}
