// Where an interaction stands in the inbox by what happened to it (product.md 2.19): a call that was answered is reviewed
// when it is over; one that nobody answered, and whatever else arrives, stays active until somebody moves it.
import type { SqlTx, Tx } from '#platform/db/index.ts';
import {
  forgetReads,
  placeInInbox,
  readInbox,
  readInboxSetting,
  reopenInInbox,
  writeAnswered,
  writeReads,
} from './store-inbox.ts';

const MINUTE_MS = 60_000;

/** Until when somebody is to answer what came at a moment; null where the company does not measure it. */
async function answerDueAt(
  tx: Tx,
  accountId: string,
  companyId: string,
  at: Date,
): Promise<Date | null> {
  const { answerWithinMinutes } = await readInboxSetting(tx, accountId, companyId);
  return answerWithinMinutes === null
    ? null
    : new Date(at.getTime() + answerWithinMinutes * MINUTE_MS);
}

/**
 * Puts an interaction among those that wait for somebody: they wrote, for the first time or again. What waits already goes
 * on waiting from then.
 * @param at when they wrote
 * @param told how many events the caller tells of it: its version rises by so many
 * @returns its version then
 */
export function reopenInteraction(
  tx: SqlTx,
  accountId: string,
  id: string,
  at: Date,
  told: number,
): Promise<number> {
  return reopenInInbox(tx, accountId, id, { at, told });
}

/**
 * An agent has answered: nobody waits any more, until they write again. The first answer counts, and where the interaction
 * stands is left to people. Who tells of the answer raises the version; the caller holds the subject's lock.
 * @param at when the answer left
 */
export async function answerInInbox(
  tx: SqlTx,
  accountId: string,
  id: string,
  at: Date,
): Promise<void> {
  await writeAnswered(tx, accountId, [id], at);
}

/** Whoever writes has read what stands there. The caller tells of what was written. */
export async function seeInInbox(
  tx: Tx,
  key: { accountId: string; userId: string },
  id: string,
  at: Date,
): Promise<void> {
  await writeReads(tx, key, [id], at);
}

/**
 * Places a call that is over, in the transaction that ends it or corrects its outcome. The caller holds its lock and tells
 * of it.
 * @param end.answered by somebody
 * @param end.at when it was over
 */
export async function endInInbox(
  tx: Tx,
  accountId: string,
  id: string,
  end: { answered: boolean; at: Date },
): Promise<void> {
  const [row] = await readInbox(tx, accountId, [id]);
  if (!row) return;
  if (end.answered) {
    if (row.inboxState !== 'ACTIVE') return;
    const none = { snoozedUntil: null, overdueAt: null, answerDueAt: null };
    const answeredAt = row.answeredAt ?? end.at;
    await placeInInbox(tx, accountId, id, { ...none, inboxState: 'REVIEWED', answeredAt });
    return;
  }
  // it was placed before: an outcome that is corrected later undoes nobody's review and gives no new time
  if (row.inboxState !== 'ACTIVE' || row.answerDueAt !== null) return;
  const due = await answerDueAt(tx, accountId, row.companyId, end.at);
  await placeInInbox(tx, accountId, id, {
    inboxState: 'ACTIVE',
    answeredAt: null,
    answerDueAt: due,
  });
  await forgetReads(tx, accountId, id);
}
