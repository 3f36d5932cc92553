// Making, rotating and revoking API keys: what may be granted, how two keys live side by side, what the log tells.
import { describe, expect, it } from 'vitest';
import { authenticateKey } from '#domains/accounts/authenticate-key.ts';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { listApiKeys } from '#domains/accounts/list-api-keys.ts';
import { revokeApiKey } from '#domains/accounts/revoke-api-key.ts';
import { rotateApiKey } from '#domains/accounts/rotate-api-key.ts';
import { freshDatabase } from '#tests/support/database.ts';
import type { Viewer } from '#values/viewer.ts';
import { foundAccount, openConnections, refusalOf, START } from './town.ts';

const { db } = await freshDatabase();
const DAY_MS = 86_400_000;

/** A town and a key that is kept to its first company. */
async function townWithKey() {
  const town = await foundAccount(db);
  const { clock, admin, company } = town;
  const other = await createCompany({ db, clock }, admin, { name: 'Other' });
  const { apiKey, secret } = await createApiKey({ db, clock }, admin, {
    name: 'Branch',
    scopes: ['settings:read', 'settings:write', 'calls:read'],
    companyIds: [company.id],
  });
  const viewer = await authenticateKey({ db, clock }, secret);
  const make = (as: Viewer, more: object = {}) =>
    createApiKey({ db, clock }, as, { name: 'New', scopes: ['calls:read'], ...more });
  return { ...town, other, apiKey, secret: secret as string, viewer, make };
}

const auditOf = (accountId: string, action: string) =>
  db.prisma.auditEntry.findMany({ where: { accountId, action }, orderBy: { id: 'asc' } });

describe('a new key', () => {
  it('is never stored nor logged in clear text', async () => {
    const { account, secret } = await townWithKey();
    const keys = await db.prisma.apiKey.findMany({ where: { accountId: account.id } });
    const log = await db.prisma.auditEntry.findMany({ where: { accountId: account.id } });
    expect(JSON.stringify([keys, log])).not.toContain(secret.slice(12));
    expect(keys[0]?.hash).toHaveLength(32);
  });

  it('holds no scope that its maker lacks', async () => {
    const { viewer, company, make } = await townWithKey();
    const companyIds = [company.id];
    const refused = await refusalOf(make(viewer, { companyIds, scopes: ['calls:write'] }));
    expect(refused).toEqual({ code: 'SCOPE_EXCEEDED', field: 'scopes' });
    expect(await refusalOf(make(viewer, { companyIds }))).toBeNull();
  });

  it('opens no company that its maker does not see', async () => {
    const { viewer, company, other, make } = await townWithKey();
    const exceeded = { code: 'SCOPE_EXCEEDED', field: 'companyIds' };
    expect(await refusalOf(make(viewer))).toEqual(exceeded);
    expect(await refusalOf(make(viewer, { companyIds: null }))).toEqual(exceeded);
    expect(await refusalOf(make(viewer, { companyIds: [company.id, other.id] }))).toEqual(exceeded);
  });

  it('names companies of its own account only', async () => {
    const { admin, make } = await townWithKey();
    const stranger = (await foundAccount(db)).company.id;
    expect(await refusalOf(make(admin, { companyIds: [stranger] }))).toEqual({
      code: 'NOT_FOUND',
      field: 'companyIds',
    });
  });

  it('needs a name, a scope and a future', async () => {
    const { admin, make } = await townWithKey();
    const invalid = (field: string) => ({ code: 'INVALID_INPUT', field });
    expect(await refusalOf(make(admin, { name: '  ' }))).toEqual(invalid('name'));
    expect(await refusalOf(make(admin, { scopes: [] }))).toEqual(invalid('scopes'));
    expect(await refusalOf(make(admin, { scopes: ['all'] }))).toEqual(invalid('scopes.0'));
    expect(await refusalOf(make(admin, { companyIds: [] }))).toEqual(invalid('companyIds'));
    expect(await refusalOf(make(admin, { expiresAt: START }))).toEqual(invalid('expiresAt'));
  });

  it('of a LIVE account says so', async () => {
    const { clock, admin } = await foundAccount(db, 'LIVE');
    const made = await createApiKey({ db, clock }, admin, { name: 'K', scopes: ['calls:read'] });
    expect(made.secret).toMatch(/^sb_live_/);
    expect(await authenticateKey({ db, clock }, made.secret)).toMatchObject({ mode: 'LIVE' });
  });
});

describe('a rotated key', () => {
  it('lives beside its successor for 24 hours, then ends', async () => {
    const { admin, apiKey, secret, clock, viewer } = await townWithKey();
    const made = await rotateApiKey({ db, clock }, admin, { apiKeyId: apiKey.id });
    const successor = made.secret as string;
    const { actor, ...rights } = await authenticateKey({ db, clock }, successor);
    expect(actor).toEqual({ kind: 'key', id: made.apiKey.id });
    expect(viewer).toMatchObject(rights);
    clock.advance(DAY_MS - 1);
    await authenticateKey({ db, clock }, secret);
    clock.advance(1);
    await expect(authenticateKey({ db, clock }, secret)).rejects.toMatchObject({
      reason: 'EXPIRED',
    });
    await authenticateKey({ db, clock }, successor);
  });

  it('ends as early as was asked, and never later than it would have', async () => {
    const { admin, clock, make } = await townWithKey();
    const expiry = async (expiresAt: Date | null, overlapSeconds: number | null) => {
      const { apiKey } = await make(admin, { expiresAt });
      await rotateApiKey({ db, clock }, admin, { apiKeyId: apiKey.id, overlapSeconds });
      const where = { accountId_id: { accountId: admin.accountId, id: apiKey.id } };
      const { expiresAt: end } = await db.prisma.apiKey.findUniqueOrThrow({ where });
      return (end as Date).getTime() - START.getTime();
    };
    expect(await expiry(null, null)).toBe(DAY_MS);
    expect(await expiry(null, 60)).toBe(60_000);
    expect(await expiry(null, 0)).toBe(0);
    expect(await expiry(new Date(START.getTime() + 5_000), 60)).toBe(5_000);
  });

  it('leaves at most two alive', async () => {
    const { admin, apiKey, clock } = await townWithKey();
    const rotate = () => rotateApiKey({ db, clock }, admin, { apiKeyId: apiKey.id });
    await openConnections(db, 3);
    const attempts = await Promise.allSettled([rotate(), rotate(), rotate()]);
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(rotate())).toEqual({ code: 'WRONG_STATE', field: 'apiKeyId' });
    const successor = attempts.find((attempt) => attempt.status === 'fulfilled');
    const { apiKey: next } = successor?.value ?? (await rotate());
    await revokeApiKey({ db, clock }, admin, { apiKeyId: next.id });
    expect(await refusalOf(rotate())).toBeNull();
  });

  it('must be alive, and within the rights of who rotates it', async () => {
    const { admin, viewer, apiKey, clock, make, company } = await townWithKey();
    const rotate = (as: Viewer, apiKeyId: string) =>
      refusalOf(rotateApiKey({ db, clock }, as, { apiKeyId, overlapSeconds: 0 }));
    const strong = await make(admin, { scopes: ['transcripts:raw'] });
    expect(await rotate(viewer, strong.apiKey.id)).toEqual({
      code: 'NOT_FOUND',
      field: 'apiKeyId',
    });
    const weaker = { ...viewer, companyIds: null };
    expect(await rotate(weaker, strong.apiKey.id)).toEqual({
      code: 'SCOPE_EXCEEDED',
      field: 'scopes',
    });
    const own = await make(viewer, { companyIds: [company.id] });
    expect(await rotate(viewer, own.apiKey.id)).toBeNull();
    expect(await rotate(viewer, apiKey.id)).toBeNull();
    expect(await rotate(admin, apiKey.id)).toEqual({ code: 'WRONG_STATE', field: 'apiKeyId' });
    await revokeApiKey({ db, clock }, admin, { apiKeyId: strong.apiKey.id });
    expect(await rotate(admin, strong.apiKey.id)).toMatchObject({ code: 'WRONG_STATE' });
    const tooLong = { apiKeyId: apiKey.id, overlapSeconds: 86_401 };
    expect(await refusalOf(rotateApiKey({ db, clock }, admin, tooLong))).toEqual({
      code: 'INVALID_INPUT',
      field: 'overlapSeconds',
    });
  });

  it('is told of in the log, both halves in one transaction', async () => {
    const { account, admin, apiKey, clock } = await townWithKey();
    const { apiKey: next } = await rotateApiKey({ db, clock }, admin, { apiKeyId: apiKey.id });
    const entries = await auditOf(account.id, 'rotateApiKey');
    expect(entries.map((entry) => entry.subject)).toEqual([
      `apiKey:${next.id}`,
      `apiKey:${apiKey.id}`,
    ]);
    expect(entries[1]).toMatchObject({
      actor: 'system:tests',
      before: { expiresAt: null },
      after: { expiresAt: '2026-03-03T15:00:00.000Z' },
    });
  });
});

describe('a revoked key', () => {
  it('stays as it was when it is revoked again', async () => {
    const { account, admin, apiKey, clock } = await townWithKey();
    const first = await revokeApiKey({ db, clock }, admin, { apiKeyId: apiKey.id });
    clock.advance(1_000);
    expect(await revokeApiKey({ db, clock }, admin, { apiKeyId: apiKey.id })).toEqual(first);
    expect(await auditOf(account.id, 'revokeApiKey')).toHaveLength(1);
  });

  it('is not one that a key of other companies, or of another account, can name', async () => {
    const { viewer, make, admin, clock, apiKey } = await townWithKey();
    const wide = await make(admin);
    const missing = { code: 'NOT_FOUND', field: 'apiKeyId' };
    const revoke = (as: Viewer, apiKeyId: string) =>
      refusalOf(revokeApiKey({ db, clock }, as, { apiKeyId }));
    expect(await revoke(viewer, wide.apiKey.id)).toEqual(missing);
    expect(await revoke((await foundAccount(db)).admin, apiKey.id)).toEqual(missing);
    expect(await revoke(viewer, apiKey.id)).toBeNull();
  });
});

it('lists, for a key kept to some companies, itself and what it made', async () => {
  const { viewer, make, admin, clock, company, apiKey } = await townWithKey();
  await make(admin);
  const own = await make(viewer, { companyIds: [company.id] });
  const want = { filter: {}, direction: 'asc', limit: 10, after: null } as const;
  const ids = async (as: Viewer) =>
    (await listApiKeys({ db, clock }, as, want)).map((key) => key.id);
  expect((await ids(viewer)).sort()).toEqual([apiKey.id, own.apiKey.id].sort());
  expect(await ids(admin)).toHaveLength(3);
});
