// Our check of a webhook's signature against the carrier's own SDK: the two must say the same of every webhook.
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import Telnyx from 'telnyx';
import { describe, expect, it } from 'vitest';
import { refuseSignature } from '#platform/carrier/index.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const raw = (key: typeof publicKey) =>
  key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const key = raw(publicKey);
const sdk = new Telnyx({ apiKey: 'test', publicKey: key });

const BODY = JSON.stringify({ data: { id: 'one', event_type: 'call.answered', payload: {} } });
const nowSeconds = () => Math.floor(Date.now() / 1_000);
const signed = (body: string, seconds: number | string, by = privateKey) =>
  sign(null, Buffer.from(`${seconds}|${body}`), by).toString('base64');

interface Given {
  body: string;
  timestamp: string | undefined;
  signature: string | undefined;
}

async function bothSay({ body, timestamp, signature }: Given) {
  const ours = refuseSignature(body, { timestamp, signature }, key, new Date());
  const headers = {
    ...(timestamp === undefined ? {} : { 'telnyx-timestamp': timestamp }),
    ...(signature === undefined ? {} : { 'telnyx-signature-ed25519': signature }),
  };
  const theirs = await Promise.resolve()
    .then(() => sdk.webhooks.unwrap(body, { headers }))
    .then(
      () => 'good',
      () => 'refused',
    );
  return { ours, theirs };
}

describe('a signature', () => {
  const now = nowSeconds();
  const good: Given = { body: BODY, timestamp: String(now), signature: signed(BODY, now) };

  it.each<[string, Partial<Given>, string | null]>([
    ['that is good', {}, null],
    ['200 s old', { timestamp: String(now - 200), signature: signed(BODY, now - 200) }, null],
    ['over another body', { body: BODY.replace('one', 'two') }, 'WRONG'],
    ['over another time', { timestamp: String(now - 1) }, 'WRONG'],
    ['by another key', { signature: signed(BODY, now, other.privateKey) }, 'WRONG'],
    ['cut short', { signature: signed(BODY, now).slice(0, 40) }, 'WRONG'],
    ['that is no base64', { signature: '%%%' }, 'WRONG'],
    ['400 s old', { timestamp: String(now - 400), signature: signed(BODY, now - 400) }, 'STALE'],
    ['400 s ahead', { timestamp: String(now + 400), signature: signed(BODY, now + 400) }, 'STALE'],
    ['without a time', { timestamp: undefined }, 'MISSING'],
    ['that is missing', { signature: undefined }, 'MISSING'],
    ['whose time is no number', { timestamp: 'now', signature: signed(BODY, 'now') }, 'WRONG'],
  ])('%s is judged as the SDK judges it', async (_what, change, expected) => {
    const { ours, theirs } = await bothSay({ ...good, ...change });
    expect(ours).toBe(expected);
    expect(theirs).toBe(expected === null ? 'good' : 'refused');
  });

  it('over any body is good, and over any other is not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (body, changed) => {
        fc.pre(body.isWellFormed() && changed.isWellFormed());
        const timestamp = String(now);
        const headers = { timestamp, signature: signed(body, now) };
        expect(refuseSignature(body, headers, key, new Date())).toBeNull();
        const verdict = refuseSignature(changed, headers, key, new Date());
        expect(verdict).toBe(changed === body ? null : 'WRONG');
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
