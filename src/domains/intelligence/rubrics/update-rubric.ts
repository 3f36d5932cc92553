// What a company has coaching look at, in its own words.
import { z } from 'zod';
import { audit, authorize, may } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { criteriaShape } from './rubric-shape.ts';
import { type Rubric, readRubric, readRubrics, saveRubric } from './store-rubrics.ts';

const shape = z.object({
  companyId: z.uuid(),
  criteria: criteriaShape.nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Changes the rubric for calls that are read from now on. Absent = unchanged, null = that of the product. Nothing is read
 * again for it, and what was judged before stays under the keys of then.
 * @returns the rubric; unchanged when it was so already. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT.
 */
export async function updateRubric(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<Rubric> {
  authorize(viewer, 'coachingRubrics.update');
  const { companyId, criteria, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  const subject = `coachingRubric:${companyId}`;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subject]);
    const where = { accountId_id: { accountId, id: companyId } };
    const company = await tx.company.findUnique({ where, select: { id: true } });
    if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
    const rubric = await readRubric(tx, accountId, companyId);
    const { version } = rubric;
    if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
    const before = rubric.isOwn ? rubric.criteria : null;
    const isSame = JSON.stringify(criteria) === JSON.stringify(before);
    if (criteria === undefined || isSame) return rubric;
    await saveRubric(tx, accountId, { companyId, own: criteria, version: version + 1 });
    await audit(tx, viewer, clock, {
      ...{ action: 'updateCoachingRubric', subject },
      before: { criteria: before, version },
      after: { criteria, version: version + 1 },
    });
    return readRubric(tx, accountId, companyId);
  });
}

/** The rubrics of these companies that the viewer may see, in the order of the ids; null for others. */
export async function rubricsOf(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  companyIds: readonly string[],
): Promise<(Rubric | null)[]> {
  const seen = companyIds.filter((id) => may(viewer, 'coachingRubrics.read', id));
  const rubrics = await readRubrics(db.prisma, viewer.accountId, seen);
  return companyIds.map((id) => rubrics.find(({ companyId }) => companyId === id) ?? null);
}
