// A server that speaks OpenAI's, Anthropic's and Ollama's API over real HTTP and answers what the test tells it to, and keeps
// what it was sent.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { type Config, readConfig } from '#platform/config/index.ts';
import { type AskedBody, DIALECTS, type Said } from './model-dialects.ts';

/** A request as it came. */
export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: AskedBody;
  /** the rules, and the talk */
  system: string;
  data: string;
}

/** What is answered: something that is said, a status, bytes as the whole body, or nothing at all. */
export type Answer =
  | Said
  | { status: number; headers?: Record<string, string> }
  | { body: string; type: string }
  | 'silence';

/** Opens the server; it is closed after the file. Call it at the top of a test file. */
export async function openModelServer() {
  const asked: Asked[] = [];
  const open = new Set<ServerResponse>();
  let answerOf: (asked: Asked, n: number) => Answer | Promise<Answer> = () => ({ json: {} });
  let onLeft = () => {};
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body: AskedBody = JSON.parse(text);
    const { url: path = '', headers } = request;
    const dialect = DIALECTS[path];
    const read = dialect?.read(body);
    if (!dialect || !read) {
      response.writeHead(dialect ? 400 : 404).end();
      return;
    }
    const { system, data } = read;
    const one: Asked = { path, headers, body, system, data };
    asked.push(one);
    open.add(response);
    response.on('close', () => {
      open.delete(response);
      if (!response.writableFinished) onLeft();
    });
    const answer = await answerOf(one, asked.length);
    if (answer === 'silence') return;
    if ('status' in answer) {
      const { status, headers: more } = answer;
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(dialect.refuse(status, `no: ${data}`));
      return;
    }
    if ('body' in answer) {
      response.writeHead(200, { 'content-type': answer.type });
      response.end(answer.body);
      return;
    }
    response.writeHead(200, { 'content-type': dialect.type });
    for (const part of dialect.say(answer, body)) response.write(part);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/v1`;
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
    /** Resolves when somebody next goes away before the answer's end. */
    left: () =>
      new Promise<void>((resolve) => {
        onLeft = resolve;
      }),
    /** Settings that lead here. */
    config: (more: Record<string, string> = {}): Config => {
      const isOpenAi = (more.AI_MODEL ?? 'openai:').startsWith('openai:');
      const address = { AI_BASE_URL: isOpenAi ? url : origin };
      return readConfig({ AI_MODEL: 'openai:test-1', ...address, AI_API_KEY: 'sk-test', ...more });
    },
  };
}
