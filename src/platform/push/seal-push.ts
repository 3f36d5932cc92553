// One message for one browser, ready to be posted to its endpoint.
import webPush from 'web-push';
import type { PushKeys } from './vapid-keys.ts';

/** Where a browser takes messages, and the keys it gave: base64url. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/**
 * Encrypts and signs a message.
 * @param message.text at most 3,000 bytes
 * @param message.topic of messages that wait for a browser, the last of a topic alone is kept: at most 32 characters of
 *   base64url
 * @param message.ttlSeconds how long the push service keeps it for a browser that is away
 * @param by.subject how a push service reaches us: an https address or mailto:
 * @throws when the target's keys are none
 */
export function sealPush(
  target: PushTarget,
  message: { text: string; topic: string; ttlSeconds: number },
  by: PushKeys & { subject: string },
): { url: string; headers: Record<string, string>; body: Buffer } {
  const { endpoint, p256dh, auth } = target;
  const { subject, publicKey, privateKey } = by;
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    message.text,
    {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: message.ttlSeconds,
      topic: message.topic,
      urgency: 'high',
      contentEncoding: 'aes128gcm',
    },
  );
  // a header is named once, whoever else names it
  const named = Object.entries(headers as Record<string, string | number>).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return { url: endpoint, headers: Object.fromEntries(named), body };
}
