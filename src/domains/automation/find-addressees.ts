// Whom a rule that fired tells: members who may see the company, and webhook endpoints that are there. What is told to them
// goes by `rule.fired`, which notifications and webhooks follow.
import { seersOf } from '#domains/accounts/index.ts';
import { endpointsTold, findHearers } from '#domains/webhooks/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { RuleAction } from './rule-words.ts';
import { type ActionOutcome, countNotices } from './store-runs.ts';

/** Whom a rule tells. */
export interface Addressees {
  userIds: string[];
  endpointIds: string[];
  /** why it tells nobody, by the kind of the action */
  refusals: Partial<Record<RuleAction['kind'], Pick<ActionOutcome, 'code' | 'reason'>>>;
}

/** Mails of one rule to all its members within an hour: one that fires for everything must not fill their boxes. */
const MOST_NOTICES = 20;
const HOUR_MS = 3_600_000;

/**
 * Looks up whom a rule tells now.
 * @param on.companyId the company of the interaction
 */
export async function findAddressees(
  tx: Tx,
  { clock }: Pick<Platform, 'clock'>,
  on: { accountId: string; companyId: string },
  { id: ruleId, actions }: { id: string; actions: readonly RuleAction[] },
): Promise<Addressees> {
  const found: Addressees = { userIds: [], endpointIds: [], refusals: {} };
  const wantedUsers = actions.flatMap((one) => (one.kind === 'NOTIFY' ? one.userIds : []));
  const wantedEndpoints = actions.flatMap((one) => (one.kind === 'WEBHOOK' ? one.endpointIds : []));
  if (wantedUsers.length > 0) {
    const since = new Date(clock.now(on.accountId).getTime() - HOUR_MS);
    const sent = await countNotices(tx, on.accountId, ruleId, since);
    if (sent >= MOST_NOTICES) {
      const reason = `A rule writes at most ${MOST_NOTICES} times an hour; this one has done so.`;
      found.refusals.NOTIFY = { code: 'LIMIT_REACHED', reason };
    } else {
      found.userIds = await membersAmong(tx, on, wantedUsers);
      if (found.userIds.length === 0)
        found.refusals.NOTIFY = nobody('member who sees this company');
    }
  }
  if (wantedEndpoints.length > 0) {
    const endpoints = await endpointsTold(tx, on, wantedEndpoints);
    const hearers = await findHearers(tx, clock, { ...on, type: 'rule.fired' }, endpoints);
    found.endpointIds = hearers.map(({ id }) => id);
    if (endpoints.length === 0) found.refusals.WEBHOOK = nobody('endpoint of this company');
    else if (hearers.length === 0) found.refusals.WEBHOOK = UNHEARD;
  }
  return found;
}

const nobody = (what: string) => ({
  code: 'NOT_FOUND',
  reason: `None that this action names is a ${what} any more.`,
});

/** Nothing is sent to an endpoint that its owner may not read. */
const UNHEARD = {
  code: 'INVALID_INPUT',
  reason: 'No owner of the endpoints that this action names may read what rules did.',
};

async function membersAmong(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx.membership.findMany({
    where: { ...seersOf({ accountId, companyIds: [companyId] }), userId: { in: [...ids] } },
    select: { userId: true },
    orderBy: { userId: 'asc' },
  });
  return rows.map(({ userId }) => userId);
}
