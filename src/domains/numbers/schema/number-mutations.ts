// Changing, replacing and giving back numbers.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { releasePhoneNumber } from '../release-number.ts';
import { replacePhoneNumber } from '../replace-number.ts';
import { updatePhoneNumber } from '../update-number.ts';
import { CallScreening } from './phone-number.ts';
import { TrackingNumber } from './refs.ts';
import { readNumberInput, TrackerNumberInput } from './tracker-settings.ts';

defineMutation('updatePhoneNumber', {
  description:
    'Changes how a number in service is set at the carrier, or when it is given back. The carrier is told at once and looked after each day: what is set otherwise there is set back.',
  input: (t) => ({
    phoneNumberId: t.id({ required: true, description: 'Which number.' }),
    callerNameLookup: t.boolean({
      description: 'Whether the carrier looks up callers’ names, which it charges for.',
    }),
    callScreening: t.field({
      type: CallScreening,
      description: 'What the carrier does with calls that it takes for fraud; it charges for it.',
    }),
    releaseAt: t.field({
      type: 'DateTime',
      description:
        'A moment to come at which it is given back, of a pool in service at least a day away; null = it stays.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updatePhoneNumber(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Parameters<typeof updatePhoneNumber>[2]),
      phoneNumberId: readId(input.phoneNumberId, 'TrackingNumber', 'phoneNumberId'),
    }),
  payload: (t) => ({
    phoneNumber: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The number as it is now.',
      resolve: (number) => number,
    }),
  }),
});

defineMutation('replacePhoneNumber', {
  description:
    'Orders a number that takes another one’s place on its tracker. Once it is in service the old one goes on for the days of grace and is then given back; calls by either belong to the tracker.',
  input: (t) => ({
    phoneNumberId: t.id({
      required: true,
      description: 'Which number: one in service, or one that could not be had.',
    }),
    number: t.field({
      type: TrackerNumberInput,
      description:
        'The new number; left out: the first on offer of the same area code, or toll-free for toll-free.',
    }),
    graceDays: t.int({
      description:
        'How many days the old one goes on: 0 to 365, in a pool at least 1; left out: 30.',
    }),
    ...expectedVersion(t),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    replacePhoneNumber(platform, viewer, {
      ...input,
      phoneNumberId: readId(input.phoneNumberId, 'TrackingNumber', 'phoneNumberId'),
      number: input.number ? readNumberInput(input.number, ['number']) : null,
    }),
  payload: (t) => ({
    phoneNumber: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The new number, in service once its status is ACTIVE.',
      resolve: (number) => number,
    }),
  }),
});

defineMutation('releasePhoneNumber', {
  description:
    'Gives a number back to the carrier; its calls are declined from now on. Refused for the only number of a tracker in service, which is replaced first, and for one of a pool in service, which is taken out with `removePoolNumber`; unless the tracker is disabled.',
  input: (t) => ({
    phoneNumberId: t.id({ required: true, description: 'Which number.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    releasePhoneNumber(platform, viewer, {
      ...input,
      phoneNumberId: readId(input.phoneNumberId, 'TrackingNumber', 'phoneNumberId'),
    }),
  payload: (t) => ({
    phoneNumber: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The number, RELEASED once the carrier has it.',
      resolve: (number) => number,
    }),
  }),
});
