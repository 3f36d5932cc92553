// The steps of a person's erasure: one interaction to a transaction, then the visits, then the lead itself with what hangs on
// it; last the receipt, once no media are left either. Each step leaves nothing to remember but what is still there, so
// that a job that was cut off goes on where it was.
import { deleteClaims, linkSender, soleVisitors } from '#domains/attribution/index.ts';
import {
  consentLocks,
  consentSubjectsOf,
  eraseConsentOf,
  numbersOfLead,
} from '#domains/consent/index.ts';
import { deleteLead, leadLocks, leadSubject, readTree } from '#domains/leads/index.ts';
import { endExports } from '#domains/reports/index.ts';
import { eraseVisits } from '#domains/visitors/index.ts';
import { eraseDeliveries } from '#domains/webhooks/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { eraseRows } from './erase-interaction.ts';
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

/** the figure of the receipt that counts them */
const FIGURES = {
  CALL: 'calls',
  CONVERSATION: 'conversations',
  CHAT: 'chats',
  FORM: 'forms',
} as const;
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
  { accountId, id: leadErasureId, leadId, requestedBy }: LeadErasureRow,
  interactionId: string,
): Promise<boolean> {
  return platform.db.transaction(async (tx) => {
    const seen = await findInteraction(tx, accountId, interactionId);
    const one = seen && (await lockInteraction(tx, platform, accountId, seen));
    if (one?.leadId !== leadId) return true;
    if (await CHANNELS[one.kind].goesOn(tx, accountId, one)) return false;
    // which browser it came from may not be known of the lead yet
    await linkSender(tx, accountId, one);
    const { recordings, transcripts, messages, files, carrierEvents, webhookDeliveries } =
      await eraseRows(tx, platform, accountId, one, {
        ...{ requestedBy, leadErasureId, going: [], mayTell: [], leadStays: false },
        more: { leads: 0, consentEntries: 0 },
      });
    await countErased(tx, accountId, leadErasureId, {
      [FIGURES[one.kind satisfies InteractionKind]]: 1,
      ...{ recordings, transcripts, messages, files, carrierEvents, webhookDeliveries },
    });
    return true;
  });
}

/** The visits of browsers that were no other lead's too. */
async function eraseVisitors(
  { db }: Needs,
  { accountId, id, companyId, leadId }: LeadErasureRow,
  signal: AbortSignal,
): Promise<void> {
  for (const visitorId of await soleVisitors(db.prisma, accountId, leadId)) {
    for (let chunk = SESSIONS_AT_ONCE; chunk === SESSIONS_AT_ONCE; ) {
      signal.throwIfAborted();
      chunk = await db.transaction(async (tx) => {
        const visitor = { accountId, companyId, visitorId };
        const visits = await eraseVisits(tx, visitor, SESSIONS_AT_ONCE);
        if (visits > 0) await countErased(tx, accountId, id, { visits });
        return visits;
      });
    }
  }
}

/** The lead with all that hangs on it. False when something arrived before its locks were had. */
function eraseRest(platform: Needs, erasure: LeadErasureRow): Promise<boolean> {
  const { db, events } = platform;
  const { accountId, id: leadErasureId, companyId, leadId } = erasure;
  return db.transaction(async (tx) => {
    const tree = await readTree(tx, accountId, leadId);
    if (tree.length === 0) return true;
    await events.lock(tx, accountId, consentLocks(await numbersOfLead(tx, accountId, leadId)));
    const subjects = tree.map(({ id }) => leadSubject(id));
    await events.lock(tx, accountId, [...subjects, ...(await leadLocks(tx, accountId, leadId))]);
    const numbers = await numbersOfLead(tx, accountId, leadId);
    // a number that came to be known meanwhile
    await events.lock(tx, accountId, consentLocks(numbers));
    const where = { accountId, leadId };
    if ((await tx.interaction.count({ where, take: 1 })) > 0) return false;
    const told = [...subjects, ...(await consentSubjectsOf(tx, accountId, numbers))];
    const webhookDeliveries = await eraseDeliveries(tx, platform, accountId, told);
    let visits = 0;
    for (const visitorId of await soleVisitors(tx, accountId, leadId)) {
      visits += await eraseVisits(tx, { accountId, companyId, visitorId }, SESSIONS_AT_ONCE);
    }
    const notes = await tx.leadNote.count({ where });
    await deleteClaims(tx, accountId, leadId);
    const consentEntries = await eraseConsentOf(tx, platform, accountId, numbers);
    await deleteLead(tx, accountId, leadId);
    await endExports(tx, platform, accountId, companyId);
    await countErased(tx, accountId, leadErasureId, {
      ...{ leads: tree.length, notes, visits, consentEntries, webhookDeliveries },
    });
    return true;
  });
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
