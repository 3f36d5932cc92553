// Replaces an API key by a new one with the same rights; both live for a while, so that no caller is cut off.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import { afterCommit, type Db, type Tx } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { forgetKey } from './authenticate-key.ts';
import { checkGrant } from './check-grant.ts';
import { createApiKeyIn, keyOnce, type MadeKey } from './create-api-key.ts';
import { once } from './once.ts';
import { authorize } from './permissions.ts';
import { checkVersion, expectedVersionShape, idempotencyKeyShape, idShape } from './shapes.ts';
import { findLiveSuccessor, findVisibleKey, type KeyRow, lockSettings, writeKey } from './store.ts';
import { keyViewer } from './viewers.ts';

const MAX_OVERLAP_SECONDS = 24 * 3_600;
const OVERLAP = `overlapSeconds takes 0 to ${MAX_OVERLAP_SECONDS} (24 hours).`;

const RotateApiKey = z.object({
  apiKeyId: idShape,
  /** how long the old key lives on; 24 hours when left out */
  overlapSeconds: z.int(OVERLAP).min(0, OVERLAP).max(MAX_OVERLAP_SECONDS, OVERLAP).nullish(),
  expectedVersion: expectedVersionShape,
  idempotencyKey: idempotencyKeyShape,
});

export type RotateApiKeyInput = z.input<typeof RotateApiKey>;

/**
 * Makes the successor of a key: same name, scopes, companies and expiry. The old key expires after the overlap, or
 * earlier when it would have anyway. At most two keys live while rotating.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, SCOPE_EXCEEDED, IDEMPOTENCY_KEY_CONFLICT, or
 *   WRONG_STATE for a key that is dead or is being rotated already
 */
export async function rotateApiKey(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: RotateApiKeyInput,
): Promise<MadeKey> {
  authorize(viewer, 'apiKeys.rotate');
  const { idempotencyKey, ...fields } = parseInput(RotateApiKey, input);
  const { accountId } = viewer;
  return once(
    { db, clock },
    viewer,
    { mutation: 'rotateApiKey', key: idempotencyKey, request: fields },
    async (tx) => {
      await lockSettings(tx, accountId);
      const old = await findVisibleKey(tx, viewer, fields.apiKeyId);
      if (!old) throw notFound('apiKeyId', 'ApiKey');
      checkVersion(old, fields.expectedVersion);
      const now = clock.now(accountId);
      await checkRotatable(tx, old, now);
      const { scopes, companyIds } = keyViewer(old);
      checkGrant(viewer, { scopes, companyIds });
      const made = await createApiKeyIn(
        tx,
        clock,
        viewer,
        { name: old.name, scopes, companyIds, expiresAt: old.expiresAt, replacesId: old.id },
        'rotateApiKey',
      );
      const end = new Date(now.getTime() + (fields.overlapSeconds ?? MAX_OVERLAP_SECONDS) * 1_000);
      const expiresAt = old.expiresAt && old.expiresAt < end ? old.expiresAt : end;
      await writeKey(tx, accountId, old.id, { expiresAt });
      await audit(tx, viewer, clock, {
        action: 'rotateApiKey',
        subject: `apiKey:${old.id}`,
        before: { expiresAt: old.expiresAt },
        after: { expiresAt },
      });
      afterCommit(tx, () => forgetKey(db, old));
      return made;
    },
    keyOnce(accountId),
  );
}

async function checkRotatable(tx: Tx, key: KeyRow, now: Date): Promise<void> {
  const dead = key.revokedAt
    ? 'was revoked'
    : key.expiresAt && key.expiresAt <= now && 'has expired';
  if (dead) {
    const message = `This key ${dead}, so it cannot be rotated. Make a new one with createApiKey.`;
    throw policyRefused('WRONG_STATE', message, { field: 'apiKeyId' });
  }
  if (!(await findLiveSuccessor(tx, key, now))) return;
  const message = 'This key is being rotated already. Rotate its successor, or revoke that first.';
  throw policyRefused('WRONG_STATE', message, {
    field: 'apiKeyId',
  });
}
