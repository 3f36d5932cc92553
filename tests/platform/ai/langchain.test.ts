// The way to a language model, over real HTTP: what is sent, what becomes of every kind of answer, and that nothing goes
// anywhere else.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readAssistModel } from '#domains/intelligence/model/read-assist-model.ts';
import { InsightError, ModelAway } from '#platform/ai/index.ts';
import { openLanguageModel } from '#platform/ai/langchain.ts';
import { openModelServer } from './model-server.ts';

const server = await openModelServer();
const ADDRESSES = [
  ...['OPENAI_BASE_URL', 'ANTHROPIC_API_URL', 'ANTHROPIC_BASE_URL', 'OLLAMA_BASE_URL'],
  ...['OLLAMA_HOST', 'LANGSMITH_GATEWAY'],
];
const shape = z.object({ moods: z.array(z.object({ n: z.number(), word: z.string() })) });
const GOOD = { moods: [{ n: 1, word: 'glad' }] };
const ask = (more: Record<string, string> = {}, signal?: AbortSignal) => {
  const model = openLanguageModel(server.config(more));
  if (!model) throw new Error('There is a model.');
  return model.ask({ name: 'reading', shape, rules: 'Read.', data: 'The talk.', signal });
};
const failureOf = (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => error as Error,
  );

describe('a model', () => {
  it('is there only when the settings name one', () => {
    expect(openLanguageModel({ ...server.config(), AI_MODEL: undefined })).toBeNull();
  });

  it.each([
    ['schema', 'json_schema'],
    ['json', 'json_object'],
  ])('is asked for %s by %s, with the key, and answers in the form', async (method, type) => {
    server.answers({ json: GOOD });
    expect(await ask({ AI_STRUCTURED: method })).toEqual({
      ...{ answer: GOOD, tokensIn: 900, tokensOut: 210 },
    });
    const [first] = server.asked;
    if (!first) throw new Error('It was asked.');
    const { path, headers, body, system, data } = first;
    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe('Bearer sk-test');
    expect(body).toMatchObject({ model: 'test-1', temperature: 0, response_format: { type } });
    expect(system).toMatch(/^Read\./);
    expect(data).toBe('The talk.');
    if (method === 'schema') expect(body.response_format?.json_schema?.strict).toBe(true);
    else expect(system).toContain('"moods"');
  });

  it('is asked for a tool call where the server knows no schemas', async () => {
    server.answers({ json: GOOD });
    expect((await ask({ AI_STRUCTURED: 'tool' })).answer).toEqual(GOOD);
    expect(server.asked[0]?.body.tools).toHaveLength(1);
  });

  it.each([
    ['garbage', { text: 'Sure! Here is {"moods": [' }],
    ['another form', { json: { moods: 'glad' } }],
    ['nothing', { text: '' }],
    ['half of a body', { body: '{"choices": [', type: 'application/json' }],
  ])('that answers %s has answered nothing', async (_what, answer) => {
    server.answers(answer);
    for (const method of ['schema', 'tool', 'json']) {
      server.answers(answer);
      expect((await ask({ AI_STRUCTURED: method })).answer).toBeNull();
    }
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['a page', { body: '<html>Bad gateway</html>', type: 'text/html' }],
  ])('that answers %s is away: asked once, tried again later', async (_what, answer) => {
    server.answers(answer);
    const error = await failureOf(ask());
    expect(error).toBeInstanceOf(ModelAway);
    expect(error?.message).not.toContain('The talk.');
    expect(server.asked).toHaveLength(1);
  });

  it.each([400, 401, 404])('that answers %d refuses for good', async (status) => {
    server.answers({ status });
    const error = await failureOf(ask());
    expect(error).toBeInstanceOf(InsightError);
    expect(error).toMatchObject({ reason: 'MODEL_REFUSED' });
    expect(error?.message).not.toContain('The talk.');
  });

  it('that says nothing is away after its time', async () => {
    server.answers('silence');
    expect(await failureOf(ask({ AI_TIMEOUT: '0.2' }))).toMatchObject({
      message: 'The model took longer than 0.2 s.',
    });
  });

  it('is left when the job is to end', async () => {
    const ending = new AbortController();
    server.answers(() => {
      ending.abort(new Error('the worker stops'));
      return 'silence';
    });
    expect(await failureOf(ask({}, ending.signal))).toMatchObject({ message: 'the worker stops' });
  });

  it('that nobody runs is away', async () => {
    expect(await failureOf(ask({ AI_BASE_URL: 'http://127.0.0.1:9/v1' }))).toBeInstanceOf(
      ModelAway,
    );
  });
});

describe('what a shell of a developer sets', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('sends no talk to a tracing service', async () => {
    const traced: string[] = [];
    const tracer = createServer((request, response) => {
      traced.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((listening) => tracer.listen(0, '127.0.0.1', listening));
    const { port } = tracer.address() as AddressInfo;
    vi.stubEnv('LANGSMITH_TRACING', 'true');
    vi.stubEnv('LANGCHAIN_TRACING_V2', 'true');
    vi.stubEnv('LANGSMITH_API_KEY', 'ls-test');
    vi.stubEnv('LANGSMITH_ENDPOINT', `http://127.0.0.1:${port}`);
    vi.stubEnv('LANGCHAIN_CALLBACKS_BACKGROUND', 'false');
    vi.stubEnv('LANGCHAIN_VERBOSE', 'true');
    server.answers({ json: GOOD });
    expect((await ask()).answer).toEqual(GOOD);
    expect(process.env.LANGSMITH_TRACING).toBeUndefined();
    expect(process.env.LANGCHAIN_VERBOSE).toBeUndefined();
    tracer.close();
    expect(traced).toEqual([]);
  });

  it.each([
    ['openai:m', 'https://api.openai.com'],
    ['anthropic:m', 'https://api.anthropic.com'],
    ['ollama:m', 'http://127.0.0.1:11434'],
  ])('sends no talk for %s to another host than the one that is told', async (name, origin) => {
    const elsewhere = 'http://127.0.0.1:9';
    for (const variable of ADDRESSES) vi.stubEnv(variable, elsewhere);
    const reached: string[] = [];
    vi.stubGlobal('fetch', (target: string | URL | Request) => {
      reached.push(new URL(target instanceof Request ? target.url : target).origin);
      return Promise.reject(new TypeError('no way out'));
    });
    await failureOf(ask({ AI_MODEL: name, AI_BASE_URL: '' }));
    expect(reached).toEqual([origin]);
    const config = { ...server.config({ AI_MODEL: name }), AI_BASE_URL: undefined };
    expect(readAssistModel(config)?.host).toBe(new URL(origin).host);
  });
});
