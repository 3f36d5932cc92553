// Makes a company of the account.
import { z } from 'zod';
import type { Company } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { answerById, once } from './once.ts';
import { authorize } from './permissions.ts';
import { idempotencyKeyShape, nameShape, timeZoneShape } from './shapes.ts';
import { findCompany, insertCompany, readAccount } from './store.ts';

const CreateCompany = z.object({
  name: nameShape,
  /** the account's zone when left out */
  timeZone: timeZoneShape.nullish(),
  idempotencyKey: idempotencyKeyShape,
});

export type CreateCompanyInput = z.input<typeof CreateCompany>;

/**
 * Makes an active company.
 * @throws Forbidden, Refused INVALID_INPUT or IDEMPOTENCY_KEY_CONFLICT
 */
export async function createCompany(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: CreateCompanyInput,
): Promise<Company> {
  authorize(viewer, 'companies.create');
  const { idempotencyKey, ...fields } = parseInput(CreateCompany, input);
  return once(
    { db, clock },
    viewer,
    { mutation: 'createCompany', key: idempotencyKey, request: fields },
    (tx) => createCompanyIn(tx, clock, viewer, fields),
    answerById('Company', (tx, id) => findCompany(tx, viewer.accountId, id)),
  );
}

/** The change itself, inside a transaction of the caller, which has authorised it. */
export async function createCompanyIn(
  tx: Tx,
  clock: Clock,
  viewer: Viewer,
  fields: { name: string; timeZone?: string | null | undefined },
): Promise<Company> {
  const { accountId } = viewer;
  const timeZone = fields.timeZone ?? (await readAccount(tx, accountId)).timeZone;
  const company = await insertCompany(tx, {
    accountId,
    id: newId(),
    name: fields.name,
    timeZone,
    createdAt: clock.now(accountId),
  });
  await audit(tx, viewer, clock, {
    action: 'createCompany',
    subject: `company:${company.id}`,
    after: { name: company.name, timeZone, status: company.status },
  });
  return company;
}
