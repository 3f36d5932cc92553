// Ends an API key at once.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import { afterCommit, type Db } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { forgetKey } from './authenticate-key.ts';
import { authorize } from './permissions.ts';
import { checkVersion, expectedVersionShape, idShape } from './shapes.ts';
import { findVisibleKey, type KeyRow, lockSettings, writeKey } from './store.ts';

const RevokeApiKey = z.object({ apiKeyId: idShape, expectedVersion: expectedVersionShape });

export type RevokeApiKeyInput = z.input<typeof RevokeApiKey>;

/**
 * Revokes a key: refused here from now on, in other processes within two seconds. Revoking twice changes nothing.
 * @throws Forbidden, Refused NOT_FOUND or VERSION_CONFLICT
 */
export async function revokeApiKey(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: RevokeApiKeyInput,
): Promise<KeyRow> {
  authorize(viewer, 'apiKeys.revoke');
  const { apiKeyId, expectedVersion } = parseInput(RevokeApiKey, input);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    const key = await findVisibleKey(tx, viewer, apiKeyId);
    if (!key) throw notFound('apiKeyId', 'ApiKey');
    if (key.revokedAt) return key;
    checkVersion(key, expectedVersion);
    const revokedAt = clock.now(accountId);
    await audit(tx, viewer, clock, {
      action: 'revokeApiKey',
      subject: `apiKey:${key.id}`,
      before: { revokedAt: null },
      after: { revokedAt },
    });
    afterCommit(tx, () => forgetKey(db, key));
    return writeKey(tx, accountId, key.id, { revokedAt });
  });
}
