// Tells a request that never left this machine from one that may have arrived.

interface Layer {
  syscall?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/**
 * Whether a request surely was not sent: its host's name was not found, or no connection came about. False for one that broke
 * while it was open, or that was given up after a time.
 * @param error what fetch, or a library over it, threw
 */
export function neverLeft(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { syscall, cause, errors } = error as Layer;
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  // a host with several addresses: each was tried
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverLeft);
  return neverLeft(cause);
}
