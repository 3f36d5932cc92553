// Speech: recordings to text, and the facts of an audio file (length, channels, waveform).
// The embedded engine is Moonshine in a child process; other providers implement `TranscriptionProvider`.

export { type AudioInfo, readAudioInfo } from './audio.ts';
export { createMoonshine, type MoonshineOptions, type MoonshineProvider } from './moonshine.ts';
export { computePeaks, type Peaks } from './peaks.ts';
export { SpeechError, type SpeechErrorReason } from './speech-error.ts';
export type {
  TimedWord,
  TranscribedSegment,
  TranscribeOptions,
  Transcription,
  TranscriptionProvider,
} from './transcription.ts';
