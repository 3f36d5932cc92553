// Holds a rule against what came in before, and writes nothing: for which interactions it would fire, what that would
// change, and for which it has fired but would not any more.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { channelsOf, pageOfInteractions } from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorizeReading, refuseTooEarly } from './check-definition.ts';
import { type ConditionJudgement, matchCondition, type RuleFacts } from './match-conditions.ts';
import { factsAt, matchConditionAt } from './match-moment.ts';
import { isJudgedAt, type Plan, planActions, pointsOf } from './match-rules.ts';
import { KIND_OF_TRIGGER, OF_MESSAGES } from './moments.ts';
import { type InteractionFacts, readFacts } from './read-facts.ts';
import { seesRule } from './read-rules.ts';
import { definitionParts } from './rule-shape.ts';
import type { RuleAction, RuleCondition, RuleDefinition, RuleTrigger } from './rule-words.ts';
import { findRule } from './store.ts';
import { readFiredFor } from './store-runs.ts';

const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

const draft = z.object({
  companyIds: definitionParts.companyIds.nullish().transform((given) => given ?? []),
  triggers: definitionParts.triggers,
  conditions: definitionParts.conditions.nullish().transform((given) => given ?? []),
  actions: definitionParts.actions,
});
const shape = z
  .object({
    automationRuleId: z.uuid().nullish(),
    rule: draft.nullish(),
    occurredFrom: z.date(),
    occurredBefore: z.date(),
  })
  .refine(({ automationRuleId, rule }) => automationRuleId || rule, {
    path: ['rule'],
    error:
      'Give automationRuleId, or rule, or both: the second is then held against what the first did.',
  });

/** What is asked: a rule that is there, one that is not yet, or a new wording of one that is. */
export type PreviewRequest = z.input<typeof shape>;

/** What a rule would do to an interaction. */
export interface PreviewedInteraction {
  id: string;
  kind: InteractionKind;
  /** WOULD_FIRE: it has not; FIRED_TOO: it has, in some version; WOULD_NOT: it has, and would not any more */
  outcome: 'WOULD_FIRE' | 'FIRED_TOO' | 'WOULD_NOT';
  conditions: (ConditionJudgement & { condition: RuleCondition })[];
  tagsAdded: string[];
  tagsRemoved: string[];
  /** null = it would stay as it is */
  leadStatus: Plan['leadStatus'] | null;
  valueCents: number | null;
  assigneeId: string | null;
  points: number | null;
  place: RowKey;
}

/** A page of a preview. */
export interface RulePreview {
  /** how many interactions were looked at */
  looked: number;
  /** the place of the last of them, whatever it came to; null when there was none */
  end: RowKey | null;
  hasMore: boolean;
  interactions: PreviewedInteraction[];
}

/**
 * Looks at `limit` interactions from `occurredFrom` until before `occurredBefore` (at most 92 days), the newest first.
 * @throws Forbidden, also where the rule asks for words that the viewer may not read; Refused INVALID_INPUT, NOT_FOUND;
 *   MalformedCursor
 */
export async function previewRule(
  { db }: { db: Db },
  viewer: Viewer,
  request: PreviewRequest,
  page: { limit: number; after: RowKey | null },
): Promise<RulePreview> {
  authorize(viewer, 'automation.read');
  const { automationRuleId, rule, ...span } = parseInput(shape, request);
  const { accountId } = viewer;
  const spanMs = span.occurredBefore.getTime() - span.occurredFrom.getTime();
  if (spanMs <= 0 || spanMs > MOST_DAYS * DAY_MS) {
    const message = `occurredBefore is after occurredFrom, and at most ${MOST_DAYS} days after it.`;
    throw invalidInput('occurredBefore', message);
  }
  const saved = automationRuleId ? await findRule(db.prisma, accountId, automationRuleId) : null;
  if (automationRuleId && (!saved || !seesRule(viewer, saved))) {
    throw notFound('automationRuleId', 'AutomationRule');
  }
  const judged = (rule ?? saved) as Omit<RuleDefinition, 'name'>;
  for (const { about } of judged.conditions) authorizeReading(viewer, about);
  // one that is there goes on as it is, and is shown as it does
  if (rule) refuseTooEarly(rule, ['rule']);
  const rows = await readPage(db, viewer, judged, { ...span, ...page });
  const shown = rows.slice(0, page.limit);
  const ids = shown.map(({ id }) => id);
  const last = shown.at(-1);
  const facts = await readFacts(db.prisma, accountId, ids, { messageId: null });
  const fired = saved ? await readFiredFor(db.prisma, accountId, saved.id, ids) : new Set<string>();
  return {
    looked: shown.length,
    end: last ? placeOf(last) : null,
    hasMore: rows.length > shown.length,
    interactions: shown.flatMap((row) => {
      const known = facts.get(row.id);
      const previewed = known && preview(judged, known, fired.has(row.id));
      return previewed ? [{ ...previewed, place: placeOf(row) }] : [];
    }),
  };
}

const placeOf = ({ id, occurredAt }: Pick<InteractionFacts, 'id' | 'occurredAt'>): RowKey => ({
  value: occurredAt.toISOString(),
  id,
});

function readPage(
  db: Db,
  viewer: Viewer,
  { companyIds, triggers }: Pick<RuleDefinition, 'companyIds' | 'triggers'>,
  want: { occurredFrom: Date; occurredBefore: Date; limit: number; after: RowKey | null },
): Promise<{ id: string; occurredAt: Date }[]> {
  const wanted = triggers.map((trigger) => KIND_OF_TRIGGER[trigger]);
  const kinds = channelsOf(viewer).filter((kind) => wanted.includes(kind));
  const sql = tenantSql(viewer.accountId);
  const { occurredFrom, occurredBefore, limit, after } = want;
  const { beyond, order } = pageOfInteractions({ after, direction: 'desc' });
  const ofRule =
    companyIds.length > 0 ? sqlPart`i.company_id = any(${companyIds}::uuid[])` : sqlPart`true`;
  const ofViewer = viewer.companyIds
    ? sqlPart`i.company_id = any(${viewer.companyIds}::uuid[])`
    : sqlPart`true`;
  return sql`
    select i.id, i.occurred_at as "occurredAt" from interaction i
     where i.account_id = ${sql.account} and i.kind = any(${kinds}::interaction_kind[])
       and i.occurred_at >= ${occurredFrom}::timestamptz
       and i.occurred_at < ${occurredBefore}::timestamptz
       and ${ofRule} and ${ofViewer} and ${beyond}
     order by ${order} limit ${limit + 1}::int`.rows<{ id: string; occurredAt: Date }>(db.pool);
}

/** Whether a moment has come for an interaction. */
function hasCome(trigger: RuleTrigger, { kind, isOver, isRead, facts }: InteractionFacts): boolean {
  if (KIND_OF_TRIGGER[trigger] !== kind) return false;
  if (trigger === 'KEYWORD_SPOTTED') return facts.hits.length > 0;
  if (trigger === 'INSIGHT_READY') return isRead;
  if (OF_MESSAGES.includes(trigger)) return facts.texts.length > 0;
  return trigger === 'CHAT_OPENED' || isOver;
}

function preview(
  rule: Omit<RuleDefinition, 'name'>,
  interaction: InteractionFacts,
  hasFired: boolean,
): Omit<PreviewedInteraction, 'place'> | null {
  const { id, kind, companyId, facts } = interaction;
  const { triggers, conditions, actions } = rule;
  const atMoments = triggers
    .filter((trigger) => isJudgedAt(rule, trigger, companyId) && hasCome(trigger, interaction))
    .map((trigger) => judgeAt(trigger, conditions, facts));
  const met = atMoments.find(isMetBy);
  const isMet = met !== undefined;
  const judged =
    (met ?? atMoments.at(-1)) ||
    conditions.map((condition) => ({ ...matchCondition(condition, facts), condition }));
  if (!isMet && !hasFired) return null;
  const outcome = isMet ? (hasFired ? 'FIRED_TOO' : 'WOULD_FIRE') : 'WOULD_NOT';
  const changes = changesOf(isMet ? actions : [], interaction);
  return { id, kind, outcome, conditions: judged, ...changes };
}

type Judged = PreviewedInteraction['conditions'];

const isMetBy = (judged: Judged) => judged.every((one) => one.isMet);

/**
 * Judges conditions at a moment that has come; at one of a message, each message by itself.
 * @returns by the newest message that meets them all; where none does, by the newest
 */
function judgeAt(
  trigger: RuleTrigger,
  conditions: readonly RuleCondition[],
  facts: RuleFacts,
): Judged {
  const known = factsAt(trigger, facts);
  const judge = (by: RuleFacts): Judged =>
    conditions.map((condition) => ({ ...matchConditionAt(trigger, condition, by), condition }));
  if (!OF_MESSAGES.includes(trigger)) return judge(known);
  const [newest = known, ...others] = known.texts.map((text) => ({ ...known, texts: [text] }));
  const judged = judge(newest);
  // what does not hang on words is as it is, whichever message comes
  const hangsOnWords = judged.every(({ isMet, condition }) => isMet || condition.about === 'TEXT');
  if (isMetBy(judged) || !hangsOnWords) return judged;
  for (const other of others) {
    const then = judge(other);
    if (isMetBy(then)) return then;
  }
  return judged;
}

function changesOf(
  actions: readonly RuleAction[],
  { facts, valueCents, assigneeId }: InteractionFacts,
) {
  const plan = planActions(actions);
  const { tags, leadStatus } = facts;
  const value = plan.valueCents;
  return {
    tagsAdded: plan.add.filter((tag) => !tags.includes(tag)),
    tagsRemoved: plan.remove.filter((tag) => tags.includes(tag)),
    leadStatus: plan.leadStatus && plan.leadStatus !== leadStatus ? plan.leadStatus : null,
    valueCents: value !== undefined && BigInt(value) !== valueCents ? value : null,
    assigneeId: plan.assigneeId && plan.assigneeId !== assigneeId ? plan.assigneeId : null,
    points: pointsOf(actions),
  };
}
