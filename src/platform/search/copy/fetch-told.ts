// Requests of the search server as its client makes them, but that the status of a page is told: what stands before the server
// answers by pages of its own, and what one means hangs on that.
import { MeilisearchApiError } from 'meilisearch';

/** A page came in place of the server's answer. */
export class PageTold extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`What is before the search server answers ${status}.`);
    this.name = 'PageTold';
    this.status = status;
  }
}

/**
 * Is the client's `httpClient`, which puts what is thrown here into a MeilisearchRequestError.
 * @throws MeilisearchApiError, PageTold, and what fetch throws
 */
export async function fetchTold(...asked: Parameters<typeof fetch>): Promise<unknown> {
  const response = await fetch(...asked);
  const text = await response.text();
  let told: ConstructorParameters<typeof MeilisearchApiError>[1];
  try {
    told = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new PageTold(response.status);
  }
  if (!response.ok) throw new MeilisearchApiError(response, told);
  return told;
}
