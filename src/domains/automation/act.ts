// Does what the rules that fired at a moment ask for, by the verbs of the domains that it is about. What one of them
// refuses is told with its action, and stops none of the others.
import { systemViewer } from '#domains/accounts/index.ts';
import {
  assignInteractionIn,
  changeInteraction,
  type InteractionChange,
  interactionSubject,
  MAX_TAGS,
} from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { type Addressees, findAddressees } from './find-addressees.ts';
import { type Plan, planActions } from './match-rules.ts';
import { LASTING, type RuleAction } from './rule-words.ts';
import { type ActionOutcome, readDone } from './store-runs.ts';

type Needs = Pick<Platform, 'events' | 'clock'>;

/** What is acted on. */
export interface ActedOn {
  accountId: string;
  id: string;
  kind: InteractionKind;
  companyId: string;
}

/** What a rule asks for, and what came of it. */
export interface Acted extends Addressees {
  outcomes: ActionOutcome[];
}

const DONE: ActionOutcome = { outcome: 'DONE', code: null, reason: null };
const DONE_BEFORE: ActionOutcome = {
  outcome: 'DONE_BEFORE',
  code: null,
  reason: 'This version of the rule did so before, and what has been changed since stands.',
};
const OVERRULED: ActionOutcome = { outcome: 'OVERRULED', code: null, reason: null };

/** A rule that fired. */
interface FiredRule {
  id: string;
  definitionVersion: number;
  actions: readonly RuleAction[];
}

/**
 * Acts in a transaction that has not written yet; it takes the locks of what it changes. What lasts is done by a version of a
 * rule once, for whichever message of the interaction. Judgements of one interaction have to come one after the other.
 * @param rules those that fired, in their order; with their actions
 * @returns in the same order
 */
export async function actOnInteraction(
  tx: Tx,
  platform: Needs,
  on: ActedOn,
  rules: readonly FiredRule[],
): Promise<Acted[]> {
  const { accountId } = on;
  const account = { where: { id: accountId }, select: { mode: true } } as const;
  const { mode } = await tx.account.findUniqueOrThrow(account);
  const viewer = systemViewer(accountId, mode, 'automation');
  const actions = rules.flatMap((rule) => rule.actions);
  const doneBefore = await findDone(tx, on, rules);
  const change = (fields: Change) => tryToChange(tx, platform, viewer, on, fields);
  const assign = (assigneeId: string) => {
    const wanted = { interactionId: on.id, assigneeId };
    return refusalOf(() => assignInteractionIn(tx, platform, viewer, wanted));
  };
  const refused = new Map<number, Refusal>();
  const settings = { actions, doneBefore, refused };
  // status and value first: they lock the lead, which is to come before everything that is written
  const { leadStatus, valueCents } = planOf(settings);
  if (leadStatus !== undefined || valueCents !== undefined) await statusAndValue(settings, change);
  else await platform.events.lock(tx, accountId, [interactionSubject(on.kind, on.id)]);
  await changeTags(settings, change);
  await handOver(settings, assign);
  const plan = planOf(settings);
  const acted: Acted[] = [];
  let n = 0;
  for (const rule of rules) {
    const told = await findAddressees(tx, platform, on, rule);
    const outcomes = rule.actions.map((action): ActionOutcome => {
      const place = n++;
      if (doneBefore.has(place)) return DONE_BEFORE;
      if (plan.overruled.has(place)) return OVERRULED;
      const refusal = refused.get(place) ?? told.refusals[action.kind];
      return refusal ? { outcome: 'REFUSED', ...refusal } : DONE;
    });
    acted.push({ ...told, outcomes });
  }
  return acted;
}

/** Among all actions of the rules, the places of those that last and that the same version has done before. */
async function findDone(
  tx: Tx,
  { accountId, id }: ActedOn,
  rules: readonly FiredRule[],
): Promise<Set<number>> {
  const placed = rules.flatMap(({ id: ruleId, definitionVersion, actions }) =>
    actions.map(({ kind }, place) => ({ ruleId, definitionVersion, place, kind })),
  );
  const lasting = placed
    .map((one, among) => ({ ...one, among }))
    .filter(({ kind }) => LASTING.has(kind));
  return new Set((await readDone(tx, accountId, id, lasting)).map(({ among }) => among));
}

/** Why something was not done. */
type Refusal = Pick<ActionOutcome, 'code' | 'reason'>;
type Change = Pick<InteractionChange, 'leadStatus' | 'valueCents' | 'tags'>;
type TryToChange = (fields: Change) => Promise<Refusal | null>;

/** All actions of the rules, by their places. */
interface Settings {
  actions: readonly RuleAction[];
  doneBefore: ReadonlySet<number>;
  /** grows while they are done */
  refused: Map<number, Refusal>;
}

/** What is to be done by now: what was refused takes back nothing that stands before it. */
function planOf({ actions, doneBefore, refused }: Settings): Plan {
  return planActions(actions, new Set([...doneBefore, ...refused.keys()]));
}

/** Notes that what stands of a kind was refused. */
function refuse(settings: Settings, kind: RuleAction['kind'], refusal: Refusal): void {
  const { overruled, leftOut } = planOf(settings);
  for (const [place, action] of settings.actions.entries()) {
    if (action.kind !== kind || overruled.has(place) || leftOut.has(place)) continue;
    settings.refused.set(place, refusal);
  }
}

async function statusAndValue(settings: Settings, change: TryToChange): Promise<void> {
  for (;;) {
    const { leadStatus, valueCents } = planOf(settings);
    if (leadStatus === undefined && valueCents === undefined) return;
    const refusal = await change({ leadStatus, valueCents });
    if (!refusal) return;
    // what was refused is the status, before anything was written: the value is set without it
    refuse(settings, leadStatus === undefined ? 'SET_VALUE' : 'SET_LEAD_STATUS', refusal);
  }
}

async function handOver(
  settings: Settings,
  assign: (assigneeId: string) => Promise<Refusal | null>,
): Promise<void> {
  for (;;) {
    const { assigneeId } = planOf(settings);
    if (assigneeId === undefined) return;
    const refusal = await assign(assigneeId);
    if (!refusal) return;
    refuse(settings, 'ASSIGN', refusal);
  }
}

/** All tags at once; only when that is refused one action after the other, and those too that one which was refused took back. */
async function changeTags(settings: Settings, change: TryToChange): Promise<void> {
  const { add, remove } = planOf(settings);
  if (add.length + remove.length === 0) return;
  if (add.length <= MAX_TAGS && remove.length <= MAX_TAGS) {
    if (!(await change({ tags: { add, remove } }))) return;
  }
  const tried = new Set<number>();
  for (let before = -1; before < tried.size; ) {
    before = tried.size;
    const { overruled, leftOut } = planOf(settings);
    for (const [place, action] of settings.actions.entries()) {
      if (overruled.has(place) || leftOut.has(place) || tried.has(place)) continue;
      if (action.kind !== 'ADD_TAGS' && action.kind !== 'REMOVE_TAGS') continue;
      tried.add(place);
      const tags = action.kind === 'ADD_TAGS' ? { add: action.tags } : { remove: action.tags };
      const refusal = await change({ tags });
      if (refusal) settings.refused.set(place, refusal);
    }
  }
}

const VERBS: Record<InteractionKind, string> = {
  CALL: 'updateCall',
  FORM: 'updateFormSubmission',
  CONVERSATION: 'updateConversation',
  CHAT: 'updateChat',
};

function tryToChange(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  { id: interactionId, kind }: ActedOn,
  fields: Change,
): Promise<Refusal | null> {
  const change = { ...fields, interactionId, kind, verb: VERBS[kind] };
  return refusalOf(() => changeInteraction(tx, platform, viewer, change));
}

/** What a verb refuses is an answer here; it has then written nothing. */
async function refusalOf(work: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { code: error.code, reason: error.message };
  }
}
