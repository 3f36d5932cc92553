// The one error of the speech port. Its message is a plain sentence that may be shown to the user.

export type SpeechErrorReason =
  | 'AUDIO_CORRUPT'
  | 'AUDIO_EMPTY'
  | 'AUDIO_UNSUPPORTED'
  | 'TIMEOUT'
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_CRASHED'
  | 'LANGUAGE_UNSUPPORTED'
  | 'ABORTED'
  // of a provider that recordings are sent to
  | 'AUDIO_TOO_LARGE'
  | 'PROVIDER_BUSY'
  | 'PROVIDER_FAILED'
  | 'PROVIDER_UNREACHABLE'
  | 'PROVIDER_UNAUTHORIZED'
  | 'PROVIDER_REFUSED'
  | 'PROVIDER_ANSWER_INVALID'
  | 'PROVIDER_ANSWER_TOO_LARGE';

/** A failed reading or transcription of audio. `reason` is for programs, `message` for people; neither holds personal data. */
export class SpeechError extends Error {
  readonly reason: SpeechErrorReason;

  constructor(reason: SpeechErrorReason, sentence: string) {
    super(sentence);
    this.name = 'SpeechError';
    this.reason = reason;
  }
}
