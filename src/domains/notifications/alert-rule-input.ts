// What somebody may set on an alert rule, and whether they may.
import { z } from 'zod';
import { authorize, checkMembers } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { invalidInput, notFound, refuseAll } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { ALERT_CHANNELS } from './occasions.ts';
import { isEnded } from './store-ended-addresses.ts';

export const callsShape = z.enum([
  'NONE',
  'ALL',
  'FIRST_CALL',
  'MISSED_AND_VOICEMAIL',
  'VOICEMAIL_ONLY',
]);

/** Each channel once, in the order of the list of all. */
export const channelsShape = z
  .array(z.enum(ALERT_CHANNELS))
  .transform((given) => ALERT_CHANNELS.filter((channel) => given.includes(channel)));

export const emailShape = z
  .email('email takes one address, such as robin@example.com.')
  .max(254, 'email takes at most 254 characters.')
  .transform((email) => email.toLowerCase());

/** To whom a rule writes, about what. */
export interface AlertScope {
  companyId: string | null;
  trackerId: string | null;
  userId: string | null;
  email: string | null;
}

/** Whether a rule writes to the viewer themselves. */
export function isOwn({ actor }: Viewer, { userId }: Pick<AlertScope, 'userId'>): boolean {
  return actor.kind === 'user' && actor.id === userId;
}

/**
 * Refuses a rule that the viewer may not set: everybody may have themselves told, MANAGER and ADMIN everybody in their
 * companies. Throws Forbidden.
 */
export function authorizeScope(viewer: Viewer, scope: AlertScope): void {
  if (isOwn(viewer, scope)) return;
  authorize(viewer, 'alertRules.writeAll', scope.companyId);
}

/**
 * Completes and checks what a rule is about: a tracker brings its company with it.
 * @throws Forbidden; Refused INVALID_INPUT; NOT_FOUND for a company, tracker or member that is none of the account's, or that the
 *   viewer does not see
 */
export async function checkScope(tx: Tx, viewer: Viewer, given: AlertScope): Promise<AlertScope> {
  if (!isOwn(viewer, given)) authorize(viewer, 'alertRules.writeAll');
  const { accountId } = viewer;
  if ((given.userId === null) === (given.email === null)) {
    throw invalidInput('userId', 'A rule takes either userId or email: one recipient.');
  }
  const scope = { ...given };
  if (given.trackerId !== null) {
    const tracker = await tx.tracker.findUnique({
      where: { accountId_id: { accountId, id: given.trackerId } },
      select: { companyId: true },
    });
    if (!tracker || !seesCompany(viewer, tracker.companyId)) throw notFound('trackerId', 'Tracker');
    if (given.companyId !== null && given.companyId !== tracker.companyId) {
      throw invalidInput('companyId', 'This is not the company of the tracker; leave it out.');
    }
    scope.companyId = tracker.companyId;
  } else if (given.companyId !== null) {
    const where = { accountId_id: { accountId, id: given.companyId } };
    const company = await tx.company.findUnique({ where, select: { id: true } });
    if (!company || !seesCompany(viewer, given.companyId)) throw notFound('companyId', 'Company');
  }
  if (scope.email !== null && scope.companyId === null) {
    throw invalidInput('companyId', 'A rule for an e-mail address takes a company or a tracker.');
  }
  if (scope.userId !== null && !isOwn(viewer, scope)) {
    await checkMembers(tx, viewer, [scope.userId], 'userId');
  }
  return scope;
}

/**
 * Refuses to write to an address whose owner has ended such mails by the link in one of them, also by way of a user who
 * has it, unless they set the rule themselves.
 * @throws Refused INVALID_INPUT
 */
export async function refuseEnded(
  tx: Tx,
  platform: Pick<Platform, 'secrets'>,
  viewer: Viewer,
  kind: 'ALERT' | 'SUMMARY',
  { email, userId, companyId }: Pick<AlertScope, 'email' | 'userId' | 'companyId'>,
): Promise<void> {
  // who has themselves told wants to be
  if (isOwn(viewer, { userId })) return;
  const { accountId } = viewer;
  const address = email ?? (userId && (await emailOf(tx, userId)));
  if (!address || !(await isEnded(tx, platform, { accountId, companyId, kind, email: address }))) {
    return;
  }
  throw invalidInput(
    email === null ? 'userId' : 'email',
    'Whoever reads this address has ended such mails by the link in one of them. Take another address, or let them sign in and set rules of their own.',
  );
}

async function emailOf(tx: Tx, id: string): Promise<string | null> {
  const user = await tx.user.findUnique({ where: { id }, select: { email: true } });
  return user?.email.toLowerCase() ?? null;
}

/**
 * Refuses a rule that would never be met.
 * @throws Refused INVALID_INPUT, every bad field named
 */
export function checkOccasions(rule: {
  calls: string;
  channels: readonly string[];
  trackerId: string | null;
}): void {
  const isEmpty = rule.calls === 'NONE' && rule.channels.length === 0;
  const byTracker = rule.calls !== 'NONE' || rule.channels.includes('TEXT');
  refuseAll([
    ...(isEmpty
      ? [invalidInput('calls', 'The rule would tell of nothing: take some calls or a channel.')]
      : []),
    ...(!isEmpty && !byTracker && rule.trackerId !== null
      ? [invalidInput('trackerId', 'Forms and chats come by no tracker: take a company.')]
      : []),
  ]);
}
