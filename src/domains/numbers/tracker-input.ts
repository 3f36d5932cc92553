// What a caller may set on a tracker, field by field and all together.
import { z } from 'zod';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, policyRefused } from '#values/refusals.ts';
import { announcementOf, MAX_SPOKEN_CHARACTERS } from './announcement.ts';
import { matchShape, poolMatchShape } from './match-input.ts';
import type { TrackerSettings } from './store.ts';

const MAX_NAME_CHARACTERS = 200;
const MAX_SWAP_TARGETS = 50;
const RING_SECONDS = { min: 5, max: 120 };

const spoken = (field: string) =>
  z
    .string()
    .trim()
    .max(
      MAX_SPOKEN_CHARACTERS,
      `${field} takes at most ${MAX_SPOKEN_CHARACTERS} characters: the carrier speaks no more.`,
    )
    .nullish();

const word = (field: string) =>
  z
    .string()
    .trim()
    .max(MAX_NAME_CHARACTERS, `${field} takes at most ${MAX_NAME_CHARACTERS} characters.`);

const name = (field: string) => {
  const error = `${field} takes 1 to ${MAX_NAME_CHARACTERS} characters.`;
  return z.string({ error }).trim().min(1, error).max(MAX_NAME_CHARACTERS, error);
};

const switchOf = (field: string) =>
  z.boolean({ error: `${field} is true or false; leave it out to keep it as it is.` });

const ringError = `ringSeconds takes ${RING_SECONDS.min} to ${RING_SECONDS.max} whole seconds.`;

/** The numbers on the pages, each once, as E.164; null stands for the destination. */
const swapTargets = z
  .array(
    z.string().transform((text, context) => {
      const number = parsePhoneNumber(text);
      if (number) return number;
      context.addIssue({ code: 'custom', message: 'This is not a telephone number.' });
      return z.NEVER;
    }),
  )
  .max(MAX_SWAP_TARGETS, `swapTargets takes at most ${MAX_SWAP_TARGETS} numbers.`)
  .nullish()
  .transform((numbers) => (numbers === undefined ? undefined : [...new Set(numbers)]));

/** The ad, search or page that callers come from. */
export const sourceShape = z.object({
  name: name('source.name'),
  medium: word('source.medium').nullish(),
  campaign: word('source.campaign').nullish(),
});

/** The fields of every tracker that can be patched: absent = unchanged, null = cleared where it can be without. */
const commonPatchShape = z.object({
  name: name('name').optional(),
  source: sourceShape.optional(),
  destination: z.string({ error: 'destination takes a telephone number.' }).optional(),
  ringSeconds: z
    .int({ error: ringError })
    .min(RING_SECONDS.min, ringError)
    .max(RING_SECONDS.max, ringError)
    .optional(),
  whisper: spoken('whisper'),
  greeting: spoken('greeting'),
  recording: switchOf('recording').optional(),
  transcription: switchOf('transcription').optional(),
  voicemail: switchOf('voicemail').optional(),
  voicemailGreeting: spoken('voicemailGreeting'),
  swapTargets,
});

const matchError =
  'match tells when it is shown and cannot be null; the kind OFFLINE stands for never.';
const match = matchShape.nullish().transform((given, context) => {
  if (given === null) context.addIssue({ code: 'custom', message: matchError });
  return given ?? undefined;
});
const overflow = z.enum(['FIRST_NUMBER', 'ORIGINAL_NUMBER'], {
  error: 'overflow takes FIRST_NUMBER or ORIGINAL_NUMBER; leave it out to keep it as it is.',
});

/** What can be patched of a source tracker. */
export const sourceTrackerPatchShape = commonPatchShape.extend({ match });

/** What can be patched of a session tracker. */
export const sessionTrackerPatchShape = commonPatchShape.extend({
  poolMatch: poolMatchShape.nullish(),
  overflow: overflow.optional(),
});

/** What can be patched of either; `refuseOtherType` judges which. */
export const trackerPatchShape = sourceTrackerPatchShape.extend(sessionTrackerPatchShape.shape);

type TrackerPatch = Partial<Omit<z.output<typeof trackerPatchShape>, 'source'>>;

const NEW_TRACKER = {
  ringSeconds: 25,
  whisper: null,
  greeting: null,
  recording: false,
  transcription: false,
  voicemail: true,
  voicemailGreeting: null,
  swapTargets: [],
} as const satisfies Partial<TrackerSettings>;

/** A source tracker is shown on no page unless somebody says where: shown to all, it would claim them all for its source. */
export const NEW_SOURCE_TRACKER = {
  ...NEW_TRACKER,
  match: { kind: 'OFFLINE' },
  poolMatch: null,
  overflow: null,
} as const satisfies Partial<TrackerSettings>;

/** A pool without a free number changes nothing on the page: no call is credited to somebody else's visit. */
export const NEW_SESSION_TRACKER = {
  ...NEW_TRACKER,
  match: null,
  poolMatch: null,
  overflow: 'ORIGINAL_NUMBER',
} as const satisfies Partial<TrackerSettings>;

/**
 * Refuses what a tracker of this type has not.
 * @throws Refused INVALID_INPUT
 */
export function refuseOtherType(type: 'SOURCE' | 'SESSION', patch: TrackerPatch): void {
  if (type === 'SESSION' && patch.match !== undefined) {
    throw invalidInput('match', 'A session tracker chooses its visitors by poolMatch.');
  }
  for (const field of ['poolMatch', 'overflow'] as const) {
    if (type === 'SESSION' || patch[field] === undefined) continue;
    throw invalidInput(field, `A source tracker has no ${field}; when it is shown tells match.`);
  }
}

/**
 * Lays a patch over settings and judges the whole.
 * @param settings as they stand (for a new tracker: its defaults, name and destination)
 * @param patch parsed; `destination` is already E.164
 * @throws Refused RECORDING_NOTICE_REQUIRED when the greeting is made empty while calls are recorded; INVALID_INPUT
 */
export function mergeSettings(settings: TrackerSettings, patch: TrackerPatch): TrackerSettings {
  const given = Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as Partial<TrackerSettings>;
  const merged = { ...settings, ...given };
  if (merged.recording && given.greeting === '') {
    throw policyRefused(
      'RECORDING_NOTICE_REQUIRED',
      'Recorded calls are announced: the notice is spoken after the greeting, or alone when that is null. An empty greeting needs recording off.',
      { field: 'greeting' },
    );
  }
  if (merged.transcription && !merged.recording && !merged.voicemail) {
    throw invalidInput(
      'transcription',
      'There would be nothing to transcribe: turn recording or voicemail on as well.',
    );
  }
  const announced = announcementOf(merged)?.length ?? 0;
  if (announced > MAX_SPOKEN_CHARACTERS) {
    throw invalidInput(
      'greeting',
      `The greeting and the recording notice after it are ${announced} characters; at most ${MAX_SPOKEN_CHARACTERS} can be spoken.`,
    );
  }
  return {
    ...merged,
    whisper: merged.whisper || null,
    greeting: merged.greeting || null,
    voicemailGreeting: merged.voicemailGreeting || null,
  };
}
