// How servers of OpenAI's kind are reached. Its client throws over an answer that is cut off or no JSON, and with it away what
// that answer cost: so the count is read here, before it.
import { z } from 'zod';
import { boundResponse } from './read-bounded.ts';

const counted = z.object({
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }),
});

/**
 * A fetch for OpenAI's client.
 * @param onUsage told the tokens of an answer that tells them
 */
export function fetchFromOpenAi(
  onUsage: (usage: { tokensIn: number; tokensOut: number }) => void,
): typeof fetch {
  return async (target, options) => {
    const response = await boundResponse(await fetch(target, options));
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    const { data } = counted.safeParse(body);
    if (data) {
      onUsage({
        tokensIn: data.usage.prompt_tokens,
        tokensOut: data.usage.completion_tokens,
      });
    }
    return response;
  };
}
