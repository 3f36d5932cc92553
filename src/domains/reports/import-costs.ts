// What was spent, told by whoever pays for the ads: reports then know what a lead costs.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { type Cost, type CostGiven, readCostFile, readCosts } from './cost-input.ts';
import { type CostImportRow, holdCosts, readImport, replaceCosts } from './store-costs.ts';

const MOST_KEY_CHARACTERS = 200;

const shape = z.object({
  companyId: z.uuid(),
  importKey: z
    .string()
    .trim()
    .min(1, 'importKey takes a name of your own, such as google-ads-2026-11.')
    .max(MOST_KEY_CHARACTERS, `importKey takes at most ${MOST_KEY_CHARACTERS} characters.`),
  csv: z.string().nullish(),
  rows: z.array(z.custom<CostGiven>()).nullish(),
});

/**
 * Imports costs. The same key again puts the new rows in the place of all that it brought before; the same rows again
 * change nothing. No rows take back what it brought.
 * @param request.csv a file with a header; or request.rows
 * @returns the import as it stands. Throws Forbidden; Refused INVALID_INPUT naming rows and fields, NOT_FOUND.
 */
export async function importCosts(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<CostImportRow> {
  authorize(viewer, 'costs.import');
  const { companyId, importKey: key, csv, rows } = parseInput(shape, request);
  const { accountId } = viewer;
  if (!seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  if ((csv == null) === (rows == null)) {
    throw invalidInput('rows', 'Give rows or csv, and not both.');
  }
  const account = await db.prisma.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { currencyCode: true },
  });
  const { currencyCode } = account;
  const file = csv == null ? null : readCostFile(csv);
  const costs = readCosts(file?.rows ?? rows ?? [], currencyCode, file?.lines);
  return db.transaction(async (tx) => {
    if (!(await holdCosts(tx, accountId, companyId))) throw notFound('companyId', 'Company');
    return replace(tx, { clock }, viewer, { companyId, key }, costs);
  });
}

async function replace(
  tx: Tx,
  { clock }: Pick<Platform, 'clock'>,
  viewer: Viewer,
  { companyId, key }: { companyId: string; key: string },
  costs: readonly Cost[],
): Promise<CostImportRow> {
  const { accountId } = viewer;
  const sha256 = createHash('sha256').update(JSON.stringify(costs)).digest();
  const before = await readImport(tx, { accountId, companyId, key });
  if (before && sha256.equals(before.sha256)) return before;
  const row = {
    ...{ accountId, companyId, key, rowCount: costs.length },
    sha256: Uint8Array.from(sha256),
    importedAt: clock.now(accountId),
    importedBy: nameActor(viewer.actor),
  };
  await replaceCosts(tx, row, costs);
  await audit(tx, viewer, clock, {
    action: 'importCosts',
    subject: `company:${companyId}`,
    ...(before && { before: { rowCount: before.rowCount } }),
    after: { key, rowCount: costs.length },
  });
  return row;
}
