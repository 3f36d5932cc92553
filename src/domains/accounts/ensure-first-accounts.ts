// The very first start: an empty database gets a TEST account with one company and a key, so that a stranger can begin.
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { SCOPES } from '#values/scopes.ts';
import { createAccountIn } from './create-account.ts';
import { createApiKeyIn } from './create-api-key.ts';
import { createCompanyIn } from './create-company.ts';
import { countAccounts, lockInTransaction } from './store.ts';
import { systemViewer } from './viewers.ts';

/** What the first start made. `apiKey` is shown once: print it. */
export interface FirstAccounts {
  accountId: string;
  companyId: string;
  apiKey: string;
}

/**
 * Makes the sandbox account when the database has no account at all.
 * @returns what was made, or null when there are accounts already. Of servers starting at once only one gets an answer.
 */
export function ensureFirstAccounts({
  db,
  clock,
}: {
  db: Db;
  clock: Clock;
}): Promise<FirstAccounts | null> {
  return db.transaction(async (tx) => {
    await lockInTransaction(tx, 'first accounts');
    if ((await countAccounts(tx)) > 0) return null;
    const account = await createAccountIn(tx, clock, { name: 'Sandbox', mode: 'TEST' });
    const viewer = systemViewer(account.id, account.mode, 'first-start');
    const company = await createCompanyIn(tx, clock, viewer, { name: 'First company' });
    const grant = { name: 'First key', scopes: SCOPES, companyIds: null };
    const { secret } = await createApiKeyIn(tx, clock, viewer, grant, 'createApiKey');
    return { accountId: account.id, companyId: company.id, apiKey: secret };
  });
}
