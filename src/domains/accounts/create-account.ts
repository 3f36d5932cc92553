// Makes an account. Only the operator of the server does this, so there is no viewer and no GraphQL mutation.
import { z } from 'zod';
import type { Account } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { audit } from './audit.ts';
import { currencyShape, nameShape, timeZoneShape } from './shapes.ts';
import { insertAccount } from './store.ts';
import { systemViewer } from './viewers.ts';

const CreateAccount = z.object({
  name: nameShape,
  /** TEST accounts live on the sandbox carrier, LIVE ones on the real one; this never changes */
  mode: z.enum(['LIVE', 'TEST']),
  timeZone: timeZoneShape.default('America/New_York'),
  currencyCode: currencyShape.default('USD'),
});

export type CreateAccountInput = z.input<typeof CreateAccount>;

/**
 * Makes an account, still without companies, keys or a carrier.
 * @throws Refused INVALID_INPUT
 */
export function createAccount(
  { db, clock }: { db: Db; clock: Clock },
  input: CreateAccountInput,
): Promise<Account> {
  return db.transaction((tx) => createAccountIn(tx, clock, input));
}

/** `createAccount` inside a transaction of the caller. */
export async function createAccountIn(
  tx: Tx,
  clock: Clock,
  input: CreateAccountInput,
): Promise<Account> {
  const fields = parseInput(CreateAccount, input);
  const id = newId();
  const account = await insertAccount(tx, { id, ...fields, createdAt: clock.now(id) });
  await audit(tx, systemViewer(id, account.mode, 'operator'), clock, {
    action: 'createAccount',
    subject: `account:${id}`,
    after: fields,
  });
  return account;
}
