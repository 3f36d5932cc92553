// The steps of a person's erasure: one interaction to a transaction, then the visits, then the lead itself with what hangs on
// it; last the receipt, once no media are left either. Each step leaves nothing to remember but what is still there, so
// that a job that was cut off goes on where it was.
import { deleteClaims, soleVisitors, visitorsOfLead } from '#domains/attribution/index.ts';
import {
  consentLocks,
  consentSubjectsOf,
  eraseConsentOf,
  type NumberOf,
  numbersOfLead,
} from '#domains/consent/index.ts';
import { deleteLead, leadLocks, leadSubject, readTree } from '#domains/leads/index.ts';
import { findTracker } from '#domains/numbers/index.ts';
import { endExports } from '#domains/reports/index.ts';
import { eraseVisits, visitorSubject } from '#domains/visitors/index.ts';
import { eraseDeliveries } from '#domains/webhooks/index.ts';
import { eraseSessions, findUnstepped } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { eraseAsStep } from './erase-interaction.ts';
import { erasureSubject, leadErased } from './events.ts';
import { findInteraction, lockInteraction } from './find-interaction.ts';
import {
  countErased,
  type LeadErasureRow,
  readLeadErasure,
  settleErased,
} from './store-lead-erasures.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'search' | 'secrets'>;
export interface LeadErasureKey {
  accountId: string;
  leadErasureId: string;
}

const SESSIONS_AT_ONCE = 50;

/**
 * Erases a person. Doing it again does what is left.
 * @returns gone, already-done or erased
 * @throws NotYet while a call goes on, a text is being sent, or media are still to be removed
 */
export async function takeLead(
  platform: Needs,
  { accountId, leadErasureId }: LeadErasureKey,
  signal: AbortSignal,
): Promise<string> {
  const erasure = await readLeadErasure(platform.db.prisma, accountId, { id: leadErasureId });
  if (!erasure) return 'gone';
  if (erasure.state === 'ERASED') return 'already-done';
  // what arrives between two looks is found by the next
  do {
    signal.throwIfAborted();
    await eraseInteractions(platform, erasure, signal);
    await eraseVisitors(platform, erasure, signal);
  } while (!(await eraseRest(platform, erasure)));
  return settle(platform, erasure);
}

async function eraseInteractions(
  platform: Needs,
  erasure: LeadErasureRow,
  signal: AbortSignal,
): Promise<void> {
  const { accountId, leadId } = erasure;
  const waiting: string[] = [];
  for (;;) {
    signal.throwIfAborted();
    const next = await platform.db.prisma.interaction.findFirst({
      where: { accountId, leadId, id: { notIn: waiting } },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    if (!next) break;
    if (!(await eraseOne(platform, erasure, next.id))) waiting.push(next.id);
  }
  if (waiting.length > 0) throw new NotYet('the end of a call or of the sending of a text');
}

/** False when it still goes on. */
function eraseOne(
  platform: Needs,
  erasure: LeadErasureRow,
  interactionId: string,
): Promise<boolean> {
  const { accountId, leadId } = erasure;
  return platform.db.transaction(async (tx) => {
    const seen = await findInteraction(tx, accountId, interactionId);
    const one = seen && (await lockInteraction(tx, platform, accountId, seen));
    if (one?.leadId !== leadId) return true;
    if (await CHANNELS[one.kind].goesOn(tx, accountId, one)) return false;
    await eraseAsStep(tx, platform, one, erasure);
    return true;
  });
}

/** The visits of browsers that were no other lead's too. */
async function eraseVisitors(
  { db, events }: Needs,
  { accountId, id, companyId, leadId }: LeadErasureRow,
  signal: AbortSignal,
): Promise<void> {
  for (const visitorId of await soleVisitors(db.prisma, accountId, leadId)) {
    for (let isLast = false; !isLast; ) {
      signal.throwIfAborted();
      isLast = await db.transaction(async (tx) => {
        // of two workers at once, the second finds what the first has left
        await events.lock(tx, accountId, [visitorSubject(companyId, visitorId)]);
        const visitor = { accountId, companyId, visitorId };
        const chunk = await eraseVisits(tx, visitor, SESSIONS_AT_ONCE);
        if (chunk.visits > 0) await countErased(tx, accountId, id, { visits: chunk.visits });
        return chunk.isLast;
      });
    }
  }
}

/** The lead with all that hangs on it. False when something arrived before its locks were had. */
function eraseRest(platform: Needs, erasure: LeadErasureRow): Promise<boolean> {
  const { db, events, clock } = platform;
  const { accountId, id: leadErasureId, companyId, leadId } = erasure;
  return db.transaction(async (tx) => {
    const tree = await readTree(tx, accountId, leadId);
    if (tree.length === 0) return true;
    const known = await numbersOfLead(tx, accountId, leadId);
    const held = await unsteppedOf(tx, erasure, known);
    await events.lock(
      tx,
      accountId,
      held.map((session) => `session:${session}`),
    );
    await events.lock(tx, accountId, consentLocks(known));
    const subjects = tree.map(({ id }) => leadSubject(id));
    // of two who share a browser and go at once, the second finds that it is nobody else's
    const browsers = await visitorsOfLead(tx, accountId, leadId);
    await events.lock(tx, accountId, [
      ...[...subjects, ...(await leadLocks(tx, accountId, leadId))],
      ...[...browsers].map((visitorId) => visitorSubject(companyId, visitorId)),
    ]);
    // another worker was first, or a lead was merged into it meanwhile
    if ((await readTree(tx, accountId, leadId)).length !== tree.length) return false;
    const numbers = await numbersOfLead(tx, accountId, leadId);
    // of a number that came to be known meanwhile the consent is not held, and its lock goes before those of leads
    const locked = new Set(consentLocks(known));
    if (!new Set(consentLocks(numbers)).isSubsetOf(locked)) return false;
    const where = { accountId, leadId };
    if ((await tx.interaction.count({ where, take: 1 })) > 0) return false;
    const sessions = await unsteppedOf(tx, erasure, numbers);
    if (sessions.some((session) => !held.includes(session))) return false;
    if (!(await visitorsOfLead(tx, accountId, leadId)).isSubsetOf(browsers)) return false;
    let visits = 0;
    let isLast = true;
    for (const visitorId of await soleVisitors(tx, accountId, leadId)) {
      const chunk = await eraseVisits(tx, { accountId, companyId, visitorId }, SESSIONS_AT_ONCE);
      visits += chunk.visits;
      isLast &&= chunk.isLast;
    }
    await countErased(tx, accountId, leadErasureId, { visits });
    if (!isLast) return false;
    const carrierEvents = await eraseSessions(tx, accountId, {
      ...{ sessions, subject: leadSubject(leadId), at: clock.now(accountId) },
    });
    const told = [...subjects, ...(await consentSubjectsOf(tx, accountId, numbers))];
    const webhookDeliveries = await eraseDeliveries(tx, platform, accountId, told);
    const notes = await tx.leadNote.count({ where });
    await deleteClaims(tx, platform.secrets, accountId, leadId);
    const consentEntries = await eraseConsentOf(tx, platform, accountId, numbers);
    // whoever counts holds the counting before the leads
    await endExports(tx, platform, accountId, companyId);
    await deleteLead(tx, accountId, leadId);
    await countErased(tx, accountId, leadErasureId, {
      ...{ leads: tree.length, notes, consentEntries, carrierEvents, webhookDeliveries },
    });
    return true;
  });
}

/**
 * Sessions of texts and calls from a person's numbers that could not be stepped, or are not yet: no row of ours names them.
 * Those to other companies are of other leads.
 */
async function unsteppedOf(
  tx: Tx,
  { accountId, companyId }: LeadErasureRow,
  numbers: readonly NumberOf[],
): Promise<string[]> {
  const ours = numbers.filter((one) => one.companyId === companyId).map(({ number }) => number);
  const found = await findUnstepped(tx, accountId, ours);
  const sessions = new Set<string>();
  for (const { session, to } of found) {
    const tracker = await findTracker(tx, accountId, to);
    if (!tracker || tracker.tracker.companyId === companyId) sessions.add(session);
  }
  return [...sessions];
}

async function settle({ db, events, clock }: Needs, erasure: LeadErasureRow): Promise<string> {
  const { accountId, id: leadErasureId, companyId, leadId } = erasure;
  const left = { accountId, leadErasureId, state: 'PENDING' as const };
  if ((await db.prisma.erasure.count({ where: left, take: 1 })) > 0) {
    throw new NotYet('the media of what was erased');
  }
  return db.transaction(async (tx) => {
    const subject = erasureSubject(leadErasureId);
    await events.lock(tx, accountId, [subject]);
    const at = clock.now(accountId);
    if (!(await settleErased(tx, accountId, leadErasureId, at))) return 'already-done';
    await events.append(tx, accountId, [
      {
        ...{ definition: leadErased, companyId, subject, subjectVersion: 1, occurredAt: at },
        payload: { leadId, leadErasureId },
      },
    ]);
    return 'erased';
  });
}
