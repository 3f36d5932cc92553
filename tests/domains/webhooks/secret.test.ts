// The signing secret: shown once, sealed at rest, two of them for a day while receivers change over.
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { rotateWebhookSecret } from '#domains/webhooks/rotate-secret.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { refusalOf } from '#tests/domains/accounts/town.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const { clock } = office;
const HOUR = 3_600_000;

async function subscribed() {
  const people = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made, secret } = await people.endpoint(receiver.url);
  const rotate = (more: object = {}) =>
    rotateWebhookSecret(office, people.viewer, { webhookEndpointId: made.id, ...more });
  /** Which of these secrets verify the newest delivery. */
  const verifying = (secrets: (string | null)[]) => {
    const { body, headers } = receiver.letters.at(-1) ?? { body: '', headers: {} };
    return secrets.map((one) => {
      try {
        new Webhook(one as string).verify(body, headers);
        return true;
      } catch {
        return false;
      }
    });
  };
  return { ...people, receiver, made, secret, rotate, verifying };
}

describe('a secret', () => {
  it('is a whsec_ of 32 random bytes that stands nowhere in clear', async () => {
    const { secret, accountId, made } = await subscribed();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { rows } = await office.db.pool.query(
      `select row_to_json(e)::text as row from webhook_endpoint e where account_id = $1
       union all select row_to_json(a)::text from audit_entry a where account_id = $1`,
      [accountId],
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(secret?.slice(6, 40));
    expect(office.secrets.open(made.sealedSecret, `webhook:${made.id}`)).toBe(secret);
    expect(() => office.secrets.open(made.sealedSecret, 'webhook:another')).toThrow();
  });

  it('signs beside its successor for 24 hours, then no longer', async () => {
    const { happens, rotate, verifying, secret } = await subscribed();
    const { secret: next } = await rotate();
    await happens();
    expect(verifying([secret, next])).toEqual([true, true]);
    clock.advance(24 * HOUR - 1);
    await happens();
    expect(verifying([secret, next])).toEqual([true, true]);
    clock.advance(1);
    await happens();
    expect(verifying([secret, next])).toEqual([false, true]);
  });

  it('that leaked ends at once', async () => {
    const { happens, rotate, verifying, secret } = await subscribed();
    const { secret: next } = await rotate();
    const { secret: last } = await rotate({ overlapSeconds: 0 });
    await happens();
    expect(verifying([secret, next, last])).toEqual([false, false, true]);
  });

  it('is not rotated twice within the overlap, which would end the first one unseen', async () => {
    const { rotate } = await subscribed();
    await rotate({ overlapSeconds: 60 });
    expect(await refusalOf(rotate())).toEqual({ code: 'WRONG_STATE', field: 'webhookEndpointId' });
    clock.advance(60_000);
    expect(await refusalOf(rotate({ overlapSeconds: 86_400 }))).toBeNull();
    expect(await refusalOf(rotate({ overlapSeconds: 86_401 }))).toEqual({
      code: 'INVALID_INPUT',
      field: 'overlapSeconds',
    });
  });

  it('is rotated once per idempotency key, and shown once', async () => {
    const { rotate } = await subscribed();
    const first = await rotate({ idempotencyKey: 'k' });
    const second = await rotate({ idempotencyKey: 'k' });
    expect(first.secret).not.toBeNull();
    expect(second).toMatchObject({ secret: null, endpoint: { version: first.endpoint.version } });
  });

  it('sealed under another key of the server delays the delivery instead of losing it', async () => {
    const { happens, deliveries, made, receiver } = await subscribed();
    const sealed = openSecrets(Buffer.alloc(32, 7)).seal('whsec_AAAA', `webhook:${made.id}`);
    await office.db.prisma.webhookEndpoint.updateMany({
      where: { id: made.id },
      data: { sealedSecret: sealed },
    });
    await happens();
    expect(receiver.letters).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'PENDING', failure: 'RENDERING_FAILED' }]);
  });
});
