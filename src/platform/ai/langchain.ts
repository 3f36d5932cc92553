// A language model over LangChain: OpenAI, Anthropic, Ollama, or any server that speaks OpenAI's chat completions. One
// request, one answer in a form that zod has judged. Loaded when the first request is made: it takes a second and 30 MB.
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { z } from 'zod';
import { type Config, quietLibraries } from '#platform/config/index.ts';
import { fetchFromOllama } from './fetch-from-ollama.ts';
import { fetchFromOpenAi } from './fetch-from-openai.ts';
import { type NamedModel, nameModel } from './name-model.ts';
import { InsightError, ModelAway } from './port.ts';
import { boundResponse } from './read-bounded.ts';

/** What a model answered: null when it was in no form that fits; and what it cost, 0 when nobody said. */
export interface ModelAnswer<T> {
  answer: T | null;
  tokensIn: number;
  tokensOut: number;
}

/** What is asked of a model. */
interface ModelQuestion<T, A> {
  name: string;
  /** the form of the answer, as it is told */
  shape: z.ZodType<T>;
  /** what is taken of an answer, null = it is none; absent = all of it, where it is in that form */
  accept?: (answer: unknown) => A | null;
  /** what is to be done, which only this program writes */
  rules: string;
  /** what it is to be done with */
  data: string;
  signal?: AbortSignal | undefined;
}

export interface LanguageModel {
  provider: string;
  model: string;
  /**
   * Asks once; nothing is tried again here, the job does that.
   * @throws ModelAway when it is busy, away or too slow; InsightError MODEL_REFUSED when it wants no such request
   */
  ask<T, A = T>(request: ModelQuestion<T, A>): Promise<ModelAnswer<A>>;
}

type ModelConfig = Pick<
  Config,
  'AI_MODEL' | 'AI_BASE_URL' | 'AI_API_KEY' | 'AI_STRUCTURED' | 'AI_TIMEOUT' | 'AI_INPUT_TOKENS'
>;

const METHODS = { schema: 'jsonSchema', tool: 'functionCalling', json: 'jsonMode' } as const;
/** Longer answers are cut off. */
export const MOST_ANSWER_TOKENS = 4_000;
/** What stands beside a talk in a request, at most: the rules, the criteria of coaching and the form. */
const ROOM_FOR_RULES = 4_000;

/** Opens the model that the settings name; null when they name none. Nothing is loaded or reached yet. */
export function openLanguageModel(config: ModelConfig): LanguageModel | null {
  const { AI_STRUCTURED, AI_TIMEOUT } = config;
  const named = nameModel(config);
  if (!named) return null;
  const { provider, model } = named;
  return {
    provider,
    model,
    async ask<T, A>({ name: title, shape, accept, rules, data, signal }: ModelQuestion<T, A>) {
      const open = await load();
      const timeout = AbortSignal.timeout(AI_TIMEOUT * 1_000);
      const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
      let told = { tokensIn: 0, tokensOut: 0 };
      const chat = await open(named, config, until, (usage) => {
        told = usage;
      });
      const method = methodFor(provider, AI_STRUCTURED);
      // told as a plain schema and judged here: given zod's, an answer in several blocks is read as none
      const asks = chat.withStructuredOutput<Record<string, unknown>>(plainForm(shape), {
        ...{ name: title, method, includeRaw: true },
        ...(provider === 'openai' && method === 'jsonSchema' && { strict: true }),
      });
      // a server that knows only "json" learns the form from the words
      const form =
        AI_STRUCTURED === 'json' ? `\n\nAnswer as JSON in this form:\n${formOf(shape)}` : '';
      const messages: [string, string][] = [
        ['system', rules + form],
        ['human', data],
      ];
      try {
        const { raw, parsed } = await asks.invoke(messages, { signal: until });
        const usage = (raw as { usage_metadata?: { input_tokens: number; output_tokens: number } })
          .usage_metadata;
        return {
          answer: accept ? accept(parsed) : ((shape.safeParse(parsed).data ?? null) as A | null),
          tokensIn: usage?.input_tokens ?? 0,
          tokensOut: usage?.output_tokens ?? 0,
        };
      } catch (error) {
        signal?.throwIfAborted();
        if (isNoForm(error)) return { answer: null, ...told };
        if (timeout.aborted) {
          throw new ModelAway(`The model took longer than ${AI_TIMEOUT} s.`, { isFree: false });
        }
        throw judgeFailure(error);
      }
    },
  };
}

/** A form as a model is told it. */
export const formOf = (shape: z.ZodType): string => JSON.stringify(z.toJSONSchema(shape));

/** A form as a library takes it. */
function plainForm(shape: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...form } = z.toJSONSchema(shape);
  return form;
}

/** Anthropic's API knows no bare JSON; its library would take the schema too, and print a warning each time. */
function methodFor(provider: string, structured: Config['AI_STRUCTURED']) {
  return METHODS[provider === 'anthropic' && structured === 'json' ? 'schema' : structured];
}

async function load() {
  quietLibraries();
  const { initChatModel } = await import('langchain/chat_models/universal');
  return async (
    { provider, model, url }: NamedModel,
    config: ModelConfig,
    until: AbortSignal,
    onUsage: Parameters<typeof fetchFromOpenAi>[0],
  ): Promise<BaseChatModel> => {
    const { AI_API_KEY: apiKey = 'none', AI_TIMEOUT } = config;
    // new models of OpenAI and Anthropic refuse a temperature; own servers guess without one
    const isOwn = provider === 'ollama' || (provider === 'openai' && config.AI_BASE_URL);
    const chat = await initChatModel(model, {
      modelProvider: provider,
      maxRetries: 0,
      timeout: AI_TIMEOUT * 1_000,
      ...(isOwn && { temperature: 0 }),
      // always with the address: without one they look for it in the environment, as Anthropic's does for a token
      ...(provider === 'openai' && {
        ...{ apiKey, maxTokens: MOST_ANSWER_TOKENS, useResponsesApi: false },
        configuration: { baseURL: url, fetch: fetchFromOpenAi(onUsage) },
      }),
      ...(provider === 'anthropic' && {
        ...{ apiKey, maxTokens: MOST_ANSWER_TOKENS },
        ...{ anthropicApiUrl: url, clientOptions: { authToken: null, fetch: fetchBounded } },
      }),
      ...(provider === 'ollama' && {
        ...{ baseUrl: url, numPredict: MOST_ANSWER_TOKENS, fetch: fetchFromOllama(until) },
        // what does not fit into its window it leaves out without a word, from the talk's begin on
        numCtx: config.AI_INPUT_TOKENS + ROOM_FOR_RULES + MOST_ANSWER_TOKENS,
        ...(config.AI_API_KEY && { headers: { authorization: `Bearer ${apiKey}` } }),
      }),
    });
    return chat as unknown as BaseChatModel;
  };
}

const fetchBounded: typeof fetch = async (target, options) =>
  boundResponse(await fetch(target, options));

/** Whether a library threw over an answer that is no JSON, or over one that was cut off. */
const isNoForm = (error: unknown) =>
  error instanceof SyntaxError || /FinishReasonError$/.test((error as Error).constructor.name);

/** What a failed request means. The library's own words may repeat what was sent, so they go no further. */
function judgeFailure(error: unknown): Error {
  const { status } = error as { status?: number };
  if (status !== undefined && status >= 400 && status < 500 && ![408, 409, 429].includes(status)) {
    return new InsightError('MODEL_REFUSED', `The model’s server refused with ${status}.`);
  }
  return status === undefined
    ? new ModelAway('The model is not reached.', { isFree: isUnreached(error) })
    : new ModelAway(`The model answers ${status}.`, { isFree: true });
}

/** Whether no connection came about, rather than that it was lost with an answer on its way. */
function isUnreached(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code = '' } = each as { code?: string };
    if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code)) return true;
  }
  return false;
}
