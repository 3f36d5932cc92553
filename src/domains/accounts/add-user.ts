// Makes a person a member of the account, and has a mail tell them so: with a link to choose a password, if they have none.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Role } from '#values/scopes.ts';
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
import { sendMailJob } from './sign-in/jobs.ts';
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
 * Adds a member. A person who is already known to this server by the same address keeps the name they have. Every role
 * but NOTIFICATION, which does not sign in, is written to.
 * @throws Forbidden, Refused INVALID_INPUT (also for an address that is a member already), NOT_FOUND for an unknown
 *   company, IDEMPOTENCY_KEY_CONFLICT
 */
export async function addUser(
  { db, clock, jobs }: Pick<Platform, 'db' | 'clock'> & { jobs: Pick<Platform['jobs'], 'enqueue'> },
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
      const member = await addMemberIn(tx, clock, viewer, { ...fields, companyIds });
      if (member.role !== 'NOTIFICATION') {
        const { userId } = member;
        await jobs.enqueue(tx, sendMailJob, { kind: 'WELCOME', userId, accountId });
      }
      return member;
    },
    answerById('User', (tx, id) => findMember(tx, accountId, id)),
  );
}

/** The change itself. Hold the locks of the account's settings and of the person. */
export async function addMemberIn(
  tx: Tx,
  clock: Clock,
  viewer: Viewer,
  fields: { email: string; name: string; role: Role; companyIds: string[] | null },
): Promise<Member> {
  const { accountId } = viewer;
  const { email, name, role, companyIds } = fields;
  const createdAt = clock.now(accountId);
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
}
