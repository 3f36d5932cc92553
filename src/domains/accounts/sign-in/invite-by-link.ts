// The operator's invitation: makes a person a member and hands out the link instead of mailing it. So the first person
// of an account comes in before any mail server is set up.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { addMemberIn } from '../add-user.ts';
import { authorize } from '../permissions.ts';
import { emailShape, nameShape, roleShape } from '../shapes.ts';
import { findMember, lockPerson, lockSettings } from '../store.ts';
import { linkAddress, makeLinkIn } from './links.ts';
import { findPerson } from './store.ts';

const InviteByLink = z.object({ email: emailShape, name: nameShape, role: roleShape });

export type InviteByLinkInput = z.input<typeof InviteByLink>;

/**
 * Adds a member of every company, unless the person is one already, and makes an invitation.
 * @param root the server's public address
 * @returns the link; null for a person who has a password already and needs none
 * @throws Forbidden, Refused INVALID_INPUT, WRONG_STATE for a role that does not sign in
 */
export async function inviteByLink(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  root: string,
  input: InviteByLinkInput,
): Promise<string | null> {
  authorize(viewer, 'users.invite');
  const { email, ...fields } = parseInput(InviteByLink, input);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    await lockPerson(tx, email);
    const person = await findPerson(tx, email);
    const member = person && (await findMember(tx, accountId, person.id));
    if ((member ?? fields).role === 'NOTIFICATION') {
      throw policyRefused('WRONG_STATE', 'A NOTIFICATION user does not sign in.', {
        field: 'role',
      });
    }
    const { userId } =
      member ?? (await addMemberIn(tx, clock, viewer, { email, ...fields, companyIds: null }));
    if (person?.password) return null;
    const token = await makeLinkIn(tx, clock, { purpose: 'INVITATION', userId, accountId });
    return linkAddress(root, 'INVITATION', token);
  });
}
