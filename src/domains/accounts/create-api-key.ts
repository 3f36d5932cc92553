// Makes an API key. Its text is returned once and never kept.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Scope } from '#values/scopes.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { checkCompaniesExist } from './check-companies.ts';
import { checkGrant } from './check-grant.ts';
import { hashKey, makeKey, shownPart } from './key-format.ts';
import { answerById, once } from './once.ts';
import { authorize } from './permissions.ts';
import { companyIdsShape, idempotencyKeyShape, nameShape, scopesShape } from './shapes.ts';
import { findKeyById, insertKey, type KeyRow } from './store.ts';

const CreateApiKey = z.object({
  name: nameShape,
  scopes: scopesShape,
  companyIds: companyIdsShape,
  /** null or absent: the key does not expire */
  expiresAt: z.date().nullish(),
  idempotencyKey: idempotencyKeyShape,
});

export type CreateApiKeyInput = z.input<typeof CreateApiKey>;

/** A key and, when it has just been made, its text; a repetition under an idempotencyKey cannot show the text again. */
export interface MadeKey {
  apiKey: KeyRow;
  secret: string | null;
}

/**
 * Makes a key of the account's mode (sb_live_…, sb_test_…).
 * @throws Forbidden; Refused INVALID_INPUT, SCOPE_EXCEEDED for rights that the viewer does not have, NOT_FOUND for an
 *   unknown company, IDEMPOTENCY_KEY_CONFLICT
 */
export async function createApiKey(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: CreateApiKeyInput,
): Promise<MadeKey> {
  authorize(viewer, 'apiKeys.create');
  const { idempotencyKey, ...fields } = parseInput(CreateApiKey, input);
  const grant = { ...fields, companyIds: fields.companyIds ?? null };
  checkGrant(viewer, grant);
  if (fields.expiresAt && fields.expiresAt <= clock.now(viewer.accountId)) {
    throw invalidInput('expiresAt', 'expiresAt takes a time in the future.');
  }
  return once(
    { db, clock },
    viewer,
    { mutation: 'createApiKey', key: idempotencyKey, request: fields },
    async (tx) => {
      await checkCompaniesExist(tx, viewer.accountId, grant.companyIds);
      return createApiKeyIn(tx, clock, viewer, grant, 'createApiKey');
    },
    keyOnce(viewer.accountId),
  );
}

/** The change itself, inside a transaction of the caller, which has authorised it and checked the grant. */
export async function createApiKeyIn(
  tx: Tx,
  clock: Clock,
  viewer: Viewer,
  grant: {
    name: string;
    scopes: readonly Scope[];
    companyIds: readonly string[] | null;
    expiresAt?: Date | null | undefined;
    replacesId?: string;
  },
  action: string,
): Promise<{ apiKey: KeyRow; secret: string }> {
  const secret = makeKey(viewer.mode);
  const { name, scopes, companyIds, expiresAt = null, replacesId = null } = grant;
  const apiKey = await insertKey(tx, {
    accountId: viewer.accountId,
    id: newId(),
    name,
    prefix: shownPart(secret),
    hash: hashKey(secret),
    scopes: [...scopes],
    allCompanies: companyIds === null,
    companyIds: [...(companyIds ?? [])],
    expiresAt,
    replacesId,
    createdBy: nameActor(viewer.actor),
    createdAt: clock.now(viewer.accountId),
  });
  await audit(tx, viewer, clock, {
    action,
    subject: `apiKey:${apiKey.id}`,
    after: { name, prefix: apiKey.prefix, scopes, companyIds, expiresAt },
  });
  return { apiKey, secret };
}

/** How `once` remembers a made key: by its id, without its text. */
export function keyOnce(accountId: string) {
  const byId = answerById<KeyRow>('ApiKey', (tx, id) => findKeyById(tx, accountId, id));
  return {
    store: (made: MadeKey) => byId.store(made.apiKey),
    restore: async (tx: Tx, stored: ReturnType<typeof byId.store>): Promise<MadeKey> => ({
      apiKey: await byId.restore(tx, stored),
      secret: null,
    }),
  };
}
