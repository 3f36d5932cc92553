// Changing a tracker, and taking it out of service.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { readDestination, refuseMetered, refuseTrunking } from './destination.ts';
import { NUMBERS_SUBJECT } from './events.ts';
import { seeTracker } from './see-tracker.ts';
import { provideSource, type TrackerRow, type TrackerSettings, writeTracker } from './store.ts';
import { mergeSettings, refuseOtherType, trackerPatchShape } from './tracker-input.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const target = z.object({ trackerId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = trackerPatchShape.extend(target.shape);

/** Absent = unchanged, null = cleared; see tracker-input.ts for limits. */
export type TrackerPatch = z.input<typeof patchShape>;

/**
 * Changes a tracker; calls that are already ringing keep the settings that they began with.
 * @returns the tracker as it stands; unchanged, with the same version, when the patch changes nothing. Throws Forbidden;
 *   Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, TRUNKING_PROHIBITED, EMERGENCY_CALL, RECORDING_NOTICE_REQUIRED.
 */
export async function updateTracker(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: TrackerPatch,
): Promise<TrackerRow> {
  authorize(viewer, 'trackers.update');
  const { trackerId, expectedVersion, source, ...patch } = parseInput(patchShape, request);
  const { accountId } = viewer;
  if (patch.destination !== undefined) patch.destination = readDestination(patch.destination);
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const tracker = await seeTracker(tx, viewer, trackerId, expectedVersion);
    refuseOtherType(tracker.type, patch);
    const settings = mergeSettings(pickSettings(tracker), patch);
    if (settings.destination !== tracker.destination) {
      await refuseMetered(tx, accountId, settings.destination);
      await refuseTrunking(tx, accountId, { destination: settings.destination, numbers: [] });
    }
    const sourceId = source
      ? await provideSource(tx, accountId, {
          companyId: tracker.companyId,
          name: source.name,
          medium: source.medium ?? '',
          campaign: source.campaign ?? '',
        })
      : tracker.sourceId;
    const before = { ...pickSettings(tracker), sourceId: tracker.sourceId };
    const after = { ...settings, sourceId };
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (field) => !isDeepStrictEqual(after[field], before[field]),
    );
    if (changed.length === 0) return tracker;
    const version = await writeTracker(tx, accountId, trackerId, after);
    const only = (fields: typeof after) =>
      Object.fromEntries(changed.map((field) => [field, fields[field]]));
    await audit(tx, viewer, clock, {
      action: 'updateTracker',
      subject: `tracker:${trackerId}`,
      before: only(before),
      after: only(after),
    });
    return { ...tracker, ...after, version };
  });
}

/**
 * Takes a tracker out of service: its numbers stay, callers are told politely, nothing is forwarded or recorded.
 * A tracker that is disabled already stays as it is.
 * @returns the tracker. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT.
 */
export async function disableTracker(
  { db, events, clock }: Needs,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<TrackerRow> {
  authorize(viewer, 'trackers.disable');
  const { trackerId, expectedVersion } = parseInput(target, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [NUMBERS_SUBJECT]);
    const tracker = await seeTracker(tx, viewer, trackerId, expectedVersion);
    if (tracker.status === 'DISABLED') return tracker;
    const disabledAt = clock.now(accountId);
    const version = await writeTracker(tx, accountId, trackerId, {
      status: 'DISABLED',
      disabledAt,
    });
    await audit(tx, viewer, clock, {
      action: 'disableTracker',
      subject: `tracker:${trackerId}`,
      before: { status: 'ACTIVE' },
      after: { status: 'DISABLED' },
    });
    return { ...tracker, status: 'DISABLED', disabledAt, version };
  });
}

function pickSettings(tracker: TrackerRow): TrackerSettings {
  const { name, destination, ringSeconds, whisper, greeting } = tracker;
  const { recording, transcription, voicemail, voicemailGreeting } = tracker;
  const { swapTargets, match, poolMatch, overflow } = tracker;
  return {
    name,
    destination,
    ringSeconds,
    whisper,
    greeting,
    recording,
    transcription,
    voicemail,
    voicemailGreeting,
    swapTargets,
    match,
    poolMatch,
    overflow,
  };
}
