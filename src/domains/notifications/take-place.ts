// How many mails an address gets: so many an hour, one of which may be the digest of all the others.
import { createHash } from 'node:crypto';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { sendPushJob } from './jobs.ts';
import { readPushSubscriptions } from './push/store.ts';
import { type AlertRow, isHeld, placesSince, readAlert, writeAlert } from './store-alerts.ts';

const HOUR_MS = 3_600_000;

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'config' | 'jobs'>;

/** How an address is told again without keeping it. */
export function hashAddress(address: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(address).digest());
}

/** The lock to take before the mails to an address are counted. */
export function addressSubject(addressHash: Uint8Array): string {
  return `alerts:${Buffer.from(addressHash).toString('hex')}`;
}

/**
 * Gives an alert its place among the mails of the hour, for good: tried again it has the same one. With the place, and so
 * once, the browsers of a user get their jobs.
 * @returns SEND; HELD when it waits for the digest; SETTLED when it was sent or dropped meanwhile
 */
export function takePlace(
  { db, events, clock, config, jobs }: Needs,
  { accountId, id }: { accountId: string; id: string },
  address: string,
): Promise<'SEND' | 'HELD' | 'SETTLED'> {
  const addressHash = hashAddress(address);
  const limit = config.ALERT_MAILS_PER_HOUR;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [addressSubject(addressHash)]);
    const alert = await readAlert(tx, accountId, id);
    if (alert?.state !== 'PENDING') return alert?.state === 'HELD' ? 'HELD' : 'SETTLED';
    if (alert.mailAt) return 'SEND';
    const now = clock.now(accountId);
    const places = await placesSince(
      tx,
      accountId,
      addressHash,
      new Date(now.getTime() - HOUR_MS),
      limit,
    );
    const [oldest] = places;
    const isWaiting = await isHeld(tx, accountId, addressHash);
    if (!isWaiting && (places.length < limit || !oldest)) {
      await writeAlert(tx, alert, { addressHash, mailAt: now });
      await notifyBrowsers(tx, jobs, alert);
      return 'SEND';
    }
    const dueAt = places.length < limit || !oldest ? now : new Date(oldest.getTime() + HOUR_MS);
    await writeAlert(tx, alert, { addressHash, state: 'HELD', dueAt });
    return 'HELD';
  });
}

async function notifyBrowsers(tx: Tx, jobs: Needs['jobs'], alert: AlertRow): Promise<void> {
  const { accountId, id: alertId, rule } = alert;
  if (rule.userId === null) return;
  const browsers = await readPushSubscriptions(tx, accountId, rule.userId);
  const payloads = browsers.map(({ id }) => ({ accountId, alertId, pushSubscriptionId: id }));
  if (payloads.length > 0) await jobs.enqueueAll(tx, sendPushJob, payloads);
}
