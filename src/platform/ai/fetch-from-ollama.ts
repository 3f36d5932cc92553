// How Ollama is reached. Its client leaves a request running that nobody waits for any more, and prints what it cannot read
// into the log, which are words of a talk: both end here, before it sees them.

import { readBounded } from './read-bounded.ts';

/** It says each token in a line of its own, of some 200 bytes. */
const MOST_BYTES = 4_000_000;

/** A request that Ollama answered with an error. Only the status is told: its words may repeat what was sent. */
export class OllamaRefusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Ollama answers ${status}.`);
    this.name = 'OllamaRefusal';
    this.status = status;
  }
}

/**
 * A fetch for Ollama's client whose requests end with a signal, and whose answers are whole lines of JSON.
 * @throws OllamaRefusal on a status of 400 or more; SyntaxError over an answer that is no JSON; what fetch throws
 */
export function fetchFromOllama(signal: AbortSignal): typeof fetch {
  return async (target, options) => {
    const response = await fetch(target, { ...options, signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw new OllamaRefusal(response.status);
    }
    const { headers, status } = response;
    const isJson = /json/.test(headers.get('content-type') ?? '');
    const text = await readBounded(response, MOST_BYTES);
    // a gateway's page comes from somebody else than the model
    if (!isJson) throw new OllamaRefusal(502);
    for (const line of text.split('\n')) if (line.trim() !== '') JSON.parse(line);
    return new Response(text, { headers, status });
  };
}
