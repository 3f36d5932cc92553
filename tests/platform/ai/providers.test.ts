// The same question through each provider's own API over real HTTP: what is sent, how the answer and its tokens come back, and
// that every kind of failure ends alike.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { InsightError, ModelAway } from '#platform/ai/index.ts';
import { MOST_ANSWER_TOKENS, openLanguageModel } from '#platform/ai/langchain.ts';
import { openModelServer } from './model-server.ts';

const server = await openModelServer();
const shape = z.object({
  moods: z.array(z.object({ n: z.number(), word: z.string() })),
  due: z.string().nullable(),
});
const GOOD = { moods: [{ n: 1, word: 'glad – “déjà vu”' }], due: null };
const PROVIDERS = ['openai', 'anthropic', 'ollama'];
const METHODS = ['schema', 'tool', 'json'];
const EACH = PROVIDERS.flatMap((provider) => METHODS.map((method) => [provider, method] as const));

const ask = (provider: string, more: Record<string, string> = {}, signal?: AbortSignal) => {
  const model = openLanguageModel(server.config({ AI_MODEL: `${provider}:test-1`, ...more }));
  if (!model) throw new Error('There is a model.');
  return model.ask({ name: 'reading', shape, rules: 'Read.', data: 'The talk.', signal });
};
const failureOf = (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => error as Error,
  );

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe.each(EACH)('%s, made to answer by %s,', (provider, method) => {
  const more = { AI_STRUCTURED: method };

  it('answers in the form and tells its tokens', async () => {
    server.answers({ json: GOOD });
    expect(await ask(provider, more)).toEqual({ answer: GOOD, tokensIn: 900, tokensOut: 210 });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ data: 'The talk.', body: { model: 'test-1' } });
    expect(server.asked[0]?.system).toMatch(/^Read\./);
  });

  it.each([
    ['garbage', { text: 'Sure! Here is {"moods": [' }],
    ['another form', { json: { moods: 'glad' } }],
    ['nothing', { text: '' }],
    ['a refusal', { text: 'I cannot help with that.', end: 'refused' as const }],
  ])('has answered nothing with %s, at its price', async (_what, answer) => {
    server.answers(answer);
    expect(await ask(provider, more)).toEqual({ answer: null, tokensIn: 900, tokensOut: 210 });
    expect(server.asked).toHaveLength(1);
  });

  it('has answered nothing where its answer is cut off, and is paid for what it wrote', async () => {
    server.answers({ text: JSON.stringify(GOOD).slice(0, 20), end: 'cut' });
    expect(await ask(provider, more)).toEqual({ answer: null, tokensIn: 900, tokensOut: 210 });
  });
});

describe.each(PROVIDERS)('%s', (provider) => {
  it.each([
    ['429', { status: 429, headers: { 'retry-after': '30' } }],
    ['500', { status: 500 }],
    ['529', { status: 529 }],
  ])('that answers %s is away, for nothing: asked once, tried again later', async (_what, no) => {
    server.answers(no);
    const error = await failureOf(ask(provider));
    expect(error).toBeInstanceOf(ModelAway);
    expect(error).toMatchObject({ isFree: true, message: expect.stringContaining(`${no.status}`) });
    expect(server.asked).toHaveLength(1);
  });

  it.each([400, 401, 404])('that answers %d refuses for good', async (status) => {
    server.answers({ status });
    const error = await failureOf(ask(provider));
    expect(error).toBeInstanceOf(InsightError);
    expect(error).toMatchObject({ reason: 'MODEL_REFUSED' });
    expect(error?.message).not.toContain('The talk.');
    expect(server.asked).toHaveLength(1);
  });

  it('is away where a gateway answers with a page', async () => {
    server.answers({ body: '<html>Bad gateway</html>', type: 'text/html' });
    expect(await failureOf(ask(provider))).toBeInstanceOf(ModelAway);
  });

  it('has answered nothing with half of a body', async () => {
    server.answers({ body: '{"choices": [', type: 'application/json' });
    expect((await ask(provider)).answer).toBeNull();
  });

  it('has answered nothing with more than any answer is long', async () => {
    server.answers({ json: { ...GOOD, more: 'and so on '.repeat(110_000) } });
    expect((await ask(provider)).answer).toBeNull();
    server.answers({ json: { ...GOOD, more: 'and so on '.repeat(2_000) } });
    expect((await ask(provider)).answer).toEqual(GOOD);
  });

  it.each(['the time', 'the job'])('is left alone when %s ends', async (what) => {
    const left = server.left();
    const ending = new AbortController();
    server.answers(() => {
      if (what === 'the job') ending.abort(new Error('the worker stops'));
      return 'silence';
    });
    const more = what === 'the time' ? { AI_TIMEOUT: '0.2' } : undefined;
    expect(await failureOf(ask(provider, more, ending.signal))).toMatchObject({
      message: more ? 'The model took longer than 0.2 s.' : 'the worker stops',
    });
    await left;
  });

  it('prints nothing of what was said', async () => {
    const printed: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, level).mockImplementation((...words) => void printed.push(...words));
    }
    for (const method of METHODS) {
      for (const answer of [
        { text: 'the talk was' },
        { status: 500, headers: { 'content-type': 'text/plain' } },
        { body: 'the talk was\n', type: 'application/json' },
      ]) {
        server.answers(answer);
        await failureOf(ask(provider, { AI_STRUCTURED: method }));
      }
    }
    expect(printed.map(String).join('\n')).not.toMatch(/the talk/i);
  });
});

describe('OpenAI’s API', () => {
  it('is given a schema as strict ones take it, each field required and no other allowed', async () => {
    server.answers({ json: GOOD });
    await ask('openai');
    expect(server.asked[0]?.body.response_format?.json_schema).toMatchObject({
      ...{ name: 'reading', strict: true },
      schema: { required: ['moods', 'due'], additionalProperties: false },
    });
  });
});

describe('Anthropic’s API', () => {
  it('is asked with the key, in its version, by a schema or a tool that it has to call', async () => {
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'somebody-else');
    server.answers({ json: GOOD });
    await ask('anthropic');
    const [first] = server.asked;
    expect(first?.path).toBe('/v1/messages');
    expect(first?.headers).toMatchObject({
      ...{ 'x-api-key': 'sk-test', 'anthropic-version': '2023-06-01' },
    });
    expect(first?.headers.authorization).toBeUndefined();
    expect(first?.body).toMatchObject({
      max_tokens: MOST_ANSWER_TOKENS,
      output_config: { format: { type: 'json_schema', schema: { additionalProperties: false } } },
    });
    // its newest models refuse one
    expect(first?.body.temperature).toBeUndefined();
    server.answers({ json: GOOD });
    await ask('anthropic', { AI_STRUCTURED: 'tool' });
    expect(server.asked[0]?.body).toMatchObject({
      tools: [{ name: 'reading', input_schema: { required: ['moods', 'due'] } }],
      tool_choice: { type: 'tool', name: 'reading' },
    });
  });

  it.each(METHODS)(
    'is understood where it thinks aloud before it answers by %s',
    async (method) => {
      server.answers({ json: GOOD, thought: 'The caller seems glad.' });
      expect((await ask('anthropic', { AI_STRUCTURED: method })).answer).toEqual(GOOD);
    },
  );
});

describe('Ollama’s API', () => {
  it('is asked with a window that holds the whole talk, its rules and the answer', async () => {
    server.answers({ json: GOOD });
    await ask('ollama', { AI_INPUT_TOKENS: '20000' });
    const [first] = server.asked;
    expect(first?.path).toBe('/api/chat');
    expect(first?.headers.authorization).toBe('Bearer sk-test');
    expect(first?.body).toMatchObject({
      format: { type: 'object', required: ['moods', 'due'] },
      options: { temperature: 0, num_predict: MOST_ANSWER_TOKENS, num_ctx: 28_000 },
    });
    server.answers({ json: GOOD });
    await ask('ollama', { AI_STRUCTURED: 'json' });
    expect(server.asked[0]?.body.format).toBe('json');
    expect(server.asked[0]?.system).toContain('"moods"');
  });

  it.each(METHODS)(
    'is understood where it thinks aloud before it answers by %s',
    async (method) => {
      server.answers({ json: GOOD, thought: 'The caller seems glad.' });
      expect((await ask('ollama', { AI_STRUCTURED: method })).answer).toEqual(GOOD);
    },
  );

  it('is away where it breaks off in the middle', async () => {
    const type = 'application/x-ndjson';
    for (const body of [
      '{"message":{"content":"{"},"done":false}\n',
      '{"error":"out of memory"}\n',
    ]) {
      server.answers({ body, type });
      expect(await failureOf(ask('ollama'))).toBeInstanceOf(ModelAway);
    }
  });
});
