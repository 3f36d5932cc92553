// The signature: one that any receiver's library accepts, and that is what the specification says.
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { makeSigningSecret, signHeaders } from '#platform/outbound/index.ts';

const [old, current] = [makeSigningSecret(), makeSigningSecret()];
const body = '{"type":"call.ended","data":{"note":"é"}}';

it('is accepted by the library, under the new secret and the old', () => {
  const headers = signHeaders({ id: '1-2-3', body, secrets: [current, old] });
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  for (const secret of [old, current]) {
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  }
  expect(() => new Webhook(makeSigningSecret()).verify(body, headers)).toThrow();
  expect(() => new Webhook(current).verify(`${body} `, headers)).toThrow();
});

it('is HMAC-SHA256 of id, seconds and body, base64, under the decoded secret', () => {
  const headers = signHeaders({ id: 'x', body, secrets: [old] }, new Date(1_772_463_600_999));
  expect(headers['webhook-timestamp']).toBe('1772463600');
  const key = Buffer.from(old.slice('whsec_'.length), 'base64');
  expect(key).toHaveLength(32);
  const mac = createHmac('sha256', key).update(`x.1772463600.${body}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${mac}`);
});
