// Finds, over all accounts, the companies whose past transcripts are to be redacted again, and in one company those
// transcripts.
import type { Company, Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { REDACTION_CLASSES, type RedactionClass } from '#values/redaction-classes.ts';
import { redactionPolicy } from './read-redaction-policy.ts';
import { REDACTION_VERSION } from './rules/redact-classes.ts';

const COMPANIES_AT_ONCE = 200;
const LATE_AT_ONCE = 500;
/** of one look, which has 5 s */
const CALLS_AT_ONCE = 1_000;

/** A company, and what is to be hidden there. */
export type CompanyToRedact = Pick<Company, 'accountId' | 'id' | 'redactionClasses'>;

/** Companies that want another thing hidden than was looked for, or by older rules. */
export function companiesToPass({ prisma }: Pick<Db, 'prisma'>): Promise<CompanyToRedact[]> {
  return prisma.company.findMany({
    where: {
      OR: [
        { redactionPass: null },
        { redactionPass: { redactionVersion: { lt: REDACTION_VERSION } } },
        ...REDACTION_CLASSES.flatMap((one) => [
          { redactionClasses: { has: one }, NOT: { redactionPass: { classes: { has: one } } } },
          // what is wanted no more is forgotten: when it is wanted again, what came between is looked through
          { redactionPass: { classes: { has: one } }, NOT: { redactionClasses: { has: one } } },
        ]),
      ],
    },
    take: COMPANIES_AT_ONCE,
    select: { accountId: true, id: true, redactionClasses: true },
  });
}

/**
 * Companies of some transcripts by older rules: also of those that are through, but for what a worker of before has stored
 * since. Versions run beside each other while one takes the other's place.
 */
export async function companiesWithLate({
  prisma,
}: Pick<Db, 'prisma'>): Promise<CompanyToRedact[]> {
  const late = await prisma.transcript.findMany({
    where: { state: 'READY', redactionVersion: { lt: REDACTION_VERSION }, redactionRetryAt: null },
    take: LATE_AT_ONCE,
    select: { call: { select: { accountId: true, companyId: true } } },
  });
  const ids = new Map(late.map(({ call }) => [call.companyId, call]));
  return prisma.company.findMany({
    where: { OR: [...ids.values()].map(({ accountId, companyId: id }) => ({ accountId, id })) },
    select: { accountId: true, id: true, redactionClasses: true },
  });
}

/**
 * The transcripts of a company in which something is still to be looked for, those of the newest calls first: at most
 * `limit`, and none that waits for its next try. The company's calls are walked some at a time, so no look grows with them.
 * @param options.before a call at which an earlier look ended; null = begin with the newest
 * @returns `reached`: where the next look may begin; null when there are no older calls
 */
export async function transcriptsToRedact(
  tx: Tx,
  { accountId, id: companyId, redactionClasses: classes }: CompanyToRedact,
  { limit, before: from, signal }: { limit: number; before: string | null; signal: AbortSignal },
): Promise<{ found: string[]; reached: string | null }> {
  const found: string[] = [];
  for (let before = from; ; ) {
    signal.throwIfAborted();
    const calls: { id: string }[] = await tx.call.findMany({
      where: { accountId, companyId, ...(before && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: CALLS_AT_ONCE,
      select: { id: true },
    });
    const rows = await tx.transcript.findMany({
      where: {
        ...{ accountId, callId: { in: calls.map(({ id }) => id) } },
        ...{ state: 'READY', redactionRetryAt: null },
        OR: isToRedact(classes),
      },
      take: limit - found.length,
      select: { id: true },
    });
    found.push(...rows.map(({ id }) => id));
    // of these calls some may be left
    if (found.length >= limit) return { found, reached: before };
    if (calls.length < CALLS_AT_ONCE) return { found, reached: null };
    before = calls.at(-1)?.id ?? null;
  }
}

/**
 * The finished transcripts of a call, and whether something is still to be looked for in them: then words stand there that are
 * to be hidden. The caller has seen that the viewer may read them.
 */
export async function finishedTranscripts(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId, companyId, callId }: { accountId: string; companyId: string; callId: string },
): Promise<{ id: string; isToRedact: boolean }[]> {
  const { redactionClasses: classes } = await prisma.company.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: companyId } },
    select: { redactionClasses: true },
  });
  const where = { accountId, callId, state: 'READY' } as const;
  const select = { id: true };
  const orderBy = { id: 'asc' } as const;
  const all = await prisma.transcript.findMany({ where, orderBy, select });
  const due = await prisma.transcript.findMany({
    where: { ...where, OR: isToRedact(classes) },
    select,
  });
  return all.map(({ id }) => ({ id, isToRedact: due.some((one) => one.id === id) }));
}

/**
 * Whether transcripts of a company may leave this server as they were read: nothing is still to be looked for in them, and
 * none was changed or erased since.
 * @returns due: words stand there that are to be hidden
 */
export async function mayLeave(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  transcripts: readonly { id: string; version: number }[],
): Promise<'yes' | 'due' | 'changed'> {
  const { classes } = await redactionPolicy(tx, { accountId, companyId });
  const where = { accountId, id: { in: transcripts.map(({ id }) => id) }, state: 'READY' } as const;
  const due = await tx.transcript.count({ where: { ...where, OR: isToRedact(classes) } });
  if (due > 0) return 'due';
  const rows = await tx.transcript.findMany({ where, select: { id: true, version: true } });
  const now = new Map(rows.map(({ id, version }) => [id, version]));
  return transcripts.every(({ id, version }) => now.get(id) === version) ? 'yes' : 'changed';
}

/** Looked through by older rules, or not for all that is wanted. */
const isToRedact = (classes: readonly RedactionClass[]): Prisma.TranscriptWhereInput[] => [
  { redactionVersion: { lt: REDACTION_VERSION } },
  ...classes.map((one) => ({ NOT: { redactionClasses: { has: one } } })),
];
