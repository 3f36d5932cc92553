// Making, changing and disabling trackers.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { createTracker } from '../create-tracker.ts';
import { disableTracker, updateTracker } from '../update-tracker.ts';
import { Tracker } from './refs.ts';

const SourceInput = builder.inputType('SourceInput', {
  description: 'Where callers come from. Trackers with the same three words share one source.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, 1 to 200 characters: Google Ads.' }),
    medium: t.string({ description: 'The medium, up to 200 characters: cpc.' }),
    campaign: t.string({ description: 'The campaign, up to 200 characters.' }),
  }),
});

export const TrackerNumberInput = builder.inputType('TrackerNumberInput', {
  description: 'Which number a tracker gets.',
  fields: (t) => ({
    phoneNumber: t.string({
      required: true,
      description: 'One of `availablePhoneNumbers`, or of the reservation.',
    }),
    reservationId: t.id({
      description: 'The reservation that holds it; needed when one does.',
    }),
  }),
});

/** The verbs' form of it. */
export function readNumberInput(number: typeof TrackerNumberInput.$inferInput) {
  const { phoneNumber, reservationId } = number;
  const field = ['number', 'reservationId'];
  return {
    phoneNumber,
    reservationId: reservationId ? readId(reservationId, 'NumberReservation', field) : null,
  };
}

type InputBuilder = Parameters<Parameters<typeof defineMutation>[1]['input']>[0];

const settings = (t: InputBuilder) => ({
  whisper: t.string({
    description:
      'Spoken to who answers; `[source]` stands for the source’s name. Up to 3,000 characters; null = none.',
  }),
  greeting: t.string({
    description:
      'Spoken to the caller first. Up to 3,000 characters, together with the notice that follows it when calls are recorded; null = none, or only the notice.',
  }),
  ringSeconds: t.int({ description: 'How long the business is rung: 5 to 120; 25 at first.' }),
  recording: t.boolean({
    description: 'Records calls, after a notice to the caller; off at first.',
  }),
  transcription: t.boolean({
    description: 'Transcribes recordings and messages; needs recording or voicemail; off at first.',
  }),
  voicemail: t.boolean({ description: 'Takes messages when nobody answers; on at first.' }),
  voicemailGreeting: t.string({
    description: 'Spoken before the message. Up to 3,000 characters; null = a standard text.',
  }),
});

const DESTINATION =
  'The telephone of the business, in any usual spelling; no emergency number and no tracking number.';

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
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createTracker(platform, viewer, {
      ...withoutNulls(input),
      companyId: readId(input.companyId, 'Company', 'companyId'),
      number: readNumberInput(input.number),
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
    'Takes a tracker out of service. Its number stays; its callers hear that it is out of service.',
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

/** For a thing that is being made, null says the same as nothing: take the default. */
function withoutNulls<Input extends object>(
  input: Input,
): { [Field in keyof Input]: Exclude<Input[Field], null> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as never;
}
