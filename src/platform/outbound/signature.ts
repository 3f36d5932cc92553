// The signature of what we send, after the Standard Webhooks specification (standardwebhooks.com): headers webhook-id,
// webhook-timestamp and webhook-signature, HMAC-SHA256 over "id.timestamp.body".
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** as many as the hash has: more add nothing, fewer could be guessed sooner (RFC 2104, 3) */
const SECRET_BYTES = 32;

/** A new signing secret, `whsec_` and base64. Show it once and keep it sealed. */
export function makeSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The three headers of one attempt.
 * @param letter.id the same for every attempt at one thing: receivers drop what they have seen
 * @param letter.body the body exactly as it is sent
 * @param letter.secrets the secret, and while it is being replaced also the one before it: a receiver may know either
 * @param sentAt the time of day by which receivers refuse what is older than five minutes; for tests
 */
export function signHeaders(
  letter: { id: string; body: string; secrets: readonly string[] },
  sentAt: Date = new Date(),
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const { id, body, secrets } = letter;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(id, sentAt, body))
      .join(' '),
  };
}
