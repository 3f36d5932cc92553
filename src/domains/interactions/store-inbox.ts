// What the inbox writes of interactions, and the tables interaction_read and inbox_setting.
import type { InboxState, InteractionKind } from '#generated/prisma/enums.ts';
import {
  preparedSql,
  type SqlSource,
  type SqlTx,
  sqlPart,
  type Tx,
  tenantSql,
} from '#platform/db/index.ts';
import type { Moved } from './store.ts';

/** An interaction as the inbox knows it. */
export interface InboxRow {
  id: string;
  kind: InteractionKind;
  companyId: string;
  inboxState: InboxState;
  snoozedUntil: Date | null;
  assigneeId: string | null;
  answerDueAt: Date | null;
  answeredAt: Date | null;
  overdueAt: Date | null;
}

const COLUMNS = {
  id: true,
  kind: true,
  companyId: true,
  inboxState: true,
  snoozedUntil: true,
  assigneeId: true,
  answerDueAt: true,
  answeredAt: true,
  overdueAt: true,
} as const;

/** The interactions of the account with these ids, in any order. */
export function readInbox(tx: Tx, accountId: string, ids: readonly string[]): Promise<InboxRow[]> {
  return tx.interaction.findMany({ where: { accountId, id: { in: [...ids] } }, select: COLUMNS });
}

/** The interactions of a lead by these channels that are not REVIEWED, in any order, at most `limit`. */
export function readOpenOfLead(
  tx: Tx,
  accountId: string,
  leadId: string,
  kinds: readonly InteractionKind[],
  limit: number,
): Promise<InboxRow[]> {
  return tx.interaction.findMany({
    where: { accountId, leadId, kind: { in: [...kinds] }, inboxState: { not: 'REVIEWED' } },
    select: COLUMNS,
    take: limit,
  });
}

/** Writes fields of interactions; their versions are raised, and returned. */
export function writeInbox(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  fields: Partial<Omit<InboxRow, 'id' | 'kind' | 'companyId'>>,
): Promise<Moved[]> {
  return tx.interaction.updateManyAndReturn({
    where: { accountId, id: { in: [...ids] } },
    data: { ...fields, version: { increment: 1 } },
    select: { id: true, kind: true, version: true },
  });
}

/** Writes where an interaction stands without telling of it: what is told tells of more. */
export async function placeInInbox(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Omit<InboxRow, 'id' | 'kind' | 'companyId'>>,
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.interaction.update({ where, data: fields, select: { id: true } });
}

/**
 * Makes an interaction wait for somebody whom nobody has read yet; raises its version by `told`, which is returned. One
 * statement, since every text and every line of a chat comes by here.
 */
export async function reopenInInbox(
  tx: SqlTx,
  accountId: string,
  id: string,
  { at, told }: { at: Date; told: number },
): Promise<number> {
  const sql = preparedSql(accountId);
  const waits = sqlPart`i.inbox_state = 'ACTIVE' and i.answer_due_at is not null and i.answered_at is null`;
  const [row] = await sql`
    with unread as (
      delete from interaction_read where account_id = ${sql.account} and interaction_id = ${id}::uuid)
    update interaction i
       set inbox_state = 'ACTIVE', snoozed_until = null, answered_at = null, version = i.version + ${told}::int,
           answer_due_at = case when ${waits} then i.answer_due_at
                                else ${at}::timestamptz + interval '1 minute' * (
                                       select s.answer_within_minutes from inbox_setting s
                                        where s.account_id = ${sql.account} and s.company_id = i.company_id) end,
           overdue_at = case when ${waits} then i.overdue_at end
     where i.account_id = ${sql.account} and i.id = ${id}::uuid
    returning i.version`.rows<{ version: number }>(tx);
  if (!row)
    throw new Error('reopenInInbox was asked for an interaction that is not in this account.');
  return row.version;
}

/** Notes when interactions were answered, where that was not noted since they last wrote. */
export async function writeAnswered(
  tx: SqlTx,
  accountId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    update interaction set answered_at = ${at}::timestamptz
     where account_id = ${sql.account} and id = any(${ids}::uuid[]) and answered_at is null`.rows(
    tx,
  );
}

/** What comes due in an inbox: what was put off comes back, what nobody answered is overdue. */
export type Due = 'SNOOZED' | 'UNANSWERED';

const isDue = (what: Due, now: Date) =>
  what === 'SNOOZED'
    ? { snoozedUntil: { lte: now } }
    : { answerDueAt: { lte: now }, answeredAt: null, overdueAt: null };

/** Interactions of an account whose time has come: snoozed ones, or unanswered ones; the longest due first. */
export function findDue(
  tx: Tx,
  accountId: string,
  what: Due,
  now: Date,
  limit: number,
): Promise<InboxRow[]> {
  return tx.interaction.findMany({
    where: { accountId, ...isDue(what, now) },
    orderBy: what === 'SNOOZED' ? { snoozedUntil: 'asc' } : { answerDueAt: 'asc' },
    take: limit,
    select: COLUMNS,
  });
}

/** The accounts that have such. Over all accounts: the job's own read. */
export async function accountsWithDue(tx: Tx, what: Due, now: Date): Promise<string[]> {
  const rows = await tx.interaction.groupBy({ by: ['accountId'], where: isDue(what, now) });
  return rows.map(({ accountId }) => accountId);
}

/** Notes that a user has seen interactions, or (readAt null) has not. */
export async function writeReads(
  tx: Tx,
  key: { accountId: string; userId: string },
  interactionIds: readonly string[],
  readAt: Date | null,
): Promise<void> {
  if (readAt) {
    const data = interactionIds.map((interactionId) => ({ ...key, interactionId, readAt }));
    await tx.interactionRead.createMany({ data, skipDuplicates: true });
  } else {
    await tx.interactionRead.deleteMany({
      where: { ...key, interactionId: { in: [...interactionIds] } },
    });
  }
}

/** Nobody has seen what came to an interaction just now. */
export async function forgetReads(tx: Tx, accountId: string, interactionId: string): Promise<void> {
  await tx.interactionRead.deleteMany({ where: { accountId, interactionId } });
}

/** Those of these interactions that a user has seen. */
export async function readReads(
  source: SqlSource,
  { accountId, userId }: { accountId: string; userId: string },
  interactionIds: readonly string[],
): Promise<Set<string>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select interaction_id as id from interaction_read
     where account_id = ${sql.account} and user_id = ${userId}::uuid
       and interaction_id = any(${interactionIds}::uuid[])`.rows<{ id: string }>(source);
  return new Set(rows.map(({ id }) => id));
}

/** How a company wants its inbox kept; version 0 while it said nothing. */
export async function readInboxSetting(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<{ answerWithinMinutes: number | null; version: number }> {
  const where = { accountId_companyId: { accountId, companyId } };
  const select = { answerWithinMinutes: true, version: true };
  const row = await tx.inboxSetting.findUnique({ where, select });
  return row ?? { answerWithinMinutes: null, version: 0 };
}

/** Writes how a company wants its inbox kept. */
export async function writeInboxSetting(
  tx: Tx,
  key: { accountId: string; companyId: string },
  answerWithinMinutes: number | null,
): Promise<void> {
  await tx.inboxSetting.upsert({
    where: { accountId_companyId: key },
    create: { ...key, answerWithinMinutes },
    update: { answerWithinMinutes, version: { increment: 1 } },
    select: { version: true },
  });
}
