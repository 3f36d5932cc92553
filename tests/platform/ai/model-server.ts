// A server that speaks OpenAI's chat completions over real HTTP and answers what the test tells it to, and keeps what it
// was sent.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { type Config, readConfig } from '#platform/config/index.ts';

/** A request as it came. */
export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    temperature?: number;
    tools?: unknown[];
    response_format?: { type: string; json_schema?: { name: string; strict: boolean } };
  };
  /** the rules, and the talk */
  system: string;
  data: string;
}

/** What is answered: a thing as JSON, text as it is, a status, bytes as the whole body, or nothing at all. */
export type Answer =
  | { json: unknown }
  | { text: string }
  | { status: number }
  | { body: string; type: string }
  | 'silence';

export const USAGE = { prompt_tokens: 900, completion_tokens: 210, total_tokens: 1_110 };

/** Opens the server; it is closed after the file. Call it at the top of a test file. */
export async function openModelServer() {
  const asked: Asked[] = [];
  const open = new Set<ServerResponse>();
  let answerOf: (asked: Asked, n: number) => Answer | Promise<Answer> = () => ({ json: {} });
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    const [system = '', data = ''] = body.messages.map((one: { content: string }) => one.content);
    const one: Asked = { path: request.url ?? '', headers: request.headers, body, system, data };
    asked.push(one);
    open.add(response);
    response.on('close', () => open.delete(response));
    const answer = await answerOf(one, asked.length);
    if (answer === 'silence') return;
    if ('status' in answer) {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `no: ${data}`, type: 'error' } }));
      return;
    }
    if ('body' in answer) {
      response.writeHead(200, { 'content-type': answer.type });
      response.end(answer.body);
      return;
    }
    const said = 'json' in answer ? JSON.stringify(answer.json) : answer.text;
    const tool = {
      id: 'call_1',
      type: 'function',
      function: { name: 'reading', arguments: said },
    };
    const message = body.tools
      ? { role: 'assistant', content: null, tool_calls: [tool] }
      : { role: 'assistant', content: said };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: body.model },
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage: USAGE,
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  afterAll(() => {
    for (const response of open) response.destroy();
    server.close();
  });
  return {
    url,
    asked,
    /** What it answers from now on; forgets what it was asked. */
    answers(next: Answer | typeof answerOf) {
      asked.length = 0;
      answerOf = typeof next === 'function' ? next : () => next;
    },
    /** Settings that lead here. */
    config: (more: Record<string, string> = {}): Config =>
      readConfig({ AI_MODEL: 'openai:test-1', AI_BASE_URL: url, AI_API_KEY: 'sk-test', ...more }),
  };
}
