// One attempt to hand a webhook to its receiver over HTTP: signed, with a time limit, following at most 3 redirects.
import type { Keys } from './keys.ts';

export interface AttemptResult {
  url: string;
  /** null when no answer came */
  status: number | null;
  error: string | null;
  startedAt: string;
  finishedAt: string;
}

const REDIRECTS = 3;

/**
 * Posts a body.
 * @param timeoutMs real time, since the receiver lives on the wall's clock
 */
export async function postWebhook(
  keys: Keys,
  url: string,
  body: string,
  timeoutMs: number,
): Promise<AttemptResult> {
  const startedAt = new Date().toISOString();
  const answer = (status: number | null, error: string | null): AttemptResult => ({
    url,
    status,
    error,
    startedAt,
    finishedAt: new Date().toISOString(),
  });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    let target = url;
    for (let hop = 0; ; hop++) {
      const response = await fetch(target, {
        method: 'POST',
        body,
        signal,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'telnyx-webhooks',
          ...keys.signWebhook(body, Math.floor(Date.now() / 1000)),
        },
      });
      await response.arrayBuffer();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location || hop === REDIRECTS) {
        return answer(response.status, null);
      }
      target = new URL(location, target).href;
    }
  } catch (error) {
    return answer(null, error instanceof Error ? error.message : String(error));
  }
}

/** Telnyx: 408, 429, 5xx and no answer are tried again; any other answer is final. */
export function isRetryable(status: number | null): boolean {
  return status === null || status === 408 || status === 429 || status >= 500;
}
