// The model that the settings name, as insights use it: who reads, how much an account may use, and what that costs.
import type { Config } from '#platform/config/index.ts';
import { openLanguageModel } from './langchain.ts';
import type { ModelReader } from './port.ts';
import { createModelReader } from './read-with-model.ts';

/** A model that reads conversations for companies that agreed to it. */
export interface Assist {
  reader: ModelReader;
  /** tokens of an account in a calendar month */
  monthlyTokens: number;
  /** millionths of a US dollar for one token that it reads, and that it writes */
  priceIn: number;
  priceOut: number;
}

type AssistConfig = Parameters<typeof openLanguageModel>[0] &
  Pick<Config, 'AI_INPUT_TOKENS' | 'AI_MONTHLY_TOKENS' | 'AI_PRICE_IN' | 'AI_PRICE_OUT'>;

/** Opens it; null when the settings name no model. */
export function openAssist(config: AssistConfig): Assist | null {
  const model = openLanguageModel(config);
  return (
    model && {
      reader: createModelReader(model, { inputTokens: config.AI_INPUT_TOKENS }),
      monthlyTokens: config.AI_MONTHLY_TOKENS,
      priceIn: config.AI_PRICE_IN,
      priceOut: config.AI_PRICE_OUT,
    }
  );
}
