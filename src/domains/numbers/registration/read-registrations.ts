// Reads registrations: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { RegistrationProblem } from './brand-problems.ts';
import { registrationProblems } from './registration-problems.ts';
import {
  findRegistrations,
  type RegistrationKind,
  type RegistrationRow,
} from './store-registrations.ts';

/** The registrations with these ids that the viewer may see, in any order. */
export async function readRegistrations(
  { db }: { db: Db },
  viewer: Viewer,
  kind: RegistrationKind,
  ids: readonly string[],
): Promise<RegistrationRow[]> {
  if (!may(viewer, 'registrations.read')) return [];
  const where = { accountId: viewer.accountId, id: { in: [...ids] } };
  const rows = await findRegistrations(db.prisma, kind, where);
  return rows.filter(({ companyId }) => seesCompany(viewer, companyId));
}

/** Each company's registration of a kind, or null, in the order of the ids; by one query. */
export async function registrationsOf(
  { db }: { db: Db },
  viewer: Viewer,
  kind: RegistrationKind,
  companyIds: readonly string[],
): Promise<(RegistrationRow | null)[]> {
  const seen = companyIds.filter((id) => seesCompany(viewer, id));
  const where = { accountId: viewer.accountId, companyId: { in: seen } };
  const rows = may(viewer, 'registrations.read')
    ? await findRegistrations(db.prisma, kind, where)
    : [];
  const by = new Map(rows.map((row) => [row.companyId, row]));
  return companyIds.map((id) => by.get(id) ?? null);
}

/** What the registry would refuse of a registration that the viewer was shown. Throws Forbidden. */
export function readProblems(
  { db }: { db: Db },
  viewer: Viewer,
  kind: RegistrationKind,
  row: RegistrationRow,
): Promise<RegistrationProblem[]> {
  authorize(viewer, 'registrations.read', row.companyId);
  return registrationProblems(db.prisma, kind, viewer.accountId, row);
}
