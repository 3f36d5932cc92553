// Takes the webhooks of one message that wait in the inbox: what arrived is stored, what we sent moves on.
import {
  type CarrierMessageEvent,
  eraseSessions,
  isErasedSession,
  translateMessage,
} from '#platform/carrier/index.ts';
import { inOneTrip, type SqlTx, unawaited } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { applyReceipts, type Receipt } from './apply-receipts.ts';
import { type InboundText, storeInbound } from './store-inbound.ts';

/** with their pauses a bit over two minutes */
const MOST_ATTEMPTS = 8;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log' | 'inbox' | 'secrets'>;

/**
 * Takes the webhooks of a message, in one transaction.
 * @param session the carrier's id of the message
 * @throws when that failed; the webhooks then wait on, and are kept as FAILED at last
 */
export async function receiveMessageEvents(
  slice: Slice,
  accountId: string,
  session: string,
): Promise<void> {
  const { db, inbox, clock } = slice;
  try {
    await db.pipedTransaction((tx) => receiveIn(tx, slice, accountId, session));
  } catch (error) {
    const failure = { error, most: MOST_ATTEMPTS, now: clock.now(accountId) };
    await inbox.countFailure(accountId, session, failure);
    throw error;
  }
}

async function receiveIn(
  tx: SqlTx,
  slice: Slice,
  accountId: string,
  session: string,
): Promise<void> {
  const { events, inbox, log } = slice;
  const [, rows, wasErased] = await inOneTrip(
    tx,
    () => events.lock(tx, accountId, [`session:${session}`]),
    () => inbox.waiting(tx, accountId, session),
    () => isErasedSession(tx, accountId, session),
  );
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const told = rows
    .map(({ body }): CarrierMessageEvent | null => translateMessage(body))
    .filter((event) => event !== null);
  // what comes late of a message that was erased is emptied, and brings nothing back
  if (wasErased || (await isErasedByTag(tx, accountId, told))) {
    return forget(tx, slice, accountId, session);
  }
  // a message comes in or goes out; of one that is told twice the first is the message
  const arrived = told.find((event): event is InboundText => event.kind === 'received');
  if (arrived) {
    const came = await storeInbound(tx, slice, accountId, arrived);
    if (came === 'FOREIGN') {
      log.warn(
        { accountId, session, pii_to: arrived.to },
        'a text to a number that leads to no tracker: not stored',
      );
    }
    // its conversation was erased while its lock was waited for
    if (came === 'ERASED') return forget(tx, slice, accountId, session);
    const end = came === 'FOREIGN' ? 'IGNORED' : 'DONE';
    return unawaited(tx, () => inbox.settle(tx, accountId, ids, end));
  }
  const receipts = told.filter((event): event is Receipt => event.kind !== 'received');
  const isOurs = await applyReceipts(tx, slice, accountId, receipts);
  const isErased = await isErasedSession(tx, accountId, session);
  if (isErased || (await isErasedByTag(tx, accountId, told))) {
    return forget(tx, slice, accountId, session);
  }
  await inbox.settle(tx, accountId, ids, isOurs ? 'DONE' : 'IGNORED');
}

/** A text of ours may be erased before we know what the carrier calls it: then our own id tells. */
async function isErasedByTag(
  tx: SqlTx,
  accountId: string,
  told: readonly CarrierMessageEvent[],
): Promise<boolean> {
  const tags = told.flatMap((event) => ('tag' in event && event.tag ? [event.tag] : []));
  for (const name of new Set(tags)) {
    if (await isErasedSession(tx, accountId, name)) return true;
  }
  return false;
}

async function forget(
  tx: SqlTx,
  { clock }: Slice,
  accountId: string,
  session: string,
): Promise<void> {
  const at = clock.now(accountId);
  await eraseSessions(tx, accountId, {
    ...{ sessions: [session], subject: `session:${session}`, at },
  });
}
