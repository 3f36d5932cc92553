// The keys by which push services know this server. They are drawn from the server's secret key, so they are there from
// the installation on, the same in every process, and nothing about them is stored.
import { createECDH } from 'node:crypto';
import type { Secrets } from '#platform/secrets/index.ts';

/** A pair on P-256, base64url: the public key as an uncompressed point, the private one as a scalar. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** The pair. With another SECRET_KEY it is another, and browsers have to subscribe anew. */
export function pushKeysOf(secrets: Pick<Secrets, 'sign'>): PushKeys {
  // 256 bits of a MAC: all but one in 2^32 of them are a scalar of P-256, and that one throws here
  const privateKey = secrets.sign('web push', 'vapid');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return { publicKey: pair.getPublicKey('base64url'), privateKey };
}
