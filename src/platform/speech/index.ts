// Speech: recordings to text, and the facts of an audio file (length, channels, waveform).
// The embedded engine is Moonshine in a child process; other providers implement `TranscriptionProvider`.

export { readAudioInfo } from './audio.ts';
export { createMoonshine } from './moonshine.ts';
export { computePeaks } from './peaks.ts';
export { SpeechError } from './speech-error.ts';
export type {
  Transcription,
  TranscriptionProvider,
} from './transcription.ts';
