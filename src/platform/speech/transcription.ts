// The words of the speech port: what a transcription is, who can make one, and how it may fail.

/** One word with its place in the recording, in milliseconds from the first sample. */
export interface TimedWord {
  text: string;
  startMs: number;
  endMs: number;
}

/**
 * One stretch of speech on one channel. `uncertain` means that the engine had to be helped or heard
 * nothing it could write down; text is then whatever it gave, or "[unclear]". Of a provider it means
 * that it told little confidence, or no times.
 */
export interface TranscribedSegment {
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
  uncertain: boolean;
  words: TimedWord[];
}

/** A whole recording as text. Segments are sorted by start. `wordTimes` says whether the engine measured the words' times or they were estimated. */
export interface Transcription {
  segments: TranscribedSegment[];
  engine: string;
  model: string;
  /** the BCP 47 tag of what the engine heard spoken; null when it does not tell languages apart, or told none */
  language: string | null;
  wordTimes: 'native' | 'estimated';
  audioSeconds: number;
  channels: number;
}

/** What came back of the parts of a recording, kept from one try of a job to the next. */
export interface HeardParts {
  /** null where it was not kept */
  read(part: string): Promise<string | null>;
  keep(part: string, heard: string): Promise<void>;
}

/**
 * `language` is a BCP 47 tag ("en", "en-US") that somebody has declared: the engine takes their word for it.
 * `onProgress` receives 0 to 1, rising. What `parts` has kept is not sent again.
 *
 * `vocabulary`: what is likely to be said, at most 100 words or phrases of 1 to 4 words, letters only, those that matter
 * most first. An engine leans towards them where the sound leaves it open, in its own way: in its search for the likeliest
 * words, or as the hints that a provider's API takes. It may take the first of them only, or none, and fails over none.
 */
export interface TranscribeOptions {
  language?: string | undefined;
  vocabulary?: readonly string[] | undefined;
  signal?: AbortSignal;
  onProgress?(fraction: number): void;
  parts?: HeardParts;
}

/** Something that turns a recording on disk into text. Every failure is a `SpeechError`. */
export interface TranscriptionProvider {
  id: string;
  model: string;
  /** the host that recordings are sent to; null when they do not leave this server */
  host: string | null;
  /** whether it hears which language is spoken */
  detectsLanguage: boolean;
  transcribe(file: string, options: TranscribeOptions): Promise<Transcription>;
  stop(): Promise<void>;
}
