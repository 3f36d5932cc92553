// Judges the keys that a browser gives for its messages.
import { createPublicKey } from 'node:crypto';

const POINT_BYTES = 65;
const SECRET_BYTES = 16;

/** Whether a text is a public key of a browser (`p256dh`): a point on P-256, uncompressed, in base64url. */
export function isPushTargetKey(text: string): boolean {
  const point = Buffer.from(text, 'base64url');
  if (point.length !== POINT_BYTES || point[0] !== 4) return false;
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    return true;
  } catch {
    return false; // it lies beside the curve
  }
}

/** Whether a text is a browser's shared secret (`auth`): 16 bytes in base64url. */
export function isPushSecret(text: string): boolean {
  return Buffer.from(text, 'base64url').length === SECRET_BYTES;
}
