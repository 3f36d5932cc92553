// Whether a rule may say what it says: its companies are the viewer's, and what it names by id is there.
import {
  authorize,
  checkCompaniesExist,
  checkMembers,
  may,
  type Verb,
} from '#domains/accounts/index.ts';
import { verbOfChange } from '#domains/interactions/index.ts';
import { countSeen } from '#domains/numbers/index.ts';
import { endpointsSeen, findHearers } from '#domains/webhooks/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { isTooEarly, momentsOf } from './match-moment.ts';
import { KIND_OF_TRIGGER } from './moments.ts';
import { ID_FIELDS } from './rule-shape.ts';
import type {
  ConditionSubject,
  RuleActionKind,
  RuleCondition,
  RuleDefinition,
} from './rule-words.ts';

/** What changes the interaction itself. */
const CHANGES: readonly RuleActionKind[] = [
  'ADD_TAGS',
  'REMOVE_TAGS',
  'SET_LEAD_STATUS',
  'SET_VALUE',
];

/** What somebody has to be allowed who learns what is found of these; of all others, to read rules. */
const READS: { [About in ConditionSubject]?: readonly Verb[] } = {
  TEXT: ['personal.read'],
  FORM_FIELD: ['personal.read'],
  KEYWORD: ['transcripts.read'],
  KEYWORD_SET: ['transcripts.read'],
  LEAD_SCORE: ['transcripts.read'],
  SIGNAL: ['transcripts.read'],
  // addresses with their parameters
  LANDING_PAGE: ['visitors.read', 'personal.read'],
  REFERRER: ['visitors.read', 'personal.read'],
  ACTIVE_PAGE: ['visitors.read', 'personal.read'],
  SEARCH_KEYWORD: ['visitors.read'],
};

/** What a rule would find out for its viewer, they have to be allowed to read themselves. Throws Forbidden. */
export function authorizeReading(viewer: Viewer, about: ConditionSubject): void {
  for (const verb of READS[about] ?? []) authorize(viewer, verb);
}

/** Whether a viewer is told what was found of these: a rule of others tells nobody more than one of their own would. */
export function mayReadFound(viewer: Viewer, about: ConditionSubject): boolean {
  return (READS[about] ?? []).every((verb) => may(viewer, verb));
}

/**
 * Refuses conditions on what is looked for after a moment of the rule: they would never hold there, or always where they ask
 * for its absence.
 * @param path of the rule; absent = the input itself
 * @throws Refused INVALID_INPUT naming the condition, and the moments to take
 */
export function refuseTooEarly(
  { triggers, conditions }: Pick<RuleDefinition, 'triggers' | 'conditions'>,
  path: readonly string[] = [],
): void {
  for (const [n, { about }] of conditions.entries()) {
    const early = triggers.find((trigger) => isTooEarly(trigger, about));
    if (!early) continue;
    throw invalidInput(
      [...path, 'conditions', String(n), 'about'],
      `At ${early} nobody has looked for ${about} yet: what was said is looked through after that. Take ${momentsOf(about).join(' or ')} in its place.`,
    );
  }
}

/** What a rule would do for its viewer, they have to be allowed to do themselves, in each channel that its moments are of. */
function authorizeActing(
  viewer: Viewer,
  { triggers, actions }: Pick<RuleDefinition, 'triggers' | 'actions'>,
): void {
  const kinds = new Set(triggers.map((trigger) => KIND_OF_TRIGGER[trigger]));
  for (const { kind: does } of actions) {
    if (does === 'ASSIGN') authorize(viewer, 'inbox.update');
    if (CHANGES.includes(does)) for (const kind of kinds) authorize(viewer, verbOfChange(kind));
  }
}

/**
 * Refuses what is not there or not the viewer's. Whether members may see a company is looked at when the rule fires.
 * @throws Refused NOT_FOUND naming the field, INVALID_INPUT for an endpoint that would be told nothing, and for a condition on
 *   what is looked for after a moment; Forbidden where a rule does what the viewer may not do: changes interactions of a
 *   channel, assigns, calls webhooks, or asks about words or addresses that the viewer may not read
 */
export async function checkDefinition(
  tx: Tx,
  clock: Clock,
  viewer: Viewer,
  { companyIds, triggers, conditions, actions }: Omit<RuleDefinition, 'name'>,
): Promise<void> {
  const { accountId } = viewer;
  authorizeActing(viewer, { triggers, actions });
  await checkCompaniesExist(tx, accountId, companyIds);
  for (const { about } of conditions) authorizeReading(viewer, about);
  refuseTooEarly({ triggers, conditions });
  for (const [n, condition] of conditions.entries()) {
    const named = ID_FIELDS[condition.about];
    if (!named) continue;
    const known = await countNamed(tx, viewer, condition);
    if (known !== new Set(condition.values).size) {
      throw notFound(['conditions', String(n), named.field], named.typename);
    }
  }
  for (const [n, action] of actions.entries()) {
    const at = (field: string) => ['actions', String(n), field];
    switch (action.kind) {
      case 'WEBHOOK':
        await checkEndpoints(tx, clock, viewer, action.endpointIds, at('webhookEndpointIds'));
        break;
      case 'NOTIFY':
        await checkMembers(tx, viewer, action.userIds, at('userIds'));
        break;
      case 'ASSIGN':
        await checkMembers(tx, viewer, [action.userId], at('userId'));
    }
  }
}

/** How many of the trackers or keyword sets that a condition names there are. */
async function countNamed(
  tx: Tx,
  viewer: Viewer,
  { about, values }: RuleCondition,
): Promise<number> {
  if (about === 'TRACKER') return countSeen(tx, viewer, values);
  const { accountId, companyIds } = viewer;
  const where = { accountId, id: { in: values } };
  const mine = companyIds && [...companyIds];
  const looking = mine && { OR: [{ companyId: null }, { companyId: { in: mine } }] };
  return tx.keywordSet.count({ where: { ...where, deletedAt: null, ...looking } });
}

async function checkEndpoints(
  tx: Tx,
  clock: Clock,
  viewer: Viewer,
  ids: string[],
  path: readonly string[],
): Promise<void> {
  // a rule sends no one's endpoints anything that they could not have sent there themselves
  authorize(viewer, 'webhooks.write');
  const known = await endpointsSeen(tx, viewer, ids);
  if (known.length < ids.length) throw notFound(path, 'WebhookEndpoint');
  const on = { accountId: viewer.accountId, type: 'rule.fired' } as const;
  const hearers = await findHearers(tx, clock, on, known);
  if (hearers.length === known.length) return;
  throw invalidInput(
    path,
    'The owner of an endpoint that this names may not read what rules did, so nothing would be sent. Make an endpoint of your own.',
  );
}
