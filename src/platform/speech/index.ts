// Speech: recordings to text, the facts of an audio file (length, channels, waveform), and copies with parts of them muted.
// The embedded engine is Moonshine in a child process; other providers implement `TranscriptionProvider`.

export { readAudioInfo } from './audio.ts';
export { createMoonshine } from './moonshine.ts';
export { muteAudio, type Stretch } from './mute-audio.ts';
export { computePeaks } from './peaks.ts';
export { SpeechError } from './speech-error.ts';
export type {
  Transcription,
  TranscriptionProvider,
} from './transcription.ts';
