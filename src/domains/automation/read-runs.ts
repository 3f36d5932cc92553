// Reads what rules did, and why: runs, and judgements of rules that did not fire. Each for many interactions at once.
import { may } from '#domains/accounts/index.ts';
import { channelsOf } from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, type SqlSource, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { ConditionJudgement } from './match-conditions.ts';
import type { RuleAction, RuleCondition, RuleTrigger } from './rule-words.ts';
import type { ActionOutcome, StoredVerdict } from './store-runs.ts';

/** A condition, and how it was judged. */
export interface JudgedCondition extends ConditionJudgement {
  condition: RuleCondition;
}

/** A rule that fired. */
export interface RunRow {
  id: string;
  interactionId: string;
  kind: InteractionKind;
  companyId: string;
  ruleId: string;
  definitionVersion: number;
  /** as it was called then */
  ruleName: string;
  trigger: RuleTrigger;
  /** the text, or message in a chat, that it fired for; null at other moments, and of runs from before it was kept */
  messageId: string | null;
  at: Date;
  points: number | null;
  conditions: JudgedCondition[];
  actions: (ActionOutcome & { action: RuleAction })[];
}

/** Runs of one interaction that are shown, the newest. */
const MOST_RUNS = 50;

/** Whether a viewer is told what rules did. */
export const seesRuns = (viewer: Viewer): boolean => may(viewer, 'automation.read');

/** The runs with these ids that the viewer may see, in any order. */
export function findRuns({ db }: { db: Db }, viewer: Viewer, ids: readonly string[]) {
  if (!seesRuns(viewer)) return Promise.resolve([]);
  return readRuns(
    db.pool,
    viewer.accountId,
    sqlPart`r.id = any(${ids}::uuid[]) and ${seen(viewer)}`,
  );
}

/** The newest runs of each of these interactions, which the viewer was shown; newest first, in the order of the ids. */
export async function runsOfInteractions(
  { db }: { db: Db },
  { accountId }: Viewer,
  interactionIds: readonly string[],
): Promise<RunRow[][]> {
  const { account } = tenantSql(accountId);
  // nothing in it is of r, so that it is looked up once, and not for each run of the account
  const wanted = sqlPart`r.interaction_id = any(${interactionIds}::uuid[]) and r.id in (
    select n.id from unnest(${interactionIds}::uuid[]) as w(id)
     cross join lateral (
       select l.id from rule_run l where l.account_id = ${account} and l.interaction_id = w.id
        order by l.at desc, l.id desc limit ${MOST_RUNS}::int) n)`;
  const rows = await readRuns(db.pool, accountId, wanted);
  const byId = Map.groupBy(rows, (row) => row.interactionId);
  return interactionIds.map((id) => byId.get(id) ?? []);
}

/**
 * What rules scored each of these interactions with: of each rule the newest version that fired counts, once, for however many
 * messages it did. Null where none scored.
 */
export async function pointsOfInteractions(
  { db }: { db: Db },
  { accountId }: Viewer,
  interactionIds: readonly string[],
): Promise<(number | null)[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select interaction_id as "interactionId", sum(points)::int as points from (
      select distinct on (interaction_id, rule_id) interaction_id, points from rule_run
       where account_id = ${sql.account} and interaction_id = any(${interactionIds}::uuid[])
       order by interaction_id, rule_id, definition_version desc) newest
     group by interaction_id`.rows<{ interactionId: string; points: number | null }>(db.pool);
  const points = new Map(rows.map((row) => [row.interactionId, row.points]));
  return interactionIds.map((id) => points.get(id) ?? null);
}

/** One run for those who tell of it; null when it is gone. */
export async function firedRun(
  source: SqlSource,
  accountId: string,
  runId: string,
): Promise<RunRow | null> {
  const [row] = await readRuns(source, accountId, sqlPart`r.id = ${runId}::uuid`);
  return row ?? null;
}

const seen = (viewer: Viewer): SqlPart => {
  const { companyIds } = viewer;
  const kinds = sqlPart`i.kind = any(${channelsOf(viewer)}::interaction_kind[])`;
  return companyIds ? sqlPart`${kinds} and i.company_id = any(${companyIds}::uuid[])` : kinds;
};

type Raw = Omit<RunRow, 'conditions' | 'actions'> & {
  asked: RuleCondition[];
  found: ConditionJudgement[] | null;
  actions: RuleAction[];
  outcomes: ActionOutcome[];
};

async function readRuns(source: SqlSource, accountId: string, which: SqlPart): Promise<RunRow[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select r.id, r.interaction_id as "interactionId", i.kind, i.company_id as "companyId", r.rule_id as "ruleId",
           r.definition_version as "definitionVersion", v.name as "ruleName", r.trigger, r.message_id as "messageId",
           r.at, r.points, r.outcomes, v.actions, v.conditions as asked,
           (select e -> 'conditions' from jsonb_array_elements(j.verdicts) as e
             where e ->> 'ruleId' = r.rule_id::text limit 1) as found
      from rule_run r
      join rule_judgement j on j.account_id = r.account_id and j.id = r.judgement_id
      join interaction i on i.account_id = r.account_id and i.id = r.interaction_id
      join automation_rule_version v
        on v.account_id = r.account_id and v.rule_id = r.rule_id
       and v.definition_version = r.definition_version
     where r.account_id = ${sql.account} and ${which}
     order by r.at desc, r.id desc`.rows<Raw>(source);
  return rows.map(({ asked, found, actions, outcomes, ...run }) => ({
    ...run,
    conditions: inPairs(asked, found ?? []),
    actions: actions.flatMap((action, n) => {
      const outcome = outcomes[n];
      return outcome ? [{ ...outcome, action }] : [];
    }),
  }));
}

function inPairs(
  asked: readonly RuleCondition[],
  found: readonly ConditionJudgement[],
): JudgedCondition[] {
  return asked.flatMap((condition, n) => {
    const judgement = found[n];
    return judgement ? [{ ...judgement, condition }] : [];
  });
}

/** How a rule was judged at a moment. */
export interface VerdictRow {
  ruleId: string;
  definitionVersion: number;
  ruleName: string;
  trigger: RuleTrigger;
  /** as of a run */
  messageId: string | null;
  at: Date;
  outcome: StoredVerdict['outcome'];
  conditions: JudgedCondition[];
  /** null = this version has not fired for it, or for that message of it */
  runId: string | null;
}

/**
 * How each rule was judged at the newest moment of each kind of an interaction; the newest moment first, then in the order
 * of the rules.
 * @returns null when there is no such interaction that the viewer may see, or without the right
 */
export async function explainInteraction(
  { db }: { db: Db },
  viewer: Viewer,
  interactionId: string,
): Promise<VerdictRow[] | null> {
  if (!seesRuns(viewer)) return null;
  const { accountId } = viewer;
  const sql = tenantSql(accountId);
  const [found] = await sql`
    select i.id from interaction i
     where i.account_id = ${sql.account} and i.id = ${interactionId}::uuid and ${seen(viewer)}`.rows<{
    id: string;
  }>(db.pool);
  if (!found) return null;
  const rows = await sql`
    select v.rule_id as "ruleId", v.definition_version as "definitionVersion", v.name as "ruleName",
           j.trigger, j.message_id as "messageId", j.at, e.verdict ->> 'outcome' as outcome, v.conditions as asked,
           e.verdict -> 'conditions' as found, r.id as "runId"
      from (select distinct on (trigger) * from rule_judgement
             where account_id = ${sql.account} and interaction_id = ${interactionId}::uuid
             order by trigger, at desc, id desc) j
     cross join lateral jsonb_array_elements(j.verdicts) with ordinality as e(verdict, n)
      join automation_rule_version v
        on v.account_id = j.account_id and v.rule_id = (e.verdict ->> 'ruleId')::uuid
       and v.definition_version = (e.verdict ->> 'definitionVersion')::int
      left join rule_run r
        on r.account_id = j.account_id and r.interaction_id = j.interaction_id and r.rule_id = v.rule_id
       and r.definition_version = v.definition_version and r.message_id is not distinct from j.message_id
     where j.account_id = ${sql.account}
     order by j.at desc, j.id desc, e.n`.rows<
    Omit<VerdictRow, 'conditions'> & { asked: RuleCondition[]; found: ConditionJudgement[] }
  >(db.pool);
  return rows.map(({ asked, found, ...verdict }) => ({
    ...verdict,
    conditions: inPairs(asked, found),
  }));
}
