// Ends a membership. The person is forgotten when no other account has them.
import { z } from 'zod';
import { afterCommit, type Db } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { forgetMember } from './authenticate-key.ts';
import { endWithMember } from './end-with-member.ts';
import { keepOneAdmin } from './keep-one-admin.ts';
import { authorize } from './permissions.ts';
import { checkVersion, expectedVersionShape, idShape } from './shapes.ts';
import { deleteMember, findMember, lockPerson, lockSettings, type Member } from './store.ts';

const RemoveUser = z.object({ userId: idShape, expectedVersion: expectedVersionShape });

export type RemoveUserInput = z.input<typeof RemoveUser>;

type Needs = { db: Db; clock: Platform['clock']; events: Pick<Platform['events'], 'lock'> };

/**
 * Removes a member, with what ends with them; open subscriptions of that person end at their next check.
 * @returns the member as it was
 * @throws Forbidden, Refused NOT_FOUND, VERSION_CONFLICT or LAST_ADMIN
 */
export async function removeUser(
  { db, clock, events }: Needs,
  viewer: Viewer,
  input: RemoveUserInput,
): Promise<Member> {
  authorize(viewer, 'users.remove');
  const { userId, expectedVersion } = parseInput(RemoveUser, input);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    const member = await findMember(tx, accountId, userId);
    if (!member) throw notFound('userId', 'User');
    checkVersion(member, expectedVersion);
    await keepOneAdmin(tx, member);
    // the same lock as addUser, or the person could be deleted while another account adds them
    await lockPerson(tx, member.user.email);
    await endWithMember(tx, { events, clock }, { accountId, userId });
    await deleteMember(tx, accountId, userId);
    await audit(tx, viewer, clock, {
      action: 'removeUser',
      subject: `user:${userId}`,
      before: { role: member.role, companyIds: member.allCompanies ? null : member.companyIds },
    });
    afterCommit(tx, () => forgetMember(db, accountId, userId));
    return member;
  });
}
