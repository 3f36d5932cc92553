// The words of the speech port: what a transcription is, who can make one, and how it may fail.

/** One word with its place in the recording, in milliseconds from the first sample. */
export interface TimedWord {
  text: string;
  startMs: number;
  endMs: number;
}

/**
 * One stretch of speech on one channel. `uncertain` means that the engine had to be helped or heard
 * nothing it could write down; text is then whatever it gave, or "[unclear]".
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
  language: string;
  wordTimes: 'native' | 'estimated';
  audioSeconds: number;
  channels: number;
}

/** `language` is a BCP 47 tag ("en", "en-US"); `onProgress` receives 0 to 1, rising. */
export interface TranscribeOptions {
  language?: string;
  signal?: AbortSignal;
  onProgress?(fraction: number): void;
}

/** Something that turns a recording on disk into text. Every failure is a `SpeechError`. */
export interface TranscriptionProvider {
  id: string;
  transcribe(file: string, options: TranscribeOptions): Promise<Transcription>;
  stop(): Promise<void>;
}
