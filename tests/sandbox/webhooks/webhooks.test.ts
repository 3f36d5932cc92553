// Webhooks: signatures that the real SDK accepts, retries and failover on the clock, and disorder that a seed repeats.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChaosProfile, planDelivery } from '#sandbox/webhooks/chaos.ts';
import { buildTown, type Town } from '../support/town.ts';

const CALLER = '+13125550155';
let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

const ring = () => town.sandbox.call({ from: CALLER, to: town.number });
const attempts = () => town.receiver.hooks.map(({ path, body }) => `${body.meta.attempt} ${path}`);

async function setFailover() {
  await town.telnyx.callControlApplications.update(town.connectionId, {
    application_name: 'Switchboard',
    webhook_event_url: `${town.receiver.url}/hooks`,
    webhook_event_failover_url: `${town.receiver.url}/failover`,
    webhook_timeout_secs: 1,
  });
}

describe('the signature', () => {
  it('is accepted by the SDK, and not for a changed body', async () => {
    const leg = ring();
    const hook = await town.receiver.once('call.initiated');
    const event = await town.telnyx.webhooks.unwrap(hook.raw, { headers: hook.headers });
    expect(event).toMatchObject({
      data: { event_type: 'call.initiated', payload: { call_leg_id: leg.legId } },
    });
    expect(Buffer.from(town.sandbox.publicKey, 'base64')).toHaveLength(32);
    expect(hook.headers['user-agent']).toBe('telnyx-webhooks');
    const changed = hook.raw.replace(CALLER, '+13125550156');
    await expect(town.telnyx.webhooks.unwrap(changed, { headers: hook.headers })).rejects.toThrow();
  });

  it('carries real time even when the sandbox lives in another year', async () => {
    await town.leave();
    town = await buildTown({ startMs: Date.UTC(2031, 0, 1) });
    ring();
    const hook = await town.receiver.once('call.initiated');
    expect(hook.body.data.occurred_at).toBe('2031-01-01T00:00:00.000Z');
    expect(Math.abs(Number(hook.headers['telnyx-timestamp']) - Date.now() / 1000)).toBeLessThan(5);
    await expect(
      town.telnyx.webhooks.unwrap(hook.raw, { headers: hook.headers }),
    ).resolves.toBeDefined();
  });
});

describe('delivery', () => {
  it.each([408, 429, 500, 503])(
    'is tried again after %i, twice at the first URL, then at the failover',
    async (status) => {
      await setFailover();
      town.receiver.answers.push(status, status, status);
      ring();
      await town.sandbox.clock.advance(60_000);
      expect(attempts()).toEqual(['1 /hooks', '2 /hooks', '3 /failover', '4 /failover']);
      expect(new Set(town.receiver.hooks.map((hook) => hook.body.data.id)).size).toBe(1);
      expect(town.receiver.hooks[2]?.body.meta.delivered_to).toBe(`${town.receiver.url}/failover`);
      const log = town.sandbox.deliveries()[0];
      expect(log?.status).toBe('delivered');
      expect(log?.attempts.map((one) => one.status)).toEqual([status, status, status, 200]);
    },
  );

  it.each([400, 401, 404, 422])('is given up after %i', async (status) => {
    town.receiver.answers.push(status);
    ring();
    await town.sandbox.clock.advance(60_000);
    expect(attempts()).toEqual(['1 /hooks']);
    expect(town.sandbox.deliveries()[0]?.status).toBe('failed');
  });

  it('is given up after five attempts', async () => {
    town.receiver.answers.push(500, 500, 500, 500, 500, 500);
    ring();
    await town.sandbox.clock.advance(90_000);
    expect(attempts()).toHaveLength(5);
    expect(town.sandbox.deliveries()[0]?.status).toBe('failed');
  });

  it('is tried again when the receiver hangs or is gone', async () => {
    await setFailover();
    town.receiver.answers.push('hang');
    ring();
    await town.sandbox.clock.advance(2_000);
    expect(attempts()).toEqual(['1 /hooks', '2 /hooks']);
    expect(town.sandbox.deliveries()[0]?.attempts[0]).toMatchObject({ status: null });
  });
});

describe('chaos', () => {
  const WILD: ChaosProfile = {
    reorderWindowMs: 3_000,
    delayMs: 100,
    duplicateProbability: 0.4,
    dropFirstAttemptProbability: 0.3,
  };

  it('is decided by the seed and the place of an event alone', () => {
    const plans = (seed: number) =>
      Array.from({ length: 50 }, (_, index) => planDelivery(WILD, seed, `1:1:${index}`));
    expect(plans(3)).toEqual(plans(3));
    expect(plans(3)).not.toEqual(plans(4));
    expect(plans(3).filter((plan) => plan.duplicateMs !== null).length).toBeGreaterThan(10);
    expect(plans(3).filter((plan) => plan.dropFirst).length).toBeGreaterThan(7);
  });

  async function storm(seed: number): Promise<string[]> {
    await town.leave();
    town = await buildTown({ seed });
    const { sandbox, telnyx, receiver } = town;
    sandbox.chaos({ profile: WILD });
    const leg = ring();
    await telnyx.calls.actions.answer(leg.callControlId, {});
    for (const payload of ['One.', 'Two.', 'Three.']) {
      await telnyx.calls.actions.speak(leg.callControlId, { payload, voice: 'female' });
    }
    await sandbox.clock.advance(3_000);
    await telnyx.calls.actions.hangup(leg.callControlId, {});
    await sandbox.clock.advance(20_000);
    return receiver.hooks
      .map(
        ({ body }) =>
          `${body.data.event_type} ${body.data.occurred_at.slice(20)} ${body.meta.attempt}`,
      )
      .map((line) => line.replace(/ \d+Z/, ''));
  }

  it('repeats a whole call in the same disorder for the same seed', async () => {
    const first = await storm(11);
    expect(await storm(11)).toEqual(first);
    expect(await storm(12)).not.toEqual(first);
    const calm = ['call.initiated', 'call.answered', 'call.speak.started', 'call.speak.ended'];
    expect(first.slice(0, 4).map((line) => line.split(' ')[0])).not.toEqual(calm);
    expect(new Set(town.receiver.hooks.map((hook) => hook.body.data.id)).size).toBe(9);
  });

  it('can be set for one application and leaves the others calm', async () => {
    town.sandbox.chaos({ connectionId: 'another', profile: WILD });
    ring();
    await town.sandbox.settled();
    expect(town.receiver.types()).toEqual(['call.initiated']);
  });
});
