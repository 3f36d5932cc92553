// Whether a rule may say what it says: its companies are the viewer's, and what it names by id is there.
import { authorize, checkCompaniesExist, may, type Verb } from '#domains/accounts/index.ts';
import { countSeen } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { ID_FIELDS } from './rule-shape.ts';
import type { ConditionSubject, RuleAction, RuleCondition, RuleDefinition } from './rule-words.ts';

/** What somebody has to be allowed who learns what is found of these; of all others, to read rules. */
const READS: { [About in ConditionSubject]?: Verb } = {
  TEXT: 'personal.read',
  FORM_FIELD: 'personal.read',
  KEYWORD: 'transcripts.read',
  KEYWORD_SET: 'transcripts.read',
  LEAD_SCORE: 'transcripts.read',
  SIGNAL: 'transcripts.read',
};

/** What a rule would find out for its viewer, they have to be allowed to read themselves. Throws Forbidden. */
export function authorizeReading(viewer: Viewer, about: ConditionSubject): void {
  const verb = READS[about];
  if (verb) authorize(viewer, verb);
}

/** Whether a viewer is told what was found of these: a rule of others tells nobody more than one of their own would. */
export function mayReadFound(viewer: Viewer, about: ConditionSubject): boolean {
  const verb = READS[about];
  return !verb || may(viewer, verb);
}

/**
 * Refuses what is not there or not the viewer's. Whether members may see a company is looked at when the rule fires.
 * @throws Refused NOT_FOUND naming the field; Forbidden where a rule calls webhooks and the
 *   viewer may not set them, or asks about words that the viewer may not read
 */
export async function checkDefinition(
  tx: Tx,
  viewer: Viewer,
  { companyIds, conditions, actions }: Omit<RuleDefinition, 'name' | 'triggers'>,
): Promise<void> {
  const { accountId } = viewer;
  await checkCompaniesExist(tx, accountId, companyIds);
  for (const [n, condition] of conditions.entries()) {
    authorizeReading(viewer, condition.about);
    const named = ID_FIELDS[condition.about];
    if (!named) continue;
    const known = await countNamed(tx, viewer, condition);
    if (known !== new Set(condition.values).size) {
      throw notFound(['conditions', String(n), named.field], named.typename);
    }
  }
  for (const [n, action] of actions.entries()) {
    const missing = await missingOf(tx, viewer, action);
    if (missing) throw notFound(['actions', String(n), missing.field], missing.what);
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

async function missingOf(
  tx: Tx,
  viewer: Viewer,
  action: RuleAction,
): Promise<{ field: string; what: string } | null> {
  const { accountId } = viewer;
  if (action.kind === 'NOTIFY' || action.kind === 'ASSIGN') {
    const userIds = action.kind === 'ASSIGN' ? [action.userId] : action.userIds;
    const known = await tx.membership.count({ where: { accountId, userId: { in: userIds } } });
    const field = action.kind === 'ASSIGN' ? 'userId' : 'userIds';
    return known === userIds.length ? null : { field, what: 'User' };
  }
  if (action.kind !== 'WEBHOOK') return null;
  // a rule sends no one's endpoints anything that they could not have sent there themselves
  authorize(viewer, 'webhooks.write');
  const mine = viewer.companyIds && [...viewer.companyIds];
  const known = await tx.webhookEndpoint.count({
    where: {
      ...{ accountId, deletedAt: null, id: { in: action.endpointIds } },
      ...(mine && { allCompanies: false, companyIds: { hasSome: mine } }),
    },
  });
  const field = 'webhookEndpointIds';
  return known === action.endpointIds.length ? null : { field, what: 'WebhookEndpoint' };
}
