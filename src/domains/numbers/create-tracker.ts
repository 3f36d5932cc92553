// A new source tracker: its source, its settings, and the order of its number.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { readDestination, refuseMetered } from './destination.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { orderNumberIn, readWantedNumber, wantedNumberShape } from './order-number.ts';
import { insertTracker, provideSource, readTracker, type TrackerRow } from './store.ts';
import { mergeSettings, NEW_TRACKER, sourceShape, trackerPatchShape } from './tracker-input.ts';

const shape = trackerPatchShape.extend({
  companyId: z.uuid(),
  name: trackerPatchShape.shape.name.unwrap(),
  source: sourceShape,
  destination: z.string(),
  number: wantedNumberShape,
  idempotencyKey: z.string().nullish(),
});

/** See tracker-input.ts for limits and defaults; `number.phoneNumber` is one of those that were on offer. */
export type NewTracker = z.input<typeof shape>;

/**
 * Makes a tracker and orders its number: the number is ORDERING until the carrier has answered, then ACTIVE or FAILED,
 * each told by number.status_changed.
 * @returns the tracker. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (company), WRONG_STATE (company disabled),
 *   NUMBER_UNAVAILABLE, RESERVATION_EXPIRED, TRUNKING_PROHIBITED, EMERGENCY_CALL, RECORDING_NOTICE_REQUIRED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function createTracker(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: NewTracker,
): Promise<TrackerRow> {
  authorize(viewer, 'trackers.create');
  const input = parseInput(shape, request);
  const { companyId, source, number, idempotencyKey, ...patch } = input;
  authorize(viewer, 'trackers.create', companyId);
  authorize(viewer, 'numbers.order', companyId);
  const destination = readDestination(input.destination);
  const wanted = readWantedNumber(number.phoneNumber);
  const settings = mergeSettings(
    { ...NEW_TRACKER, name: input.name, destination },
    { ...patch, destination },
  );
  const { db, events, clock } = platform;
  const { accountId } = viewer;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createTracker', key: idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
      const company = await tx.company.findUnique({
        where: { accountId_id: { accountId, id: companyId } },
        select: { status: true },
      });
      if (!company) throw notFound('companyId', 'Company');
      if (company.status !== 'ACTIVE') {
        throw policyRefused('WRONG_STATE', 'This company is disabled. Enable it first.', {
          field: 'companyId',
        });
      }
      await refuseMetered(tx, accountId, destination);
      const at = clock.now(accountId);
      const id = newId();
      const sourceId = await provideSource(tx, accountId, {
        companyId,
        name: source.name,
        medium: source.medium ?? '',
        campaign: source.campaign ?? '',
      });
      await insertTracker(tx, accountId, { id, companyId, sourceId, createdAt: at, ...settings });
      const phoneNumberId = await orderNumberIn(tx, platform, accountId, {
        companyId,
        trackerId: id,
        destination,
        number: wanted,
        reservationId: number.reservationId ?? null,
      });
      await audit(tx, viewer, clock, {
        action: 'createTracker',
        subject: `tracker:${id}`,
        after: { companyId, sourceId, phoneNumberId, ...settings },
      });
      const tracker = await readTracker(tx, accountId, id);
      if (!tracker) throw new Error('A tracker that was just written cannot be read.');
      return tracker;
    },
    answerById('Tracker', (tx, id) => readTracker(tx, accountId, id)),
  );
}
