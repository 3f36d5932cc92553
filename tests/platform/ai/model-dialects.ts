// How three kinds of servers say the same: OpenAI's chat completions, Anthropic's messages, Ollama's chat. Written from what
// their documentation says, strict about what they demand.

/** A body as it came. */
export interface AskedBody {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  tools?: unknown[];
  response_format?: { type: string; json_schema?: { name: string; strict: boolean } };
  /** Anthropic's */
  system?: string;
  max_tokens?: number;
  tool_choice?: { type: string; name: string };
  output_config?: { format: { type: string; schema: Record<string, unknown> } };
  /** Ollama's */
  stream?: boolean;
  format?: unknown;
  options?: { num_ctx?: number; num_predict?: number; temperature?: number };
}

/** What is said: a thing as JSON, or text; why it ends there, when it is not done; a thought before it. */
export type Said = ({ json: unknown } | { text: string }) & {
  end?: 'cut' | 'refused';
  thought?: string;
};

export const USAGE = { prompt_tokens: 900, completion_tokens: 210, total_tokens: 1_110 };

/** One kind of server. */
export interface Dialect {
  type: string;
  /** the rules, and the talk; null when the request is none of its kind */
  read(body: AskedBody): { system: string; data: string } | null;
  /** the bodies of an answer's parts */
  say(said: Said, body: AskedBody): string[];
  refuse(status: number, words: string): string;
}

const textOf = (said: Said) => ('json' in said ? JSON.stringify(said.json) : said.text);

const openai: Dialect = {
  type: 'application/json',
  read: ({ messages }) => ({
    system: messages[0]?.content ?? '',
    data: messages[1]?.content ?? '',
  }),
  say(said, { model, tools }) {
    const text = textOf(said);
    const tool = { id: 'call_1', type: 'function', function: { name: 'reading', arguments: text } };
    const message =
      said.end === 'refused'
        ? { role: 'assistant', content: null, refusal: text }
        : tools
          ? { role: 'assistant', content: null, tool_calls: [tool] }
          : { role: 'assistant', content: text };
    const finish_reason = said.end === 'cut' ? 'length' : 'stop';
    return [
      JSON.stringify({
        ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model },
        ...{ choices: [{ index: 0, message, finish_reason }], usage: USAGE },
      }),
    ];
  },
  refuse: (_status, words) => JSON.stringify({ error: { message: words, type: 'error' } }),
};

const ANTHROPIC_ENDS = { cut: 'max_tokens', refused: 'refusal' };
const anthropic: Dialect = {
  type: 'application/json',
  read({ system, max_tokens, messages }) {
    const [first, ...more] = messages;
    const isKind = system && max_tokens && first?.role === 'user' && more.length === 0;
    return isKind ? { system, data: first.content } : null;
  },
  say(said, { model, tools }) {
    const { end, thought } = said;
    const isCall = tools && 'json' in said;
    const call = { type: 'tool_use', id: 'toolu_1', name: 'reading' };
    const text = textOf(said);
    const content = [
      ...(thought ? [{ type: 'thinking', thinking: thought, signature: 'c2lnbmVk' }] : []),
      ...(isCall ? [{ ...call, input: said.json }] : []),
      ...(!isCall && text ? [{ type: 'text', text }] : []),
    ];
    return [
      JSON.stringify({
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model, content },
        stop_reason: end ? ANTHROPIC_ENDS[end] : isCall ? 'tool_use' : 'end_turn',
        stop_sequence: null,
        // what was read from a cache is told apart
        usage: {
          ...{ input_tokens: 600, output_tokens: 210 },
          ...{ cache_creation_input_tokens: 0, cache_read_input_tokens: 300 },
        },
      }),
    ];
  },
  refuse(status, message) {
    const type = { 429: 'rate_limit_error', 529: 'overloaded_error' }[status] ?? 'api_error';
    return JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' });
  },
};

const ollama: Dialect = {
  type: 'application/x-ndjson',
  read: ({ messages, stream }) =>
    stream ? { system: messages[0]?.content ?? '', data: messages[1]?.content ?? '' } : null,
  say(said, { model, tools }) {
    const head = { model, created_at: '2026-11-27T06:00:00Z' };
    const line = (message: object, more: object = { done: false }) =>
      `${JSON.stringify({ ...head, message: { role: 'assistant', content: '', ...message }, ...more })}\n`;
    const done = { done: true, done_reason: said.end === 'cut' ? 'length' : 'stop' };
    const usage = { prompt_eval_count: 900, eval_count: 210, total_duration: 1_000 };
    const call =
      tools && 'json' in said ? { function: { name: 'reading', arguments: said.json } } : null;
    const pieces = textOf(said).match(/.{1,7}/gs) ?? [];
    return [
      ...(said.thought ? [line({ thinking: said.thought })] : []),
      ...(call ? [line({ tool_calls: [call] })] : pieces.map((content) => line({ content }))),
      line({}, { ...done, ...usage }),
    ];
  },
  refuse: (_status, words) => JSON.stringify({ error: words }),
};

/** By the path that each is asked at. */
export const DIALECTS: Record<string, Dialect> = {
  '/v1/chat/completions': openai,
  '/v1/messages': anthropic,
  '/api/chat': ollama,
};
