// From bearer to viewer, and how fast a change of rights is seen.
import { describe, expect, it, vi } from 'vitest';
import { addUser } from '#domains/accounts/add-user.ts';
import { authenticateKey, recheck } from '#domains/accounts/authenticate-key.ts';
import { changeUserRole } from '#domains/accounts/change-user-role.ts';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { makeKey } from '#domains/accounts/key-format.ts';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { revokeApiKey } from '#domains/accounts/revoke-api-key.ts';
import { memberViewer } from '#domains/accounts/viewers.ts';
import { openDb } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { foundAccount, noEvents, noJobs, START } from './town.ts';

const { db, url } = await freshDatabase();

async function withKey(more: { expiresAt?: Date; restricted?: boolean } = {}) {
  const town = await foundAccount(db);
  const { apiKey, secret } = await createApiKey(town, town.admin, {
    name: 'Partner',
    scopes: ['calls:read', 'leads:read'],
    companyIds: more.restricted ? [town.company.id] : null,
    expiresAt: more.expiresAt ?? null,
  });
  return { ...town, apiKey, secret: secret as string };
}

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown) => `${thrown.name} ${thrown.code} ${thrown.reason}`,
  );

describe('a bearer', () => {
  it('becomes a viewer with the key’s rights', async () => {
    const { account, apiKey, secret, clock, company } = await withKey({ restricted: true });
    const viewer = {
      accountId: account.id,
      mode: 'TEST',
      actor: { kind: 'key', id: apiKey.id },
      role: 'ADMIN',
      scopes: ['calls:read', 'leads:read'],
      companyIds: [company.id],
    };
    expect(await authenticateKey({ db, clock }, secret)).toEqual(viewer);
    expect(await authenticateKey({ db, clock }, `Bearer ${secret}`)).toEqual(viewer);
  });

  it('is refused with the reason that holds', async () => {
    const { secret, clock } = await withKey({ expiresAt: new Date(START.getTime() + 60_000) });
    const reason = (bearer: string | null) => reasonOf(authenticateKey({ db, clock }, bearer));
    expect(await reason(null)).toBe('Unauthenticated UNAUTHENTICATED MISSING');
    expect(await reason('Bearer ')).toBe('Unauthenticated UNAUTHENTICATED MISSING');
    expect(await reason('Basic abc')).toBe('Unauthenticated UNAUTHENTICATED MALFORMED');
    expect(await reason(secret.slice(0, -1))).toBe('Unauthenticated UNAUTHENTICATED MALFORMED');
    expect(await reason(makeKey('TEST'))).toBe('Unauthenticated UNAUTHENTICATED UNKNOWN');
    clock.advance(59_999);
    expect(await reason(secret)).toBeNull();
    clock.advance(1);
    expect(await reason(secret)).toBe('Unauthenticated UNAUTHENTICATED EXPIRED');
  });

  it('that is malformed costs no query', async () => {
    const { secret, clock } = await withKey();
    const lookups = vi.spyOn(db.prisma.apiKey, 'findUnique');
    await reasonOf(authenticateKey({ db, clock }, `${secret}x`));
    expect(lookups).not.toHaveBeenCalled();
    await Promise.all([1, 2, 3].map(() => authenticateKey({ db, clock }, secret)));
    expect(lookups).toHaveBeenCalledTimes(1);
    lookups.mockRestore();
  });

  it('is refused at once where it was revoked, and within two seconds in another process', async () => {
    const { admin, apiKey, secret, clock } = await withKey();
    const log = openLog({ level: 'silent', name: 'tests', showPersonalData: false });
    const elsewhere = await openDb({ url, applicationName: 'another', poolSize: 2, log });
    await authenticateKey({ db, clock }, secret);
    const there = await authenticateKey({ db: elsewhere, clock }, secret);
    await revokeApiKey({ db, clock }, admin, { apiKeyId: apiKey.id });
    expect(await reasonOf(authenticateKey({ db, clock }, secret))).toContain('REVOKED');
    expect(await reasonOf(recheck({ db, clock }, there))).toContain('REVOKED');
    await vi.waitFor(
      async () => {
        const reason = await reasonOf(authenticateKey({ db: elsewhere, clock }, secret));
        expect(reason).toContain('REVOKED');
      },
      { timeout: 4_000, interval: 100 },
    );
    await elsewhere.close();
  });

  it('is not called bad while the database is away', async () => {
    const { secret, clock } = await withKey();
    const log = openLog({ level: 'silent', name: 'tests', showPersonalData: false });
    const gone = await openDb({ url, applicationName: 'gone', poolSize: 1, log });
    await gone.close();
    const work = authenticateKey({ db: gone, clock }, secret);
    await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  });

  it('notes its last use at most once a minute', async () => {
    const { account, apiKey, secret, clock } = await withKey();
    const where = { accountId_id: { accountId: account.id, id: apiKey.id } };
    const lastUse = async () =>
      (await db.prisma.apiKey.findUniqueOrThrow({ where })).lastUsedAt?.toISOString();
    const writes = vi.spyOn(db.prisma.apiKey, 'updateMany');
    expect(await lastUse()).toBeUndefined();
    await authenticateKey({ db, clock }, secret);
    await vi.waitFor(async () => expect(await lastUse()).toBe(START.toISOString()));
    clock.advance(59_999);
    await authenticateKey({ db, clock }, secret);
    expect(writes).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await authenticateKey({ db, clock }, secret);
    await vi.waitFor(async () => expect(await lastUse()).toBe('2026-03-02T15:01:00.000Z'));
    expect(writes).toHaveBeenCalledTimes(2);
    writes.mockRestore();
  });
});

describe('a viewer whose subscription is open', () => {
  it('keeps its rights while the key holds, and loses them when it expires', async () => {
    const { secret, clock } = await withKey({ expiresAt: new Date(START.getTime() + 1_000) });
    const viewer = await authenticateKey({ db, clock }, secret);
    expect(await recheck({ db, clock }, viewer)).toEqual(viewer);
    clock.advance(1_000);
    expect(await reasonOf(recheck({ db, clock }, viewer))).toContain('EXPIRED');
  });

  it('gets the role that the member has now, and ends with the membership', async () => {
    const { admin, clock } = await foundAccount(db);
    const email = 'sam@example.com';
    const member = await addUser({ db, clock, jobs: noJobs }, admin, {
      email,
      name: 'Sam',
      role: 'MANAGER',
    });
    const viewer = memberViewer(member);
    expect(await recheck({ db, clock }, viewer)).toEqual(viewer);
    await changeUserRole({ db, clock, events: noEvents }, admin, {
      userId: member.id,
      role: 'AGENT',
    });
    expect(await recheck({ db, clock }, viewer)).toMatchObject({
      role: 'AGENT',
      scopes: [
        'calls:read',
        'calls:write',
        'forms:read',
        'messages:read',
        'messages:write',
        'chats:read',
        'chats:write',
        'leads:read',
        'leads:write',
        'agents:read',
        'agents:write',
        'notifications:read',
        'notifications:write',
        'personal:read',
      ],
    });
    await removeUser({ db, clock, events: noEvents }, admin, { userId: member.id });
    expect(await reasonOf(recheck({ db, clock }, viewer))).toContain('REVOKED');
  });

  it('is the server itself: always good', async () => {
    const { admin, clock } = await foundAccount(db);
    expect(await recheck({ db, clock }, admin)).toBe(admin);
  });
});
