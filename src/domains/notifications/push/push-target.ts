// Where a browser takes messages and by which keys, sealed at rest: whoever has them can send to it.
import { createHash } from 'node:crypto';
import type { PushTarget } from '#platform/push/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

const purposeOf = (id: string) => `push:${id}`;

export function sealTarget(secrets: Secrets, id: string, target: PushTarget): string {
  return secrets.seal(JSON.stringify(target), purposeOf(id));
}

/** Throws when it was sealed under another SECRET_KEY. */
export function openTarget(
  secrets: Secrets,
  { id, sealed }: { id: string; sealed: string },
): PushTarget {
  return JSON.parse(secrets.open(sealed, purposeOf(id)));
}

/** How an endpoint is told again without keeping it. */
export function hashEndpoint(endpoint: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(endpoint).digest());
}
