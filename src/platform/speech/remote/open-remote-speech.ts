// The transcription provider that the settings name. Nothing is reached before the first recording.
import type { Config } from '#platform/config/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import { SpeechError } from '../speech-error.ts';
import type { TranscriptionProvider } from '../transcription.ts';
import { hearByDeepgram } from './deepgram.ts';
import { detectsLanguage, nameProvider } from './name-provider.ts';
import { hearByOpenAi, type RemoteWay } from './openai.ts';

type RemoteConfig = Parameters<typeof nameProvider>[0] &
  Pick<Config, 'SPEECH_PROVIDER_KEY' | 'SPEECH_PROVIDER_TIMEOUT'>;

/**
 * Opens it; null when the embedded engine is the only one. Its `transcribe` rejects with a `SpeechError`; `stop` cancels all
 * jobs, for good.
 * @param limits for tests
 */
export function openRemoteSpeech(
  config: RemoteConfig,
  outbound: Outbound,
  limits: Pick<RemoteWay, 'mostAnswerBytes' | 'mostSeconds'> = {},
): TranscriptionProvider | null {
  const named = nameProvider(config);
  if (!named) return null;
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  const way: RemoteWay = {
    ...named,
    ...limits,
    outbound,
    key: config.SPEECH_PROVIDER_KEY,
    seconds: config.SPEECH_PROVIDER_TIMEOUT,
  };
  const hear = named.provider === 'deepgram' ? hearByDeepgram : hearByOpenAi;
  return {
    id: named.provider,
    model: named.model,
    host: new URL(named.url).host,
    detectsLanguage: detectsLanguage(named),
    async transcribe(file, { language, vocabulary = [], signal: given, onProgress, parts }) {
      const signal = AbortSignal.any([stopping.signal, ...(given ? [given] : [])]);
      if (signal.aborted) {
        throw new SpeechError('ABORTED', 'The transcription was cancelled.');
      }
      let told = 0;
      const job = hear(way, {
        ...{ file, language, vocabulary, signal, parts },
        // in steps of a hundredth, however many pieces the sound is sent in
        onProgress(fraction) {
          const hundredth = Math.floor(fraction * 100) / 100;
          if (hundredth <= told) return;
          told = hundredth;
          onProgress?.(hundredth);
        },
      });
      running.add(job);
      try {
        return await job;
      } finally {
        running.delete(job);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}
