// A new source tracker: one number that stands for one source.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { readDestination } from './destination.ts';
import { makeTracker } from './make-tracker.ts';
import { readWantedNumber, wantedNumberShape } from './order-number.ts';
import type { TrackerRow } from './store.ts';
import {
  mergeSettings,
  NEW_SOURCE_TRACKER,
  sourceShape,
  sourceTrackerPatchShape,
} from './tracker-input.ts';

const shape = sourceTrackerPatchShape.extend({
  companyId: z.uuid(),
  name: sourceTrackerPatchShape.shape.name.unwrap(),
  source: sourceShape,
  destination: z.string(),
  number: wantedNumberShape,
  idempotencyKey: z.string().nullish(),
});

/** See tracker-input.ts for limits and defaults; `number.phoneNumber` is one of those that were on offer. */
export type NewTracker = z.input<typeof shape>;

/**
 * Makes a source tracker and orders its number: the number is ORDERING until the carrier has answered, then ACTIVE or
 * FAILED, each told by number.status_changed.
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
  const settings = mergeSettings(
    { ...NEW_SOURCE_TRACKER, name: input.name, destination },
    { ...patch, destination },
  );
  const asked = { mutation: 'createTracker', key: idempotencyKey, request: input };
  return makeTracker(platform, viewer, asked, {
    type: 'SOURCE',
    companyId,
    source,
    settings,
    numbers: [readWantedNumber(number, ['number'])],
  });
}
