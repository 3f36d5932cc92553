// Changes what a member may do: the role, and the companies the member is kept to.
import { z } from 'zod';
import { afterCommit, type Db } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { forgetMember } from './authenticate-key.ts';
import { checkCompaniesExist } from './check-companies.ts';
import { endWithMember } from './end-with-member.ts';
import { keepOneAdmin } from './keep-one-admin.ts';
import { authorize } from './permissions.ts';
import {
  checkAdminCompanies,
  checkVersion,
  companyIdsShape,
  expectedVersionShape,
  idShape,
  roleShape,
} from './shapes.ts';
import { findMember, lockSettings, type Member, writeMember } from './store.ts';

const ChangeUserRole = z.object({
  userId: idShape,
  role: patched('role', roleShape),
  /** absent = unchanged, null = every company */
  companyIds: companyIdsShape,
  expectedVersion: expectedVersionShape,
});

export type ChangeUserRoleInput = z.input<typeof ChangeUserRole>;

type Needs = { db: Db; clock: Platform['clock']; events: Pick<Platform['events'], 'lock'> };

/**
 * Patches a member. One ADMIN stays; a member who becomes ADMIN gets every company.
 * @throws Forbidden, Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT or LAST_ADMIN
 */
export async function changeUserRole(
  { db, clock, events }: Needs,
  viewer: Viewer,
  input: ChangeUserRoleInput,
): Promise<Member> {
  authorize(viewer, 'users.changeRole');
  const { userId, expectedVersion, ...fields } = parseInput(ChangeUserRole, input);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    const member = await findMember(tx, accountId, userId);
    if (!member) throw notFound('userId', 'User');
    checkVersion(member, expectedVersion);
    const before = { role: member.role, companyIds: companiesOf(member) };
    const role = fields.role ?? member.role;
    const kept = role === 'ADMIN' ? null : before.companyIds;
    const companyIds = fields.companyIds === undefined ? kept : fields.companyIds;
    checkAdminCompanies(role, companyIds);
    if (role === before.role && String(companyIds) === String(before.companyIds)) return member;
    await checkCompaniesExist(tx, accountId, companyIds);
    if (role !== 'ADMIN') await keepOneAdmin(tx, member);
    if (role === 'NOTIFICATION') {
      await endWithMember(tx, { events, clock }, { accountId, userId });
    }
    await audit(tx, viewer, clock, {
      action: 'changeUserRole',
      subject: `user:${userId}`,
      before,
      after: { role, companyIds },
    });
    afterCommit(tx, () => forgetMember(db, accountId, userId));
    return writeMember(tx, accountId, userId, {
      role,
      allCompanies: companyIds === null,
      companyIds: companyIds ?? [],
    });
  });
}

function companiesOf(member: Member): string[] | null {
  return member.allCompanies ? null : member.companyIds;
}
