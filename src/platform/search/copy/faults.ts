// What errors of the search server tell, and of what stands before it.
import {
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
} from 'meilisearch';

/** What is before the server takes no request with this document. */
export class TooLarge extends Error {
  constructor(bytes: number) {
    super(`What is before the search server takes no request of ${bytes} bytes.`);
    this.name = 'TooLarge';
  }
}

/** What an error of a search tells: it took too long, the server was not reached, or it answered with an error. */
export function faultOf(error: unknown): 'late' | 'unreached' | 'told' {
  // a proxy's own page, which is no JSON, or its word that nobody is behind it
  if (error instanceof SyntaxError) return 'unreached';
  if (error instanceof MeilisearchApiError && error.response.status >= 502) return 'unreached';
  if (!(error instanceof MeilisearchRequestError)) return 'told';
  return error.cause instanceof MeilisearchRequestTimeOutError ? 'late' : 'unreached';
}

/** What an error of a search says in short, without the address. */
export function detailOf(error: unknown): string {
  if (error instanceof MeilisearchApiError && error.cause) return error.cause.code;
  const { message, cause } = error as Error;
  return error instanceof MeilisearchRequestError && cause instanceof Error
    ? cause.message
    : message;
}

/** The answer, or another value in place of one error of the server. */
export async function unlessCode<T, Else>(
  code: string,
  work: () => Promise<T>,
  otherwise: Else,
): Promise<T | Else> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.cause?.code === code) return otherwise;
    throw error;
  }
}
