// The only writer of the tables rule_judgement and rule_run.
import type { Prisma } from '#generated/prisma/client.ts';
import { type SqlSource, type Tx, tenantSql } from '#platform/db/index.ts';
import type { ConditionJudgement } from './match-conditions.ts';
import type { Verdict } from './match-rules.ts';
import type { RuleTrigger } from './rule-words.ts';

/** What became of an action. */
export interface ActionOutcome {
  /**
   * DONE_BEFORE: what lasts was done by this version at a moment before, and is left alone; OVERRULED: an action after it, of
   * the same moment, takes it back
   */
  outcome: 'DONE' | 'DONE_BEFORE' | 'OVERRULED' | 'REFUSED';
  /** of REFUSED */
  code: string | null;
  /** of REFUSED and DONE_BEFORE */
  reason: string | null;
}

/** A verdict as it is kept. */
export interface StoredVerdict {
  ruleId: string;
  definitionVersion: number;
  outcome: Verdict['outcome'];
  conditions: ConditionJudgement[];
}

/** An event that was held against the rules. */
export interface NewJudgement {
  id: string;
  interactionId: string;
  /** the message that it is about; null = the interaction */
  messageId: string | null;
  eventId: string;
  trigger: RuleTrigger;
  at: Date;
  verdicts: StoredVerdict[];
}

/** A rule that fired. */
export interface NewRun {
  id: string;
  ruleId: string;
  definitionVersion: number;
  outcomes: ActionOutcome[];
  points: number | null;
  isNotice: boolean;
}

/** Whether an event was held against the rules already. */
export async function isJudged(tx: Tx, accountId: string, eventId: string): Promise<boolean> {
  const where = { accountId_eventId: { accountId, eventId } };
  return (await tx.ruleJudgement.findUnique({ where, select: { id: true } })) !== null;
}

/** The versions of rules that have fired for an interaction; with `messageId`, for that message of it. */
export function readFired(
  tx: Tx,
  accountId: string,
  { interactionId, messageId }: Pick<NewJudgement, 'interactionId' | 'messageId'>,
): Promise<{ ruleId: string; definitionVersion: number }[]> {
  return tx.ruleRun.findMany({
    where: { accountId, interactionId, messageId },
    select: { ruleId: true, definitionVersion: true },
  });
}

/** An action of a version of a rule, by its place there. */
export interface PlacedAction {
  ruleId: string;
  definitionVersion: number;
  place: number;
}

/**
 * Which of these actions were done for an interaction, for whichever message of it. What another action took back at once was
 * done, too; what was refused was not.
 */
export async function readDone<Placed extends PlacedAction>(
  tx: Tx,
  accountId: string,
  interactionId: string,
  actions: readonly Placed[],
): Promise<Placed[]> {
  if (actions.length === 0) return [];
  const sql = tenantSql(accountId);
  const ruleIds = actions.map(({ ruleId }) => ruleId);
  const versions = actions.map(({ definitionVersion }) => definitionVersion);
  const places = actions.map(({ place }) => place);
  const rows = await sql`
    select (w.n - 1)::int as n
      from unnest(${ruleIds}::uuid[], ${versions}::int[], ${places}::int[])
             with ordinality as w(rule_id, version, place, n)
     where exists (select from rule_run r
                    where r.account_id = ${sql.account} and r.interaction_id = ${interactionId}::uuid
                      and r.rule_id = w.rule_id and r.definition_version = w.version
                      and r.outcomes -> w.place ->> 'outcome' in ('DONE', 'OVERRULED'))`.rows<{
    n: number;
  }>(tx);
  const done = new Set(rows.map(({ n }) => n));
  return actions.filter((_action, n) => done.has(n));
}

/** How often a rule has written to somebody since a moment. */
export function countNotices(
  tx: Tx,
  accountId: string,
  ruleId: string,
  since: Date,
): Promise<number> {
  return tx.ruleRun.count({ where: { accountId, ruleId, at: { gt: since }, isNotice: true } });
}

/** Writes a judgement and the runs that came of it. */
export async function insertJudgement(
  tx: Tx,
  accountId: string,
  judgement: NewJudgement,
  runs: readonly NewRun[],
): Promise<void> {
  const { id: judgementId, interactionId, messageId, trigger, at } = judgement;
  const verdicts = judgement.verdicts as unknown as Prisma.InputJsonArray;
  await tx.ruleJudgement.create({ data: { ...judgement, accountId, verdicts } });
  await tx.ruleRun.createMany({
    data: runs.map(({ outcomes, ...run }) => ({
      ...{ ...run, accountId, judgementId, interactionId, messageId, trigger, at },
      outcomes: outcomes as unknown as Prisma.InputJsonArray,
    })),
  });
}

/** For which of these interactions a rule has fired, in any version. */
export async function readFiredFor(
  tx: Tx,
  accountId: string,
  ruleId: string,
  interactionIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.ruleRun.findMany({
    where: { accountId, ruleId, interactionId: { in: [...interactionIds] } },
    select: { interactionId: true },
  });
  return new Set(rows.map(({ interactionId }) => interactionId));
}

/**
 * Of the oldest judgements before a moment drops those at which nothing fired; of the others only what fired stays.
 * @returns how many were looked at, at most `limit`
 */
export async function reduceJudgements(
  source: SqlSource,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    with old as (
      select j.id, array(select r.rule_id::text from rule_run r
                          where r.account_id = j.account_id and r.judgement_id = j.id) as fired
        from rule_judgement j
       where j.account_id = ${sql.account} and not j.is_reduced and j.at < ${before}::timestamptz
       order by j.at limit ${limit}::int
    ), dropped as (
      delete from rule_judgement d using old
       where d.account_id = ${sql.account} and d.id = old.id and old.fired = '{}'
    ), reduced as (
      update rule_judgement k
         set is_reduced = true,
             verdicts = (select coalesce(jsonb_agg(e.verdict order by e.n), '[]')
                           from jsonb_array_elements(k.verdicts) with ordinality as e(verdict, n)
                          where e.verdict ->> 'ruleId' = any(old.fired))
        from old
       where k.account_id = ${sql.account} and k.id = old.id and old.fired <> '{}'
    )
    select count(*)::int as taken from old`.rows<{ taken: number }>(source);
  return row?.taken ?? 0;
}
