// Web push: notifications to browsers through the push services of their makers. A message is encrypted for one browser
// (RFC 8291) and signed as ours (VAPID, RFC 8292); sending it is one POST to the browser's endpoint.
export { type PushTarget, sealPush } from './seal-push.ts';
export { isPushSecret, isPushTargetKey } from './target-keys.ts';
export { pushKeysOf } from './vapid-keys.ts';
