// The carrier's ed25519 key pair and the signature on every webhook (Telnyx API v2: base64 of the signature over
// "timestamp|body", with the raw 32-byte public key in base64), and the secret that signs recording links.
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Stored = z.object({ privateKey: z.string(), linkSecret: z.string() });

export interface Keys {
  /** raw 32 bytes in base64, as Telnyx's portal shows it */
  publicKey: string;
  /** Signature headers for one body; `atSeconds` is real time, since the receiver checks ±300 s. */
  signWebhook(body: string, atSeconds: number): Record<string, string>;
  /** Hex HMAC-SHA256 of a link's path and expiry. */
  signLink(text: string): string;
}

/**
 * Loads the keys of a data folder, or makes them at the first start (file mode 0600).
 * @param dataDir the sandbox's own data folder, which exists
 */
export function loadKeys(dataDir: string): Keys {
  const path = join(dataDir, 'keys.json');
  if (!existsSync(path)) {
    const pair = generateKeyPairSync('ed25519');
    const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const text = JSON.stringify({ privateKey, linkSecret: randomBytes(32).toString('hex') });
    writeFileSync(path, text, { mode: 0o600 });
  }
  const stored = Stored.parse(JSON.parse(readFileSync(path, 'utf8')));
  const privateKey = createPrivateKey(stored.privateKey);
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(jwk.x as string, 'base64url').toString('base64'),
    signWebhook(body, atSeconds) {
      const signature = sign(null, Buffer.from(`${atSeconds}|${body}`), privateKey).toString(
        'base64',
      );
      return { 'telnyx-timestamp': String(atSeconds), 'telnyx-signature-ed25519': signature };
    },
    signLink: (text) => createHmac('sha256', stored.linkSecret).update(text).digest('hex'),
  };
}
