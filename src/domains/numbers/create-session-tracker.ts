// A new session tracker: a pool of numbers, of which each visitor's session is shown one of its own.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { readDestination } from './destination.ts';
import { makeTracker } from './make-tracker.ts';
import { poolNumbersShape, readPoolNumbers } from './pool-numbers.ts';
import type { TrackerRow } from './store.ts';
import { mergeSettings, NEW_SESSION_TRACKER, sessionTrackerPatchShape } from './tracker-input.ts';

const shape = sessionTrackerPatchShape.extend({
  companyId: z.uuid(),
  name: sessionTrackerPatchShape.shape.name.unwrap(),
  destination: z.string(),
  numbers: poolNumbersShape,
  idempotencyKey: z.string().nullish(),
});

/** See tracker-input.ts for limits and defaults; without `source` the pool's own source has the tracker's name. */
export type NewSessionTracker = z.input<typeof shape>;

/**
 * Makes a session tracker and orders its numbers, which come into service one by one, each told by
 * number.status_changed.
 * @returns the tracker. Throws what createTracker throws; a bad number is named by its place in `numbers`.
 */
export async function createSessionTracker(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: NewSessionTracker,
): Promise<TrackerRow> {
  authorize(viewer, 'trackers.create');
  const input = parseInput(shape, request);
  const { companyId, source, numbers, idempotencyKey, ...patch } = input;
  authorize(viewer, 'trackers.create', companyId);
  authorize(viewer, 'numbers.order', companyId);
  const destination = readDestination(input.destination);
  const settings = mergeSettings(
    { ...NEW_SESSION_TRACKER, name: input.name, destination },
    { ...patch, destination },
  );
  const asked = { mutation: 'createSessionTracker', key: idempotencyKey, request: input };
  return makeTracker(platform, viewer, asked, {
    type: 'SESSION',
    companyId,
    source: source ?? { name: input.name },
    settings,
    numbers: readPoolNumbers(numbers),
  });
}
