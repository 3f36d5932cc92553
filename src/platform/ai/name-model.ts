// Which model the settings name and where it is reached: what is told of it and where the words go are one and the same.
import type { Config } from '#platform/config/index.ts';

/** A model by its provider and name, and the address that words for it are sent to. */
export interface NamedModel {
  provider: string;
  model: string;
  url: string;
}

const URLS: Record<string, string> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
  ollama: 'http://127.0.0.1:11434',
};

/** The model of these settings; null when they name none. */
export function nameModel({
  AI_MODEL: name,
  AI_BASE_URL: url,
}: Pick<Config, 'AI_MODEL' | 'AI_BASE_URL'>): NamedModel | null {
  if (name === undefined) return null;
  const provider = name.slice(0, name.indexOf(':'));
  return { provider, model: name.slice(provider.length + 1), url: url ?? URLS[provider] ?? '' };
}
