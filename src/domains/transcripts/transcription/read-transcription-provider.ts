// Reads which transcription provider the settings name.
import type { Platform } from '#platform/platform.ts';
import { detectsLanguage, nameProvider } from '#platform/speech/index.ts';

/** The provider of these settings, without its key; null when they name none. */
export function readTranscriptionProvider(config: Platform['config']) {
  const named = nameProvider(config);
  if (!named) return null;
  const { provider: engine, model, url } = named;
  const region = config.SPEECH_PROVIDER_REGION ?? null;
  return {
    engine,
    model,
    host: new URL(url).host,
    region,
    detectsLanguage: detectsLanguage(named),
  };
}
