// Makes a person a member of the account. How people sign in is another part's matter.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { checkCompaniesExist } from './check-companies.ts';
import { answerById, once } from './once.ts';
import { authorize } from './permissions.ts';
import {
  checkAdminCompanies,
  companyIdsShape,
  emailShape,
  idempotencyKeyShape,
  nameShape,
  roleShape,
} from './shapes.ts';
import {
  findMember,
  findOrInsertUser,
  insertMember,
  lockPerson,
  lockSettings,
  type Member,
} from './store.ts';

const AddUser = z.object({
  email: emailShape,
  name: nameShape,
  role: roleShape,
  companyIds: companyIdsShape,
  idempotencyKey: idempotencyKeyShape,
});

export type AddUserInput = z.input<typeof AddUser>;

/**
 * Adds a member. A person who is already known to this server by the same address keeps the name they have.
 * @throws Forbidden, Refused INVALID_INPUT (also for an address that is a member already), NOT_FOUND for an unknown
 *   company, IDEMPOTENCY_KEY_CONFLICT
 */
export async function addUser(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: AddUserInput,
): Promise<Member> {
  authorize(viewer, 'users.invite');
  const { idempotencyKey, ...fields } = parseInput(AddUser, input);
  const companyIds = fields.companyIds ?? null;
  checkAdminCompanies(fields.role, companyIds);
  const { accountId } = viewer;
  return once(
    { db, clock },
    viewer,
    { mutation: 'addUser', key: idempotencyKey, request: fields },
    async (tx) => {
      await lockSettings(tx, accountId);
      await lockPerson(tx, fields.email);
      await checkCompaniesExist(tx, accountId, companyIds);
      const createdAt = clock.now(accountId);
      const { email, name, role } = fields;
      const user = await findOrInsertUser(tx, { id: newId(), email, name, createdAt });
      if (await findMember(tx, accountId, user.id)) {
        throw invalidInput('email', 'This address is a member already; use changeUserRole.');
      }
      const member = await insertMember(tx, {
        accountId,
        userId: user.id,
        role,
        allCompanies: companyIds === null,
        companyIds: companyIds ?? [],
        createdAt,
      });
      await audit(tx, viewer, clock, {
        action: 'addUser',
        subject: `user:${user.id}`,
        after: { role, companyIds },
      });
      return member;
    },
    answerById('User', (tx, id) => findMember(tx, accountId, id)),
  );
}
