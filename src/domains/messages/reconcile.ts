// What the carrier did not answer to is asked for: a text that it knows of moves on, one that it knows nothing of for long
// enough has failed. It is never sent again.
import type { CarrierMessageState } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { moveMessage } from './apply-receipts.ts';
import type { Outcome } from './machine.ts';
import { postponeAsking, readMessage } from './store.ts';

/** the carrier's word comes within seconds; its log of them a little later */
const GIVE_UP_AFTER_MS = 5 * 60_000;
const ASK_AGAIN_MS = 30_000;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'carriers'>;

/**
 * Asks the carrier for a text that is SENDING.
 * @returns gone, settled, waiting or given-up
 * @throws CarrierUnreachable
 */
export async function reconcileMessage(
  slice: Slice,
  { accountId, messageId }: { accountId: string; messageId: string },
): Promise<string> {
  const { db, clock, carriers } = slice;
  const message = await readMessage(db.prisma, accountId, messageId);
  if (message?.state !== 'SENDING' || message.handedAt === null) return 'gone';
  const now = clock.now(accountId);
  // first, so that a carrier that does not answer is not asked every second
  const next = new Date(now.getTime() + ASK_AGAIN_MS);
  if (!(await postponeAsking(db, accountId, messageId, next))) return 'gone';
  const carrier = await carriers.of(accountId);
  const found = await carrier.findMessage({ tag: messageId });
  const isOver = now.getTime() - message.handedAt.getTime() > GIVE_UP_AFTER_MS;
  if (!found && !isOver) return 'waiting';
  const outcome: Outcome = found
    ? outcomeOf(found, now)
    : { kind: 'FAILED', at: now, carrierMessageId: null, failure: 'UNCONFIRMED' };
  await db.transaction((tx) => moveMessage(tx, slice, message, [outcome]));
  return found ? 'settled' : 'given-up';
}

function outcomeOf(found: CarrierMessageState, at: Date): Outcome {
  const { carrierMessageId, state, code, segments } = found;
  if (state === 'FAILED') return { kind: 'FAILED', at, carrierMessageId, code, segments };
  const kind = state === 'DELIVERED' ? 'DELIVERED' : 'SENT';
  return { kind, at, carrierMessageId, segments };
}
