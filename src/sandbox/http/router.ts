// The smallest router that serves the carrier: method and path patterns, JSON in and out, refusals as Telnyx words them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody, Refusal, type RefusalDetail } from '../refusal.ts';

export interface Request {
  params: Record<string, string>;
  query: URLSearchParams;
  /** parsed JSON; {} when the body was empty */
  body: unknown;
  raw: IncomingMessage;
}

export interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** 'hang' leaves the connection open without an answer; 'sent' means the handler wrote the response itself. */
export type Handled = Answer | 'hang' | 'sent';
type Handler = (request: Request, response: ServerResponse) => Promise<Handled> | Handled;
export interface Route {
  method: string;
  /** segments; ":name" takes one segment */
  path: string;
  handle: Handler;
}

const BODY_LIMIT_BYTES = 1_048_576;

/** Finds the route of a request; null when none fits. */
export function findRoute(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | null {
  const wanted = path.split('/');
  for (const route of routes) {
    const parts = route.path.split('/');
    if (route.method !== method || parts.length !== wanted.length) continue;
    const params: Record<string, string> = {};
    const fits = parts.every((part, index) => {
      const given = wanted[index] as string;
      if (!part.startsWith(':')) return part === given;
      const value = decoded(given);
      if (value) params[part.slice(1)] = value;
      return Boolean(value);
    });
    if (fits) return { route, params };
  }
  return null;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** Reads a JSON body of at most 1 MB; an empty one is {}. */
export async function readJson(raw: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of raw as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_LIMIT_BYTES) {
      throw new Refusal({
        status: 413,
        code: '10015',
        title: 'Body too large',
        detail: 'Send at most 1 MB of JSON.',
      });
    }
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal({
      status: 400,
      code: '10015',
      title: 'Bad request',
      detail: 'The body is not valid JSON.',
    });
  }
}

/** Writes a JSON answer. */
export function sendJson(response: ServerResponse, answer: Answer): void {
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

/** The answer to something thrown while a request was served. */
export function answerToError(error: unknown): Answer {
  if (error instanceof Refusal) {
    const { status, headers } = error.details;
    return { status, body: errorBody(error.details), ...(headers ? { headers } : {}) };
  }
  const details: RefusalDetail = {
    status: 500,
    code: '10007',
    title: 'Unexpected error',
    detail: error instanceof Error ? error.message : String(error),
  };
  return { status: 500, body: errorBody(details) };
}

/** One page of a list, with Telnyx's page[number] and page[size] (default 20, at most 250). */
export function pageOf<Row>(rows: Row[], query: URLSearchParams) {
  const size = Math.min(250, Math.max(1, Number(query.get('page[size]')) || 20));
  const number = Math.max(1, Number(query.get('page[number]')) || 1);
  const meta = {
    page_number: number,
    page_size: size,
    total_pages: Math.max(1, Math.ceil(rows.length / size)),
    total_results: rows.length,
  };
  return { data: rows.slice((number - 1) * size, number * size), meta };
}
