// What a caller may set on a tracker, field by field and all together.
import { z } from 'zod';
import { invalidInput, policyRefused } from '#values/refusals.ts';
import { announcementOf, MAX_SPOKEN_CHARACTERS } from './announcement.ts';
import type { TrackerSettings } from './store.ts';

const MAX_NAME_CHARACTERS = 200;
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

/** The ad, search or page that callers come from. */
export const sourceShape = z.object({
  name: name('source.name'),
  medium: word('source.medium').nullish(),
  campaign: word('source.campaign').nullish(),
});

/** The fields that can be patched: absent = unchanged, null = cleared where a tracker can be without. */
export const trackerPatchShape = z.object({
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
});

export const NEW_TRACKER = {
  ringSeconds: 25,
  whisper: null,
  greeting: null,
  recording: false,
  transcription: false,
  voicemail: true,
  voicemailGreeting: null,
} as const satisfies Partial<TrackerSettings>;

/**
 * Lays a patch over settings and judges the whole.
 * @param settings as they stand (for a new tracker: its defaults, name and destination)
 * @param patch parsed; `destination` is already E.164
 * @throws Refused RECORDING_NOTICE_REQUIRED when the greeting is made empty while calls are recorded; INVALID_INPUT
 */
export function mergeSettings(
  settings: TrackerSettings,
  patch: Omit<z.output<typeof trackerPatchShape>, 'source'>,
): TrackerSettings {
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
