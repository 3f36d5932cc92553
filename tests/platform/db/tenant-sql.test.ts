// SQL of one account: what it refuses, and that it reads the same through the pool and inside a transaction.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { preparedSql, sqlPart, tenantSql } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const [mine, theirs] = [randomUUID(), randomUUID()];
const at = new Date('2026-03-01T12:00:00Z');
const sql = tenantSql(mine);

beforeAll(async () => {
  for (const [id, name] of [
    [mine, 'Mine'],
    [theirs, 'Theirs'],
  ] as const) {
    await db.prisma.account.create({ data: { id, name, mode: 'TEST', createdAt: at } });
    await db.prisma.company.create({
      data: {
        accountId: id,
        id: randomUUID(),
        name: `${name} Garage`,
        timeZone: 'UTC',
        createdAt: at,
      },
    });
  }
});

describe('tenantSql', () => {
  it('binds the account and every other value as parameters', () => {
    const name = "Robert'); drop table company;--";
    const statement = sql`select id from company where account_id = ${sql.account} and name = ${name}`;
    expect(statement.text).toBe('select id from company where account_id = $1::uuid and name = $2');
    expect(statement.values).toEqual([mine, name]);
  });

  it('reads only the rows of its account, through the pool and in a transaction', async () => {
    const read = sql`select name from company c where c.account_id = ${sql.account}`;
    const wanted = [{ name: 'Mine Garage' }];
    expect(await read.rows<{ name: string }>(db.pool)).toEqual(wanted);
    expect(await db.transaction((tx) => read.rows(tx))).toEqual(wanted);
  });

  it('checks and shapes rows by a schema', async () => {
    const row = z.object({ name: z.string(), created_at: z.date() });
    const read = sql`select name, created_at from company where account_id = ${sql.account}`;
    expect(await read.parse(db.pool, row)).toEqual([{ name: 'Mine Garage', created_at: at }]);
    expect(await db.transaction((tx) => read.parse(tx, row))).toHaveLength(1);
    await expect(read.parse(db.pool, z.object({ name: z.number() }))).rejects.toThrow(z.ZodError);
  });

  it.each([
    ['no predicate at all', () => sql`select id from company`],
    [
      'the account in a comparison other than equality',
      () => sql`select id from company where account_id <> ${sql.account}`,
    ],
    [
      'another column that is compared',
      () => sql`select id from company where id = ${sql.account}`,
    ],
    [
      'a column whose name only ends so',
      () => sql`select 1 from company where other_account_id = ${sql.account}`,
    ],
    [
      'an account given as an ordinary value',
      () => sql`select id from company where account_id = ${theirs}`,
    ],
    [
      'the predicate in a comment',
      () => sql`select id from company -- account_id = ${sql.account}`,
    ],
    [
      'the predicate in a block comment',
      () => sql`select id from company /* account_id = ${sql.account} */`,
    ],
    [
      'the predicate in a quoted text',
      () => sql`select 'account_id = ${sql.account}' from company`,
    ],
    [
      'an OR beside it',
      () => sql`select id from company where account_id = ${sql.account} or true`,
    ],
    [
      'an OR beside it in a subquery',
      () =>
        sql`select 1 where exists (select 1 from company where account_id = ${sql.account} or name = ${'x'})`,
    ],
    [
      'a UNION branch without it',
      () =>
        sql`select id from company where account_id = ${sql.account} union select id from company where name = ${'x'}`,
    ],
    [
      'a UNION branch with no condition',
      () =>
        sql`select id from company where account_id = ${sql.account} union all select id from company`,
    ],
  ])('refuses %s', (_, write) => {
    expect(write).toThrow(/account/);
  });

  it.each([
    [
      'an OR in parentheses',
      () =>
        sql`select id from company where account_id = ${sql.account} and (name = ${'a'} or name = ${'b'})`,
    ],
    [
      'a UNION whose branches each name it',
      () =>
        sql`select id from company where account_id = ${sql.account} union select id from lead where account_id = ${sql.account}`,
    ],
    [
      'a common table expression',
      () =>
        sql`with c as (select * from company where account_id = ${sql.account}) select id from c`,
    ],
    [
      'a word that contains "or"',
      () => sql`select id from company where account_id = ${sql.account} order by name`,
    ],
  ])('accepts %s', async (_, write) => {
    await expect(write().rows(db.pool)).resolves.toBeInstanceOf(Array);
  });

  it('takes pieces whose values are bound, and judges the whole', async () => {
    const named = sqlPart`and name = ${'Mine Garage'}`;
    const limit = sqlPart`limit ${1}`;
    const read = sql`select name from company where account_id = ${sql.account} ${named} ${limit}`;
    expect(read.values).toEqual([mine, 'Mine Garage', 1]);
    expect(await read.rows(db.pool)).toEqual([{ name: 'Mine Garage' }]);
    const sly = sqlPart`or true`;
    expect(() => sql`select name from company where account_id = ${sql.account} ${sly}`).toThrow(
      /OR/,
    );
  });

  it('needs an account', () => {
    expect(() => tenantSql('')).toThrow(/account/);
  });
});

describe('preparedSql', () => {
  const kept = preparedSql(mine);
  const byName = (name: string) =>
    kept`select name from company where account_id = ${kept.account} and name = ${name}`;

  it('has a connection plan a statement once, whatever its values, and an ordinary one each time', async () => {
    await db.transaction(async (tx) => {
      expect(await byName('Mine Garage').rows(tx)).toEqual([{ name: 'Mine Garage' }]);
      expect(await byName('Theirs Garage').rows(tx)).toEqual([]);
      await sql`select id from company where account_id = ${sql.account}`.rows(tx);
      const plans = await tx.$queryRaw<{ statement: string; runs: bigint }[]>`
        select statement, generic_plans + custom_plans as runs from pg_prepared_statements
         where statement like '%from company%'`;
      expect(plans).toEqual([{ statement: byName('').text, runs: 2n }]);
    });
    expect(await byName('Mine Garage').rows(db.pool)).toHaveLength(1);
  });

  it('refuses what tenantSql refuses', () => {
    expect(() => kept`select id from company`).toThrow(/account/);
    expect(() => kept`select id from company`).toThrow(/account/);
  });
});
