// Which transcription provider the settings name and where it is reached: what is told of it and where the sound goes are
// one and the same.
import type { Config } from '#platform/config/index.ts';
import { isEnglish } from '#values/is-english.ts';

/** What is told of a provider, and needed to reach it. */
export interface NamedProvider {
  provider: 'openai' | 'telnyx' | 'deepgram';
  model: string;
  /** the root of its API, without a slash at its end */
  url: string;
}

type ProviderConfig = Pick<
  Config,
  'SPEECH_PROVIDER' | 'SPEECH_PROVIDER_URL' | 'SPEECH_PROVIDER_MODEL'
>;

/** The first model of each tells the times of what was said; some others give one text without any. */
const KNOWN = {
  openai: { url: 'https://api.openai.com/v1', model: 'whisper-1' },
  telnyx: { url: 'https://api.telnyx.com/v2/ai', model: 'distil-whisper/distil-large-v2' },
  deepgram: { url: 'https://api.deepgram.com/v1', model: 'nova-3' },
} as const;

const PROVIDERS = ['openai', 'telnyx', 'deepgram'] as const;

/** The provider of these settings; null when the embedded engine is the only one. */
export function nameProvider({
  SPEECH_PROVIDER: provider,
  SPEECH_PROVIDER_URL: url,
  SPEECH_PROVIDER_MODEL: model,
}: ProviderConfig): NamedProvider | null {
  if (provider === 'embedded') return null;
  const known = KNOWN[provider];
  return { provider, model: model ?? known.model, url: (url ?? known.url).replace(/\/+$/, '') };
}

/** Whether a model hears which language is spoken, by what its makers document. */
export function detectsLanguage({ provider, model }: NamedProvider): boolean {
  return provider === 'deepgram' || (provider === 'openai' && !isTextOnly(model));
}

/** Whether a model knows English and nothing else. */
export function isEnglishOnly({
  provider,
  model,
}: Pick<NamedProvider, 'provider' | 'model'>): boolean {
  return (
    /(^|\/)distil-(whisper|large)/.test(model) || (provider === 'telnyx' && /nova/.test(model))
  );
}

/**
 * Whether words that were written down may be of another language than English though nobody has told which.
 * @param engine what wrote them: a provider, or anything inside this server, which knows English only
 */
export function mayWriteOthers(engine: string, model: string): boolean {
  const provider = PROVIDERS.find((one) => one === engine);
  return provider !== undefined && !isEnglishOnly({ provider, model });
}

/**
 * Whether what would write a recording down knows a language, as far as its makers say.
 * @param named null = the engine inside this server
 * @param language a BCP 47 tag; null = nobody said which
 */
export function knowsLanguage(named: NamedProvider | null, language: string | null): boolean {
  return language === null || isEnglish(language) || (named !== null && !isEnglishOnly(named));
}

/** Whether a model of OpenAI answers with a text and nothing else: the newer ones refuse to be asked for times. */
export function isTextOnly(model: string): boolean {
  return model.startsWith('gpt-');
}
