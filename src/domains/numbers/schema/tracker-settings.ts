// The input fields that the mutations of trackers share.
import { builder } from '#graphql/builder.ts';
import type { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { PoolMatchInput, PoolOverflowEnum, TrackerMatchInput } from './match.ts';

export const SourceInput = builder.inputType('SourceInput', {
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

/** The verbs' form of it; `field` is where it stands in the input. */
export function readNumberInput(
  { phoneNumber, reservationId }: typeof TrackerNumberInput.$inferInput,
  field: readonly string[],
) {
  const path = [...field, 'reservationId'];
  return {
    phoneNumber,
    reservationId: readId(reservationId, 'NumberReservation', path) ?? null,
  };
}

export type InputBuilder = Parameters<Parameters<typeof defineMutation>[1]['input']>[0];

export const DESTINATION =
  'The telephone of the business, in any usual spelling; no emergency number and no tracking number.';

/** What every tracker has. */
export const settings = (t: InputBuilder) => ({
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
  swapTargets: t.field({
    type: ['PhoneNumber'],
    description:
      'The numbers on the website’s pages in whose place its own is shown, up to 50; null or none = the destination.',
  }),
});

/** What a source tracker has besides. */
export const sourceSettings = (t: InputBuilder) => ({
  match: t.field({
    type: TrackerMatchInput,
    description: 'Which visitors of the website are shown its number; OFFLINE, none, at first.',
  }),
});

/** What a session tracker has besides. */
export const sessionSettings = (t: InputBuilder) => ({
  poolMatch: t.field({
    type: PoolMatchInput,
    description: 'Which visitors get a number of it; null = all that no source tracker fits.',
  }),
  overflow: t.field({
    type: PoolOverflowEnum,
    description: 'What a visitor sees when none of its numbers is free; ORIGINAL_NUMBER at first.',
  }),
});

/** For a thing that is being made, null says the same as nothing: take the default. */
export function withoutNulls<Input extends object>(
  input: Input,
): { [Field in keyof Input]: Exclude<Input[Field], null> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as never;
}
