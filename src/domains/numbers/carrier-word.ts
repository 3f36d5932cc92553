// Whether what the carrier refused is its last word on the request.
import { CarrierRefused } from '#platform/carrier/index.ts';

/** True for a refusal of the request itself; a refused key or a rate limit says nothing about it. */
export function isFinal(error: unknown): error is CarrierRefused {
  return error instanceof CarrierRefused && ![401, 403, 408, 429].includes(error.status);
}
