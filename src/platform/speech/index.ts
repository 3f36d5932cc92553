// Speech: recordings to text, the facts of an audio file (length, channels, waveform), and copies with parts of them muted.
// The embedded engine is Moonshine in a child process; remote/ holds the providers that recordings are sent to, each by the
// way that its makers document. All implement `TranscriptionProvider`.

export { readAudioInfo } from './audio.ts';
export { createMoonshine } from './moonshine.ts';
export { muteAudio, type Stretch } from './mute-audio.ts';
export { computePeaks } from './peaks.ts';
export {
  detectsLanguage,
  knowsLanguage,
  mayWriteOthers,
  nameProvider,
} from './remote/name-provider.ts';
export { openRemoteSpeech } from './remote/open-remote-speech.ts';
export { SpeechError } from './speech-error.ts';
export type {
  HeardParts,
  Transcription,
  TranscriptionProvider,
} from './transcription.ts';
export { estimateWordTimes } from './word-times.ts';
