// Session trackers: making one, and the numbers of its pool.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { addPoolNumbers } from '../add-pool-numbers.ts';
import { createSessionTracker } from '../create-session-tracker.ts';
import { removePoolNumber } from '../remove-pool-number.ts';
import { Tracker, TrackingNumber } from './refs.ts';
import {
  DESTINATION,
  type InputBuilder,
  readNumberInput,
  SourceInput,
  sessionSettings,
  settings,
  TrackerNumberInput,
  withoutNulls,
} from './tracker-settings.ts';

const numbers = (t: InputBuilder) => ({
  numbers: t.field({
    type: [TrackerNumberInput],
    required: true,
    description: '1 to 300 numbers, each once; from several reservations when need be.',
  }),
});

const readNumbers = (given: readonly (typeof TrackerNumberInput.$inferInput)[]) =>
  given.map((number, n) => readNumberInput(number, ['numbers', String(n)]));

defineMutation('createSessionTracker', {
  description:
    'Makes a session tracker, a pool, and orders its numbers, each of which is shown to visitors once its status is ACTIVE. One that cannot be had is FAILED; the others are not held up by it.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'The company whose calls it tracks.' }),
    name: t.string({ required: true, description: 'Its name, 1 to 200 characters.' }),
    source: t.field({
      type: SourceInput,
      description:
        'What its calls count as while the visitor’s own source is not known; left out: a source of the tracker’s name.',
    }),
    destination: t.string({ required: true, description: DESTINATION }),
    ...numbers(t),
    ...settings(t),
    ...sessionSettings(t),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createSessionTracker(platform, viewer, {
      ...withoutNulls(input),
      companyId: readId(input.companyId, 'Company', 'companyId'),
      numbers: readNumbers(input.numbers),
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

defineMutation('addPoolNumbers', {
  description:
    'Orders more numbers for a session tracker. A pool grows at once and shrinks slowly: see `removePoolNumber`.',
  input: (t) => ({
    trackerId: t.id({ required: true, description: 'Which session tracker.' }),
    ...numbers(t),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    addPoolNumbers(platform, viewer, {
      ...input,
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
      numbers: readNumbers(input.numbers),
    }),
  payload: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker; the new numbers are the last of its `phoneNumbers`.',
      resolve: (tracker) => tracker,
    }),
  }),
});

defineMutation('removePoolNumber', {
  description:
    'Takes a number out of its pool: no visitor is shown it from now on. Those who see it can still call: it goes on for the days of grace and is then given back. Refused for the last one of a pool.',
  input: (t) => ({
    phoneNumberId: t.id({ required: true, description: 'Which number, in service.' }),
    graceDays: t.int({ description: 'How many days it goes on: 1 to 365; left out: 30.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    removePoolNumber(platform, viewer, {
      ...input,
      phoneNumberId: readId(input.phoneNumberId, 'TrackingNumber', 'phoneNumberId'),
    }),
  payload: (t) => ({
    phoneNumber: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The number; `releaseAt` tells how long it goes on.',
      resolve: (number) => number,
    }),
  }),
});
