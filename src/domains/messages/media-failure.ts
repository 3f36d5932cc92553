// Why a file that came with a text, or was to go with one, is not kept.

export const MEDIA_FAILURES = {
  TOO_MANY: 'A message takes ten files.',
  TOO_LARGE: 'It is larger than may be.',
  TYPE_REFUSED: 'By its content it is no image, audio, video or contact card.',
  NOT_THERE: 'The link to it did not answer, or gave nothing.',
} as const;
export type MediaFailure = keyof typeof MEDIA_FAILURES;

/** One try brought nothing home. */
export class MediaUnfetched extends Error {
  readonly code: MediaFailure;

  constructor(code: MediaFailure, options?: ErrorOptions) {
    super(MEDIA_FAILURES[code], options);
    this.name = 'MediaUnfetched';
    this.code = code;
  }
}
