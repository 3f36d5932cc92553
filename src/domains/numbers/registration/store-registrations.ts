// The tables brand_registration and campaign_registration, which have the same columns: the only place that writes them.
import type { Prisma } from '#generated/prisma/client.ts';
import type { RegistrationState } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';

/** Which of the two: who a company is, or what its texts are for. */
export type RegistrationKind = 'brand' | 'campaign';

export interface RegistrationRow {
  id: string;
  companyId: string;
  state: RegistrationState;
  /** as far as they are filled in: see details.ts */
  details: Record<string, unknown>;
  submissions: number;
  carrierId: string | null;
  reason: string | null;
  version: number;
  createdAt: Date;
}

const COLUMNS = {
  id: true,
  companyId: true,
  state: true,
  details: true,
  submissions: true,
  carrierId: true,
  reason: true,
  version: true,
  createdAt: true,
} as const;

type Stored = Prisma.BrandRegistrationGetPayload<{ select: typeof COLUMNS }>;
const asRow = (row: Stored | null) => row as RegistrationRow | null;

/** The table of a kind; both take the same words. */
function tableOf(tx: Tx, kind: RegistrationKind): Tx['brandRegistration'] {
  if (kind === 'brand') return tx.brandRegistration;
  return tx.campaignRegistration as unknown as Tx['brandRegistration'];
}

/** One registration of the account, or null. */
export async function readRegistration(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  id: string,
): Promise<RegistrationRow | null> {
  const where = { accountId_id: { accountId, id } };
  return asRow(await tableOf(tx, kind).findUnique({ where, select: COLUMNS }));
}

/** The company's registration of a kind, or null: there is one at most. */
export async function readOfCompany(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  companyId: string,
): Promise<RegistrationRow | null> {
  const where = { accountId_companyId: { accountId, companyId } };
  return asRow(await tableOf(tx, kind).findUnique({ where, select: COLUMNS }));
}

/** Those of these companies or with these ids that a viewer's filter leaves, in any order. */
export async function findRegistrations(
  tx: Tx,
  kind: RegistrationKind,
  where: { accountId: string; companyId?: { in: string[] }; id?: { in: string[] } },
): Promise<RegistrationRow[]> {
  return (await tableOf(tx, kind).findMany({ where, select: COLUMNS })) as RegistrationRow[];
}

/** The id of the registration that the carrier knows by this id, or null. */
export async function findByCarrierId(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  carrierId: string,
): Promise<string | null> {
  const where = { accountId, carrierId };
  const found = await tableOf(tx, kind).findFirst({ where, select: { id: true } });
  return found?.id ?? null;
}

/** Writes a new draft. */
export async function insertRegistration(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  row: { id: string; companyId: string; details: object; createdAt: Date },
): Promise<void> {
  const { details, ...columns } = row;
  await tableOf(tx, kind).create({
    data: { accountId, ...columns, details: details as Prisma.InputJsonObject },
  });
}

/** Writes fields of a registration, raises its version and returns it. */
export async function writeRegistration(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  id: string,
  fields: Partial<Pick<RegistrationRow, 'state' | 'submissions' | 'carrierId' | 'reason'>> & {
    details?: object;
    checkAt?: Date | null;
  },
): Promise<number> {
  const { details, ...columns } = fields;
  const { version } = await tableOf(tx, kind).update({
    where: { accountId_id: { accountId, id } },
    data: {
      ...columns,
      ...(details && { details: details as Prisma.InputJsonObject }),
      version: { increment: 1 },
    },
    select: { version: true },
  });
  return version;
}

/** Notes when the carrier is asked next: nothing that anybody sees by a version. */
export async function noteLook(
  tx: Tx,
  kind: RegistrationKind,
  accountId: string,
  id: string,
  checkAt: Date | null,
): Promise<void> {
  await tableOf(tx, kind).update({
    where: { accountId_id: { accountId, id } },
    data: { checkAt },
  });
}

/** Takes registrations that are due, of all accounts, and puts their next look off, so that no other run takes them too. */
export async function claimDueRegistrations(
  tx: Tx,
  kind: RegistrationKind,
  now: Date,
  next: Date,
  limit: number,
): Promise<{ accountId: string; id: string }[]> {
  const due = await tableOf(tx, kind).findMany({
    where: { checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
  await tableOf(tx, kind).updateMany({
    where: {
      accountId: { in: due.map(({ accountId }) => accountId) },
      id: { in: due.map(({ id }) => id) },
    },
    data: { checkAt: next },
  });
  return due;
}
