// Changes the settings of the viewer's account.
import { z } from 'zod';
import type { Account } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { authorize } from './permissions.ts';
import {
  changesOf,
  checkVersion,
  currencyShape,
  expectedVersionShape,
  nameShape,
  timeZoneShape,
} from './shapes.ts';
import { lockSettings, readAccount, writeAccount } from './store.ts';

const UpdateAccount = z.object({
  name: patched('name', nameShape),
  timeZone: patched('timeZone', timeZoneShape),
  currencyCode: patched('currencyCode', currencyShape),
  meteredCalling: patched('meteredCalling', z.boolean()),
  textsToTerritories: patched('textsToTerritories', z.boolean()),
  expectedVersion: expectedVersionShape,
});

export type UpdateAccountInput = z.input<typeof UpdateAccount>;

/**
 * Patches the account. A patch that changes nothing raises no version.
 * @throws Forbidden, Refused INVALID_INPUT or VERSION_CONFLICT
 */
export async function updateAccount(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: UpdateAccountInput,
): Promise<Account> {
  authorize(viewer, 'account.update');
  const { expectedVersion, ...fields } = parseInput(UpdateAccount, input);
  return db.transaction(async (tx) => {
    await lockSettings(tx, viewer.accountId);
    const account = await readAccount(tx, viewer.accountId);
    checkVersion(account, expectedVersion);
    const changes = changesOf(account, fields as Partial<Account>);
    if (!changes) return account;
    const subject = `account:${account.id}`;
    await audit(tx, viewer, clock, { action: 'updateAccount', subject, ...changes });
    return writeAccount(tx, account.id, changes.after);
  });
}
