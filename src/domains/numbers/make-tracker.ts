// The making of a tracker of either type: its source, its settings, and the order of its numbers.
import { answerById, audit, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { refuseMetered } from './destination.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { orderNumbersIn, type WantedNumber } from './order-number.ts';
import { refuseDisabledCompany } from './see-tracker.ts';
import {
  insertTracker,
  provideSource,
  readTracker,
  type TrackerRow,
  type TrackerSettings,
} from './store.ts';

/** A tracker whose fields are judged one by one. */
interface JudgedTracker {
  type: TrackerRow['type'];
  companyId: string;
  source: {
    name: string;
    medium?: string | null | undefined;
    campaign?: string | null | undefined;
  };
  settings: TrackerSettings;
  numbers: readonly WantedNumber[];
}

/**
 * Makes a tracker, once per idempotency key. The caller has authorised.
 * @param asked the verb, its idempotency key and its whole input
 * @throws Refused: what depends on other rows (see createTracker)
 */
export function makeTracker(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  asked: Parameters<typeof once>[2],
  { type, companyId, source, settings, numbers }: JudgedTracker,
): Promise<TrackerRow> {
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  return once(
    { db, clock },
    viewer,
    asked,
    async (tx) => {
      await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
      await refuseDisabledCompany(tx, accountId, companyId);
      await refuseMetered(tx, accountId, settings.destination);
      const id = newId();
      const createdAt = clock.now(accountId);
      const sourceId = await provideSource(tx, accountId, {
        companyId,
        name: source.name,
        medium: source.medium ?? '',
        campaign: source.campaign ?? '',
      });
      await insertTracker(tx, accountId, { id, type, companyId, sourceId, createdAt, ...settings });
      const phoneNumberIds = await orderNumbersIn(tx, platform, accountId, {
        companyId,
        trackerId: id,
        destination: settings.destination,
        numbers,
      });
      await audit(tx, viewer, clock, {
        action: asked.mutation,
        subject: `tracker:${id}`,
        after: { companyId, sourceId, phoneNumberIds, ...settings },
      });
      const tracker = await readTracker(tx, accountId, id);
      if (!tracker) throw new Error('A tracker that was just written cannot be read.');
      return tracker;
    },
    answerById('Tracker', (tx, id) => readTracker(tx, accountId, id)),
  );
}
