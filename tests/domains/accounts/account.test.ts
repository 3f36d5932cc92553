// Accounts, companies, the carrier settings and the very first start.
import { describe, expect, it } from 'vitest';
import { audit } from '#domains/accounts/audit.ts';
import { authenticateKey } from '#domains/accounts/authenticate-key.ts';
import {
  type ConfigureCarrierInput,
  configureCarrier,
} from '#domains/accounts/configure-carrier.ts';
import { createAccount } from '#domains/accounts/create-account.ts';
import { createCompany } from '#domains/accounts/create-company.ts';
import { ensureFirstAccounts } from '#domains/accounts/ensure-first-accounts.ts';
import { accountsJobHandlers } from '#domains/accounts/jobs.ts';
import { openCarrierSettings } from '#domains/accounts/open-carrier-settings.ts';
import { listAccounts } from '#domains/accounts/store.ts';
import { updateAccount } from '#domains/accounts/update-account.ts';
import { type UpdateCompanyInput, updateCompany } from '#domains/accounts/update-company.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { SCOPES } from '#values/scopes.ts';
import { foundAccount, openConnections, refusalOf, START } from './town.ts';

const { db } = await freshDatabase();
const secrets = openSecrets(Buffer.alloc(32, 3));

describe('the first start', async () => {
  const fresh = await freshDatabase();
  const clock = turnedClock(START);

  it('makes one TEST account with a company and a key of all scopes, once', async () => {
    await openConnections(fresh.db, 3);
    const starts = await Promise.all([1, 2, 3].map(() => ensureFirstAccounts({ ...fresh, clock })));
    const [made, ...more] = starts.filter((start) => start !== null);
    expect(more).toEqual([]);
    expect(await authenticateKey({ ...fresh, clock }, made?.apiKey)).toMatchObject({
      accountId: made?.accountId,
      mode: 'TEST',
      role: 'ADMIN',
      scopes: SCOPES,
      companyIds: null,
    });
    const accounts = await listAccounts(fresh.db.prisma);
    expect(accounts.map((account) => account.id)).toEqual([made?.accountId]);
    expect(await fresh.db.prisma.company.findMany()).toMatchObject([{ id: made?.companyId }]);
    expect(await ensureFirstAccounts({ ...fresh, clock })).toBeNull();
  });
});

describe('an account', () => {
  it('is patched, with its version and the log', async () => {
    const { admin, clock, account } = await foundAccount(db);
    const changed = await updateAccount({ db, clock }, admin, {
      timeZone: 'America/Los_Angeles',
      expectedVersion: 1,
    });
    expect(changed).toMatchObject({ name: account.name, version: 2 });
    expect(await updateAccount({ db, clock }, admin, {})).toMatchObject({ version: 2 });
    const conflict = updateAccount({ db, clock }, admin, { name: 'X', expectedVersion: 1 });
    await expect(conflict).rejects.toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 2 });
    const log = await db.prisma.auditEntry.findMany({ where: { action: 'updateAccount' } });
    expect(log).toMatchObject([
      { before: { timeZone: 'America/New_York' }, after: { timeZone: 'America/Los_Angeles' } },
    ]);
  });

  it.each([
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ timeZone: '+02:00' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
    [{ timeZone: null }, 'timeZone'],
    [{ currencyCode: 'usd' }, 'currencyCode'],
    [{ currencyCode: 'ZZZ' }, 'currencyCode'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: null }, 'name'],
  ])('refuses %j', async (patch, field) => {
    const { admin, clock } = await foundAccount(db);
    const refused = await refusalOf(updateAccount({ db, clock }, admin, patch));
    expect(refused).toEqual({ code: 'INVALID_INPUT', field });
  });
});

describe('a company', () => {
  async function town() {
    const made = await foundAccount(db);
    const { admin, clock, company } = made;
    const update = (patch: Omit<UpdateCompanyInput, 'companyId'>, companyId = company.id) =>
      updateCompany({ db, clock }, admin, { companyId, ...patch });
    return { ...made, update };
  }

  it('takes the zone of its account unless it has its own', async () => {
    const { company, admin, clock } = await town();
    expect(company).toMatchObject({ timeZone: 'America/New_York', status: 'ACTIVE', version: 1 });
    const timeZone = 'America/Denver';
    const other = await createCompany({ db, clock }, admin, { name: 'Other', timeZone });
    expect(other.timeZone).toBe(timeZone);
  });

  it('that is the last active one cannot be disabled, even in a race', async () => {
    const { company, admin, clock, update } = await town();
    const last = { code: 'LAST_COMPANY', field: 'status' };
    expect(await refusalOf(update({ status: 'DISABLED' }))).toEqual(last);
    const other = await createCompany({ db, clock }, admin, { name: 'Other' });
    await openConnections(db, 2);
    const ends = await Promise.all(
      [company.id, other.id].map((id) => refusalOf(update({ status: 'DISABLED' }, id))),
    );
    expect(ends.filter((end) => end === null)).toHaveLength(1);
    expect(ends).toContainEqual(last);
  });

  it('that is disabled already, or comes back, is no matter', async () => {
    const { admin, clock, update } = await town();
    await createCompany({ db, clock }, admin, { name: 'Other' });
    expect(await update({ status: 'DISABLED' })).toMatchObject({ version: 2 });
    expect(await update({ status: 'DISABLED' })).toMatchObject({ version: 2 });
    expect(await update({ status: 'ACTIVE', name: 'Back' })).toMatchObject({
      name: 'Back',
      version: 3,
    });
  });

  it('is changed by one of two who saw the same version', async () => {
    const { update } = await town();
    await openConnections(db, 2);
    const ends = await Promise.all(
      ['A', 'B'].map((name) => refusalOf(update({ name, expectedVersion: 1 }))),
    );
    expect(ends.filter((end) => end === null)).toHaveLength(1);
    expect(ends).toContainEqual({ code: 'VERSION_CONFLICT', field: 'expectedVersion' });
  });
});

describe('the carrier settings', () => {
  const SANDBOX = {
    baseUrl: 'http://127.0.0.1:4010/v2',
    apiKey: 'a-key-of-the-carrier',
    publicKey: Buffer.alloc(32, 9).toString('base64'),
  };
  async function line(mode: 'LIVE' | 'TEST' = 'TEST') {
    const town = await foundAccount(db, mode);
    const { admin, clock, account } = town;
    const carriers = { forget: () => {} };
    const configure = (input: ConfigureCarrierInput, key = secrets) =>
      configureCarrier({ db, clock, secrets: key, carriers }, admin, input);
    const open = () => openCarrierSettings({ db, secrets }, account.id);
    return { ...town, configure, open };
  }

  it('are opened as they were given, and sealed at rest for this account alone', async () => {
    const { configure, open, account } = await line();
    expect(await open()).toBeNull();
    await configure(SANDBOX);
    expect(await open()).toEqual({ ...SANDBOX, connectionId: null });
    const stored = await db.prisma.carrierSettings.findUniqueOrThrow({
      where: { accountId: account.id },
    });
    const log = await db.prisma.auditEntry.findMany({ where: { accountId: account.id } });
    expect(JSON.stringify([stored, log])).not.toContain(SANDBOX.apiKey);
    const other = await line();
    await other.configure(SANDBOX);
    await db.prisma.carrierSettings.update({
      where: { accountId: other.account.id },
      data: { sealedApiKey: stored.sealedApiKey },
    });
    await expect(other.open()).rejects.toThrow();
  });

  it('are patched; the same again writes nothing', async () => {
    const { configure, open, account } = await line();
    await configure(SANDBOX);
    expect(await configure(SANDBOX)).toMatchObject({ version: 1 });
    await configure({ connectionId: 'voice-1' });
    expect(await configure({ baseUrl: 'http://localhost:9/v2' })).toMatchObject({ version: 3 });
    expect(await open()).toEqual({
      ...SANDBOX,
      baseUrl: 'http://localhost:9/v2',
      connectionId: 'voice-1',
    });
    expect(await configure({ connectionId: null })).toMatchObject({ connectionId: null });
    const where = { accountId: account.id, action: 'configureCarrier' };
    expect(await db.prisma.auditEntry.count({ where })).toBe(4);
  });

  it('can be given anew after SECRET_KEY was lost', async () => {
    const { configure, open } = await line();
    await configure(SANDBOX, openSecrets(Buffer.alloc(32, 4)));
    expect(await refusalOf(configure({ connectionId: 'x' }))).toEqual({
      code: 'INVALID_INPUT',
      field: 'apiKey',
    });
    await configure(SANDBOX);
    expect(await open()).toMatchObject(SANDBOX);
  });

  it.each([
    ['TEST', { ...SANDBOX, baseUrl: 'https://api.telnyx.com/v2' }, 'baseUrl'],
    ['TEST', { ...SANDBOX, baseUrl: 'http://127.0.0.1.example.com/v2' }, 'baseUrl'],
    ['TEST', { ...SANDBOX, baseUrl: 'http://user@127.0.0.1/v2' }, 'baseUrl'],
    ['TEST', { apiKey: SANDBOX.apiKey, publicKey: SANDBOX.publicKey }, 'baseUrl'],
    ['LIVE', SANDBOX, 'baseUrl'],
    ['LIVE', { ...SANDBOX, baseUrl: 'http://api.telnyx.com/v2' }, 'baseUrl'],
    ['LIVE', { ...SANDBOX, baseUrl: 'https://nottelnyx.com/v2' }, 'baseUrl'],
    ['TEST', { ...SANDBOX, baseUrl: 'file:///etc' }, 'baseUrl'],
    ['TEST', { ...SANDBOX, publicKey: 'AAAA' }, 'publicKey'],
    ['TEST', { ...SANDBOX, publicKey: undefined }, 'publicKey'],
    ['TEST', { ...SANDBOX, apiKey: undefined }, 'apiKey'],
    ['TEST', { ...SANDBOX, apiKey: null }, 'apiKey'],
    ['LIVE', { ...SANDBOX, baseUrl: undefined }, 'connectionId'],
  ] as const)('of a %s account refuse %j', async (mode, input, field) => {
    const { configure, open } = await line(mode);
    expect(await refusalOf(configure(input))).toEqual({ code: 'INVALID_INPUT', field });
    expect(await open()).toBeNull();
  });

  it('name a bad field once', async () => {
    const { configure } = await line();
    const refused = await configure({ ...SANDBOX, publicKey: 'short' }).catch((error) => error);
    expect([refused.field, refused.also]).toEqual([['publicKey'], []]);
  });

  it('of a LIVE account lead to the real carrier unless told otherwise', async () => {
    const { configure, open } = await line('LIVE');
    const { apiKey, publicKey } = SANDBOX;
    await configure({ apiKey, publicKey, connectionId: 'voice-1' });
    expect(await open()).toMatchObject({ baseUrl: 'https://api.telnyx.com/v2' });
    const taken = refusalOf(configure({ connectionId: null }));
    expect(await taken).toEqual({ code: 'INVALID_INPUT', field: 'connectionId' });
  });
});

describe('an audit entry', () => {
  it('hides what is named like a secret, at any depth, and writes dates and bigints as texts', async () => {
    const { admin, clock, account } = await foundAccount(db);
    const after = { name: 'n', webhookSecret: 'x', deep: { apiKey: 'y', at: START }, cents: 5n };
    await db.transaction((tx) =>
      audit(tx, admin, clock, { action: 'tryOut', subject: 'thing:1', after }),
    );
    const where = { accountId: account.id, action: 'tryOut' };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      {
        at: START,
        actor: 'system:tests',
        before: null,
        after: {
          name: 'n',
          webhookSecret: '[secret]',
          deep: { apiKey: '[secret]', at: START.toISOString() },
          cents: '5',
        },
      },
    ]);
  });

  it('goes with the change when that is rolled back', async () => {
    const { admin, clock, account } = await foundAccount(db);
    const change = db.transaction(async (tx) => {
      await audit(tx, admin, clock, { action: 'undone', subject: 'thing:1' });
      throw new Error('no');
    });
    await expect(change).rejects.toThrow('no');
    const where = { accountId: account.id, action: 'undone' };
    expect(await db.prisma.auditEntry.count({ where })).toBe(0);
  });
});

it('refuses an account without a name', async () => {
  const clock = turnedClock(START);
  const made = createAccount({ db, clock }, { name: '', mode: 'TEST' });
  expect(await refusalOf(made)).toEqual({ code: 'INVALID_INPUT', field: 'name' });
});

it('names the outcome of the purge as a job', async () => {
  const clock = turnedClock(START);
  const job = { id: '1', attempt: 1, signal: new AbortController().signal };
  const [handler] = accountsJobHandlers({ db, clock } as never);
  expect(await handler?.run({}, job)).toMatch(/^purged \d+$/);
});
