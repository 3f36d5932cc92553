// Making, changing and disabling trackers.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { createTracker } from '../create-tracker.ts';
import { disableTracker, updateTracker } from '../update-tracker.ts';
import { Tracker } from './refs.ts';
import {
  DESTINATION,
  readNumberInput,
  SourceInput,
  sessionSettings,
  settings,
  sourceSettings,
  TrackerNumberInput,
  withoutNulls,
} from './tracker-settings.ts';

defineMutation('createTracker', {
  description:
    'Makes a source tracker and orders its number, which is in service once its status is ACTIVE.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'The company whose calls it tracks.' }),
    name: t.string({ required: true, description: 'Its name, 1 to 200 characters.' }),
    source: t.field({
      type: SourceInput,
      required: true,
      description: 'Where its callers come from.',
    }),
    destination: t.string({ required: true, description: DESTINATION }),
    number: t.field({ type: TrackerNumberInput, required: true, description: 'Its number.' }),
    ...settings(t),
    ...sourceSettings(t),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createTracker(platform, viewer, {
      ...withoutNulls(input),
      companyId: readId(input.companyId, 'Company', 'companyId'),
      number: readNumberInput(input.number, ['number']),
    }),
  payload: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The new tracker.',
      resolve: (tracker) => tracker,
    }),
  }),
});

defineMutation('updateTracker', {
  description: 'Changes a tracker; calls under way keep the settings that they began with.',
  input: (t) => ({
    trackerId: t.id({ required: true, description: 'Which tracker.' }),
    name: t.string({ description: 'A new name, 1 to 200 characters.' }),
    source: t.field({ type: SourceInput, description: 'Where its callers come from from now on.' }),
    destination: t.string({ description: DESTINATION }),
    ...settings(t),
    ...sourceSettings(t),
    ...sessionSettings(t),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateTracker(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Parameters<typeof updateTracker>[2]),
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker as it is now.',
      resolve: (tracker) => tracker,
    }),
  }),
});

defineMutation('disableTracker', {
  description:
    'Takes a tracker out of service. Its numbers stay; its callers hear that it is out of service.',
  input: (t) => ({
    trackerId: t.id({ required: true, description: 'Which tracker.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    disableTracker(platform, viewer, {
      ...input,
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker as it is now.',
      resolve: (tracker) => tracker,
    }),
  }),
});
