// Raw SQL that cannot forget its account: the only way to write SQL outside this module and the event log.
import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { z } from 'zod';
import type { PipedTx, SqlTx, Tx } from './transaction.ts';

const ACCOUNT = Symbol('the account of this statement');

/** What a statement runs on: the pool, one connection, or a transaction. */
export type SqlSource = Pool | ClientBase | SqlTx;

/** A statement bound to one account, ready to run. */
interface TenantStatement {
  text: string;
  values: unknown[];
  /** The rows, unchecked: the caller names the row's type. */
  rows<Row extends object>(source: SqlSource): Promise<Row[]>;
  /** The rows, each checked and shaped by a zod schema. */
  parse<Schema extends z.ZodType>(source: SqlSource, row: Schema): Promise<z.output<Schema>[]>;
}

/** Writes a statement; `${sql.account}` stands for the account, other `${…}` become bound parameters. */
export interface TenantSql {
  (parts: TemplateStringsArray, ...values: unknown[]): TenantStatement;
  account: typeof ACCOUNT;
}

/** Is it a transaction of Prisma's? */
export const isTx = (source: SqlSource): source is Tx => '$queryRawUnsafe' in source;

/** What connections keep the plans of, by text: as many as the code has, since values are never part of a text. */
const names = new Map<string, string>();

/**
 * Has connections keep the plan of a statement from its second run on. For texts that come many times a second and look
 * rows up by their keys; not for searches, whose best plan depends on the values.
 */
export function prepare(text: string): string {
  if (!names.has(text)) names.set(text, createHash('sha256').update(text).digest('base64url'));
  return text;
}

/** The name under which connections keep the plan of a statement; empty for one that is planned each time. */
export const nameOfPrepared = (text: string): string => names.get(text) ?? '';

/**
 * Runs a statement that {@link tenantSql} cannot write, as those of the event log. It is sent before this returns, but for
 * a transaction of Prisma's.
 * @returns the rows, unchecked
 */
export async function runSql(
  source: SqlSource,
  text: string,
  values: unknown[],
): Promise<unknown[]> {
  if (isTx(source)) return source.$queryRawUnsafe(text, ...values); // named by openDb
  const connection: PipedTx = source;
  const { rows } = await connection.query({ name: nameOfPrepared(text), text, values });
  return rows;
}

/** Without comments and quoted text, where a predicate would not count. */
function codeOnly(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ');
}

const WANTED = `account_id = \${sql.account}`;
const PREDICATE = /\baccount_id\s*=\s*\$1::uuid/;

/** The text cut into pairs of parentheses and the branches of set operations: what one WHERE can be judged by. */
function readBranches(code: string): string[] {
  const branches: string[] = [];
  const open = [''];
  for (const piece of code.split(/([()]|\b(?:union|intersect|except)\b)/i)) {
    if (piece === '(') open.push('');
    else if (piece === ')') branches.push(open.pop() ?? '');
    else if (/^(union|intersect|except)$/i.test(piece)) {
      branches.push(open.pop() ?? '');
      open.push('');
    } else open.push((open.pop() ?? '') + piece);
  }
  return [...branches, ...open];
}

/** Why this text could show rows of other accounts, or undefined. */
function findFault(code: string): string | undefined {
  if (!PREDICATE.test(code)) return `names no account: add the predicate ${WANTED}`;
  const branches = readBranches(code);
  if (branches.some((branch) => PREDICATE.test(branch) && /\bor\b/i.test(branch))) {
    return 'has an OR beside its account predicate: put the OR in parentheses';
  }
  const reads = branches.filter((branch) => /\bselect\b[\s\S]*\bfrom\s+\w/i.test(branch));
  if (/\b(union|intersect|except)\b/i.test(code) && !reads.every((one) => PREDICATE.test(one))) {
    return `has a branch without the account: repeat ${WANTED} in each`;
  }
  return undefined;
}

/** A piece of SQL that goes into a statement as it is; its own `${…}` become bound parameters of that statement. */
export class SqlPart {
  readonly parts: TemplateStringsArray;
  readonly given: readonly unknown[];
  constructor(parts: TemplateStringsArray, given: readonly unknown[]) {
    this.parts = parts;
    this.given = given;
  }
}

/** Writes a piece of SQL: ``sqlPart`order by started_at desc` ``. Only literal text and bound values can be in it. */
export function sqlPart(parts: TemplateStringsArray, ...given: unknown[]): SqlPart {
  return new SqlPart(parts, given);
}

function join(parts: TemplateStringsArray, given: readonly unknown[], values: unknown[]): string {
  return given.reduce<string>((text, value, n) => {
    const next = parts[n + 1] ?? '';
    if (value instanceof SqlPart) return text + join(value.parts, value.given, values) + next;
    if (value === ACCOUNT) return `${text}$1::uuid${next}`;
    return `${text}$${values.push(value)}${next}`;
  }, parts[0] ?? '');
}

/**
 * A template tag for reads of one account:
 * ``const sql = tenantSql(accountId); await sql`select id from call c where c.account_id = ${sql.account}`.rows(pool)``.
 * @throws when a statement has no `account_id = ${sql.account}`, or one that an OR or a UNION branch goes round.
 */
export function tenantSql(accountId: string): TenantSql {
  return writerFor(accountId, judge);
}

/** The same for statements whose plan is kept: see {@link prepare}. */
export function preparedSql(accountId: string): TenantSql {
  return writerFor(accountId, (text) => {
    if (names.has(text)) return;
    judge(text);
    prepare(text);
  });
}

function judge(text: string): void {
  const fault = findFault(codeOnly(text));
  if (fault) throw new Error(`This SQL ${fault}. It begins: ${text.trim().slice(0, 120)}`);
}

function writerFor(accountId: string, admit: (text: string) => void): TenantSql {
  if (!accountId) throw new Error('tenantSql needs the id of an account.');
  const write = (parts: TemplateStringsArray, ...given: unknown[]): TenantStatement => {
    const values: unknown[] = [accountId];
    const text = join(parts, given, values);
    admit(text);
    return {
      text,
      values,
      rows: async <Row extends object>(source: SqlSource) =>
        (await runSql(source, text, values)) as Row[],
      parse: async (source, row) =>
        (await runSql(source, text, values)).map((one) => row.parse(one)),
    };
  };
  return Object.assign(write, { account: ACCOUNT } as const);
}
