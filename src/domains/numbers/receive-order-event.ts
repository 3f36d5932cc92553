// The carrier's word that an order moved: looked up, never believed by itself, and written down.
import { readOrderReference } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { settleNumberOrder } from './settle-number-order.ts';

/** with their pauses about a quarter of an hour; the job that ordered the number asks for longer */
const MOST_ATTEMPTS = 12;

/**
 * Takes the order webhooks of one order that wait in the inbox.
 * @param session the carrier's order id
 * @throws when the carrier or the database cannot be asked; the events then wait on, and are kept as FAILED at last
 */
export async function receiveOrderEvent(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'carriers' | 'inbox'>,
  accountId: string,
  session: string,
): Promise<void> {
  const { db, inbox, clock } = platform;
  try {
    for (const row of await inbox.waiting(db.prisma, accountId, session)) {
      const phoneNumberId = readOrderReference(row.body);
      if (phoneNumberId) await settleNumberOrder(platform, { accountId, phoneNumberId });
      await inbox.settle(db.prisma, accountId, [row.id], phoneNumberId ? 'DONE' : 'IGNORED');
    }
  } catch (error) {
    const failure = { error, most: MOST_ATTEMPTS, now: clock.now(accountId) };
    await inbox.countFailure(accountId, session, failure);
    throw error;
  }
}
