// Users: one ADMIN stays, roles and companies fit together, people of several accounts.
import { describe, expect, it } from 'vitest';
import { type AddUserInput, addUser } from '#domains/accounts/add-user.ts';
import { type ChangeUserRoleInput, changeUserRole } from '#domains/accounts/change-user-role.ts';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { freshDatabase } from '#tests/support/database.ts';
import type { Viewer } from '#values/viewer.ts';
import { foundAccount, noEvents, noJobs, openConnections, person, refusalOf } from './town.ts';

const { db } = await freshDatabase();
let people = 0;

async function house() {
  const town = await foundAccount(db);
  const { admin, clock } = town;
  const add = (more: Partial<AddUserInput> = {}, as: Viewer = admin) => {
    const email = `person-${++people}@example.com`;
    return addUser({ db, clock, jobs: noJobs }, as, {
      email,
      name: 'Person',
      role: 'ADMIN',
      ...more,
    });
  };
  const change = (userId: string, more: Omit<ChangeUserRoleInput, 'userId'>) =>
    changeUserRole({ db, clock, events: noEvents }, admin, { userId, ...more });
  const remove = (userId: string) => removeUser({ db, clock, events: noEvents }, admin, { userId });
  return { ...town, add, change, remove };
}
const LAST = { code: 'LAST_ADMIN', field: 'userId' };

describe('the last ADMIN', () => {
  it('can be neither demoted nor removed', async () => {
    const { add, change, remove } = await house();
    const one = await add();
    await add({ role: 'MANAGER' });
    expect(await refusalOf(change(one.id, { role: 'MANAGER' }))).toEqual(LAST);
    expect(await refusalOf(remove(one.id))).toEqual(LAST);
    await add();
    expect(await refusalOf(change(one.id, { role: 'MANAGER' }))).toBeNull();
  });

  it('is the one who wins a race of two who remove each other', async () => {
    const { add, remove, account } = await house();
    const [one, two] = [await add(), await add()];
    await openConnections(db, 2);
    const ends = await Promise.all([refusalOf(remove(one.id)), refusalOf(remove(two.id))]);
    expect(ends.filter((end) => end === null)).toHaveLength(1);
    expect(ends).toContainEqual(LAST);
    const where = { accountId: account.id, role: 'ADMIN' } as const;
    expect(await db.prisma.membership.count({ where })).toBe(1);
  });

  it('of another account does not count', async () => {
    const { add, remove } = await house();
    const elsewhere = await house();
    await elsewhere.add();
    const one = await add();
    expect(await refusalOf(remove(one.id))).toEqual(LAST);
  });
});

describe('a member', () => {
  it('gets the role and companies given, and the log tells no address', async () => {
    const { add, company, account } = await house();
    const member = await add({
      role: 'MANAGER',
      companyIds: [company.id],
      email: 'Jo@Example.com',
    });
    expect(member).toMatchObject({ role: 'MANAGER', allCompanies: false });
    expect(member.user.email).toBe('jo@example.com');
    const log = await db.prisma.auditEntry.findMany({ where: { accountId: account.id } });
    expect(log.at(-1)).toMatchObject({
      subject: `user:${member.id}`,
      after: { role: 'MANAGER', companyIds: [company.id] },
    });
    expect(JSON.stringify(log).toLowerCase()).not.toContain('jo@example');
  });

  it('who is ADMIN has every company', async () => {
    const { add, change, company } = await house();
    const companyIds = [company.id];
    const invalid = { code: 'INVALID_INPUT', field: 'companyIds' };
    expect(await refusalOf(add({ role: 'ADMIN', companyIds }))).toEqual(invalid);
    const member = await add({ role: 'REPORTING', companyIds });
    expect(await refusalOf(change(member.id, { role: 'ADMIN', companyIds }))).toEqual(invalid);
    const raised = await change(member.id, { role: 'ADMIN' });
    expect(raised).toMatchObject({ role: 'ADMIN', allCompanies: true, companyIds: [] });
  });

  it('is patched: what is left out stays, null opens every company', async () => {
    const { add, change, company } = await house();
    const { id } = await add({ role: 'MANAGER', companyIds: [company.id] });
    expect(await change(id, { role: 'REPORTING' })).toMatchObject({
      role: 'REPORTING',
      companyIds: [company.id],
      version: 2,
    });
    expect(await change(id, { companyIds: null })).toMatchObject({
      role: 'REPORTING',
      allCompanies: true,
      version: 3,
    });
    expect(await change(id, { companyIds: null })).toMatchObject({ version: 3 });
    expect(await refusalOf(change(id, { role: null }))).toMatchObject({ field: 'role' });
    expect(await refusalOf(change(id, { role: 'AGENT', expectedVersion: 2 }))).toMatchObject({
      code: 'VERSION_CONFLICT',
    });
  });

  it('cannot be added twice, but may belong to two accounts and keeps the name', async () => {
    const here = await house();
    const there = await house();
    const email = 'both@example.com';
    const first = await here.add({ email });
    expect(await refusalOf(here.add({ email: ' BOTH@example.com' }))).toEqual({
      code: 'INVALID_INPUT',
      field: 'email',
    });
    const second = await there.add({ email, name: 'Another name' });
    expect(second.id).toBe(first.id);
    expect(second.user.name).toBe('Person');
    await here.add();
    await here.remove(first.id);
    expect(await db.prisma.user.count({ where: { email } })).toBe(1);
    await there.add();
    await there.remove(first.id);
    expect(await db.prisma.user.count({ where: { email } })).toBe(0);
  });

  it('survives being removed here while being added there', async () => {
    const here = await house();
    await here.add();
    await openConnections(db, 2);
    for (let round = 0; round < 5; round++) {
      const there = await house();
      const email = `moving-${round}@example.com`;
      const { id } = await here.add({ email, role: 'AGENT' });
      const [, added] = await Promise.all([
        here.remove(id),
        there.add({ email, name: 'Moved', role: 'AGENT' }),
      ]);
      const where = { accountId_userId: { accountId: there.account.id, userId: added.id } };
      expect(await db.prisma.membership.findUnique({ where })).not.toBeNull();
    }
  });

  it('cannot be made by a manager, nor named from another account', async () => {
    const { add, account, change, remove } = await house();
    const manager = person(account.id, 'MANAGER');
    await expect(async () => add({}, manager)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await (await house()).add();
    const missing = { code: 'NOT_FOUND', field: 'userId' };
    expect(await refusalOf(change(stranger.id, { role: 'AGENT' }))).toEqual(missing);
    expect(await refusalOf(remove(stranger.id))).toEqual(missing);
  });

  it('is refused with every bad field named', async () => {
    const { add } = await house();
    const bad = add({ email: 'nowhere', name: '', role: 'OWNER' as never });
    await expect(bad).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: ['email'],
      also: [{ field: ['name'] }, { field: ['role'] }],
    });
  });
});
