// The signing secrets of an endpoint: sealed at rest, two of them while one takes the other's place.
import type { Secrets } from '#platform/secrets/index.ts';
import type { EndpointRow } from './store.ts';

const purposeOf = (endpointId: string) => `webhook:${endpointId}`;

/** Seals a secret for its endpoint alone. */
export function sealSecret(secrets: Secrets, endpointId: string, secret: string): string {
  return secrets.seal(secret, purposeOf(endpointId));
}

/** The secrets that sign now, the newest first. Throws when they were sealed under another SECRET_KEY. */
export function openSecretsOf(
  secrets: Secrets,
  endpoint: Pick<EndpointRow, 'id' | 'sealedSecret' | 'previousSealedSecret' | 'previousUntil'>,
  now: Date,
): string[] {
  const { id, sealedSecret, previousSealedSecret, previousUntil } = endpoint;
  const isRotating = previousSealedSecret !== null && previousUntil !== null && previousUntil > now;
  return [sealedSecret, ...(isRotating ? [previousSealedSecret] : [])].map((sealed) =>
    secrets.open(sealed, purposeOf(id)),
  );
}
