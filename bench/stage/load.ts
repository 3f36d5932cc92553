// A load of HTTP requests over kept-alive connections, each connection sending its next request when the last is answered.
import { Agent, request } from 'node:http';
import { percentile } from './figures.ts';

/** One request. */
export interface Shot {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came of a load. */
export interface Volley {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/**
 * Sends all shots.
 * @param check throws when an answer is not what it must be: a wrong answer is not a fast one
 * @param pauseMs between the requests of one connection
 * @param everyMs no request is sent before its turn in this rhythm: as many in a second whatever the answers take, as long
 *   as a connection is free
 */
export async function fire(
  shots: readonly Shot[],
  options: {
    connections: number;
    check: (status: number, text: string, shot: Shot) => void;
    pauseMs?: number;
    everyMs?: number;
  },
): Promise<Volley> {
  const { connections, check, pauseMs = 0, everyMs = 0 } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const connection = async (): Promise<void> => {
    for (let n = next++; n < shots.length; n = next++) {
      const shot = shots[n] as Shot;
      const waitMs = began + n * everyMs - performance.now();
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
      const from = performance.now();
      const { status, text } = await send(agent, shot);
      times.push(performance.now() - from);
      check(status, text, shot);
      if (pauseMs > 0) await new Promise((done) => setTimeout(done, pauseMs));
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const elapsedMs = performance.now() - began;
  agent.destroy();
  return {
    perSecond: (shots.length * 1000) / elapsedMs,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
  };
}

function send(
  agent: Agent,
  { url, headers, body }: Shot,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      { agent, method: 'POST', headers: { ...headers, ...length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
