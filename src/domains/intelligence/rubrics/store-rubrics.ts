// The only writer of the table coaching_rubric.
import { type Criterion, DEFAULT_RUBRIC } from '#platform/ai/index.ts';
import { SQL_NULL, type Tx } from '#platform/db/index.ts';

/** What coaching looks at on a company's calls. */
export interface Rubric {
  companyId: string;
  criteria: readonly Criterion[];
  /** the company wrote it; else it is the product's */
  isOwn: boolean;
  /** 0 before the first change */
  version: number;
}

/** The rubrics of these companies, in the order of the ids. */
export async function readRubrics(
  tx: Pick<Tx, 'coachingRubric'>,
  accountId: string,
  companyIds: readonly string[],
): Promise<Rubric[]> {
  const rows = await tx.coachingRubric.findMany({
    where: { accountId, companyId: { in: [...companyIds] } },
  });
  return companyIds.map((companyId) => {
    const row = rows.find((one) => one.companyId === companyId);
    const own = (row?.criteria ?? null) as Criterion[] | null;
    const criteria = own ?? DEFAULT_RUBRIC;
    return { companyId, criteria, isOwn: own !== null, version: row?.version ?? 0 };
  });
}

/** The rubric of a company. */
export async function readRubric(
  tx: Pick<Tx, 'coachingRubric'>,
  accountId: string,
  companyId: string,
): Promise<Rubric> {
  const [rubric] = await readRubrics(tx, accountId, [companyId]);
  if (!rubric) throw new Error('A company has one rubric.');
  return rubric;
}

/** Writes the rubric of a company. The caller holds its lock. @param rubric.own null = the product's */
export async function saveRubric(
  tx: Tx,
  accountId: string,
  { companyId, own, version }: { companyId: string; own: Criterion[] | null; version: number },
): Promise<void> {
  const criteria = own ? own.map(({ key, question }) => ({ key, question })) : SQL_NULL;
  await tx.coachingRubric.upsert({
    where: { accountId_companyId: { accountId, companyId } },
    create: { accountId, companyId, criteria, version },
    update: { criteria, version },
    select: { version: true },
  });
}
