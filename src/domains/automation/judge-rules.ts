// The job that holds one moment of an interaction against the rules. The judgement, what the rules do and the events that
// tell of it are one transaction, and an event is judged once: however often the job comes, and in whatever order.
import { isAttributionDue } from '#domains/attribution/index.ts';
import { isSpottingDue } from '#domains/intelligence/index.ts';
import { bumpVersion, interactionSubject } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import { type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { type Acted, actOnInteraction } from './act.ts';
import { ruleFired } from './events.ts';
import { judgeRulesJob } from './jobs.ts';
import { isJudgedAt, matchRules, pointsOf, type Verdict, versionKey } from './match-rules.ts';
import { type Moment, momentOf } from './moments.ts';
import { type InteractionFacts, readFacts } from './read-facts.ts';
import { OF_ATTRIBUTION, OF_KEYWORDS } from './rule-words.ts';
import { type AutomationRuleRow, readActiveRules } from './store.ts';
import { insertJudgement, isJudged, type NewRun, readFired } from './store-runs.ts';

/**
 * So many tries wait for what brought the interaction, or its keywords, two minutes at least: most tries of those jobs are spent
 * by then. The next one judges by what there is.
 */
const WAITING_TRIES = 8;

type Slice = Pick<Platform, 'db' | 'events' | 'clock'>;

/**
 * The worker's side of `automation.judge-rules`. An interaction is attributed by a job that starts at the same moment: rules
 * that ask what brought it wait for that, and those that ask for keywords where insights are there for these.
 * Outcomes: gone, already-done, no-rules (none looks at this moment of this company), nothing-fired, fired.
 */
export function judgeRulesHandler(
  slice: Slice,
): JobHandler<{ accountId: string; eventId: string }> {
  return {
    definition: judgeRulesJob,
    concurrency: 2,
    async run({ accountId, eventId }, { attempt }) {
      const event = await slice.events.read(accountId, eventId);
      const moment = event && momentOf(event);
      if (!event || !moment) return 'gone';
      const waits = attempt <= WAITING_TRIES;
      return slice.db.transaction((tx) => judge(tx, slice, { event, moment, waits }));
    },
  };
}

async function judge(
  tx: Tx,
  slice: Slice,
  { event, moment, waits }: { event: StoredEvent; moment: Moment; waits: boolean },
): Promise<'gone' | 'already-done' | 'no-rules' | 'nothing-fired' | 'fired'> {
  const { accountId, id: eventId } = event;
  const { interactionId, trigger, messageId } = moment;
  // judgements of one interaction come one after the other. Nobody else takes this lock: those of what rules change are
  // taken by the verbs that change it, all at once and before anything is written
  await slice.events.lock(tx, accountId, [`automation:${interactionId}`]);
  if (await isJudged(tx, accountId, eventId)) return 'already-done';
  const rules = (await readActiveRules(tx, event)).filter((rule) =>
    isJudgedAt(rule, trigger, event.companyId ?? ''),
  );
  const asked = rules.flatMap(({ conditions }) => conditions.map(({ about }) => about));
  // looked at before the facts are read: what is attributed after this look may be read, or not
  if (waits && asked.some((about) => OF_ATTRIBUTION.has(about))) {
    if (await isAttributionDue(tx, accountId, interactionId)) throw new NotYet('the attribution');
  }
  if (waits && trigger === 'INSIGHT_READY' && asked.some((about) => OF_KEYWORDS.has(about))) {
    if (await isSpottingDue(tx, accountId, interactionId)) throw new NotYet('the keywords');
  }
  const interaction = (await readFacts(tx, accountId, [interactionId], { messageId })).get(
    interactionId,
  );
  if (!interaction) return 'gone';
  const fired = (await readFired(tx, accountId, { interactionId, messageId })).map(
    ({ ruleId, definitionVersion }) => versionKey({ id: ruleId, definitionVersion }),
  );
  const verdicts = matchRules(rules, trigger, interaction.facts, new Set(fired));
  if (verdicts.length === 0) return 'no-rules';
  const firing = verdicts.filter(({ outcome }) => outcome === 'FIRED').map(({ rule }) => rule);
  const on = { ...interaction, accountId };
  const acted = firing.length > 0 ? await actOnInteraction(tx, slice, on, firing) : [];
  const runs = firing.map((rule, n) => runOf(rule, acted[n] as Acted));
  const at = slice.clock.now(accountId);
  const judgement = {
    ...{ id: newId(), interactionId, messageId, eventId, trigger, at },
    verdicts: verdicts.map(asStored),
  };
  await insertJudgement(tx, accountId, judgement, runs);
  for (const [n, run] of runs.entries()) {
    await tell(tx, slice, on, { run, acted: acted[n] as Acted, moment, at });
  }
  return runs.length > 0 ? 'fired' : 'nothing-fired';
}

const asStored = ({ rule, outcome, conditions }: Verdict<AutomationRuleRow>) => ({
  ruleId: rule.id,
  definitionVersion: rule.definitionVersion,
  ...{ outcome, conditions },
});

function runOf(
  { id: ruleId, definitionVersion, actions }: AutomationRuleRow,
  acted: Acted,
): NewRun {
  return {
    ...{ id: newId(), ruleId, definitionVersion },
    outcomes: acted.outcomes,
    points: pointsOf(actions),
    isNotice: acted.userIds.length > 0,
  };
}

async function tell(
  tx: Tx,
  { events }: Slice,
  { accountId, id, kind, companyId }: InteractionFacts & { accountId: string },
  { run, acted, moment, at }: { run: NewRun; acted: Acted; moment: Moment; at: Date },
): Promise<void> {
  const { id: runId, ruleId, definitionVersion } = run;
  const { userIds, endpointIds } = acted;
  const { trigger, messageId } = moment;
  await events.append(tx, accountId, [
    {
      definition: ruleFired,
      companyId,
      subject: interactionSubject(kind, id),
      subjectVersion: await bumpVersion(tx, accountId, id),
      occurredAt: at,
      payload: {
        runId,
        ruleId,
        definitionVersion,
        interactionId: id,
        ...(messageId && { messageId }),
        trigger,
        userIds,
        endpointIds,
      },
    },
  ]);
}
