// One live presence a person: claimed, kept by heartbeats, taken over while it is idle, lost to the millisecond.
import { parse, subscribe } from 'graphql';
import { describe, expect, it } from 'vitest';
import { expirePresencesHandler } from '#domains/agents/index.ts';
import { schema } from '#schema';
import { decodeGlobalId } from '#values/global-id.ts';
import { deviceOf, openLeadCenter } from './lead-center.ts';

const center = await openLeadCenter();
const { clock } = center;
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map((e) => e.code);
const idOf = (globalId: string) => decodeGlobalId(globalId)?.id;
const PRESENCE = '{ agents(first: 10) { nodes { presence } } }';

describe('a seat', () => {
  it('is held by one device for 45 s after its last heartbeat, to the millisecond', async () => {
    const { sits, viewer: admin, accountId } = await center.settle();
    const { viewer } = await sits();
    const phone = deviceOf(center, viewer);
    const seen = async () => (await center.ask(admin, PRESENCE)).agents.nodes[0].presence;
    expect(await seen()).toBe('OFFLINE');
    const now = clock.now(accountId).getTime();
    expect(await phone.claims()).toMatchObject({
      agent: { presence: 'AVAILABLE' },
      lease: { expiresAt: new Date(now + 45_000).toISOString(), heartbeatSeconds: 15 },
    });
    clock.advance(44_999);
    expect(codes(await phone.renews())).toEqual([]);
    clock.advance(44_999);
    expect(await seen()).toBe('AVAILABLE');
    clock.advance(1);
    expect(await seen()).toBe('OFFLINE');
    const late = await phone.renews();
    expect(late).toMatchObject({
      lease: null,
      userErrors: [{ code: 'WRONG_STATE', field: ['leaseId'] }],
    });
    expect(codes(await phone.sets('AWAY'))).toEqual(['WRONG_STATE']);
  });

  it('goes to one of ten devices that claim it at once, and the others know', async () => {
    const { sits, told } = await center.settle();
    const { viewer } = await sits();
    const devices = Array.from({ length: 10 }, () => deviceOf(center, viewer));
    await Promise.all(devices.map((device) => device.claims()));
    const answers = await Promise.all(devices.map((device) => device.renews()));
    expect(answers.flatMap(codes)).toEqual(Array(9).fill('SEAT_IN_USE'));
    const winner = devices[answers.findIndex((answer) => codes(answer).length === 0)];
    const events = await told('agent.presence_changed');
    expect(events.map(({ reason }) => reason)).toEqual(['CLAIMED', ...Array(9).fill('TAKEN_OVER')]);
    const replaced = events.flatMap(({ replacedLeaseId }) => replacedLeaseId ?? []);
    const losers = devices.filter((device) => device !== winner);
    expect(replaced.sort()).toEqual(losers.map((device) => idOf(device.leaseId())).sort());
    expect(events.map(({ subjectVersion }) => subjectVersion)).toEqual(
      Array.from({ length: 10 }, (_, n) => n + 2),
    );
  });

  it('is taken over while idle, not while busy; the same device again goes on', async () => {
    const { sits, accountId } = await center.settle();
    const { viewer } = await sits();
    const [phone, desk] = [deviceOf(center, viewer, 'phone'), deviceOf(center, viewer, 'desk')];
    await phone.claims();
    await phone.sets('AWAY', { awayReason: 'Lunch' });
    await desk.claims();
    expect(codes(await phone.renews())).toEqual(['SEAT_IN_USE']);
    expect(codes(await phone.leaves())).toEqual(['SEAT_IN_USE']);
    expect((await desk.sets('BUSY')).agent).toEqual({ presence: 'BUSY', awayReason: null });
    clock.advance(1_000);
    const refused = await phone.claims();
    const retryAt = new Date(clock.now(accountId).getTime() + 44_000).toISOString();
    expect(refused).toMatchObject({ agent: null, userErrors: [{ code: 'SEAT_IN_USE', retryAt }] });
    const again = deviceOf(center, viewer, 'desk');
    expect((await again.claims()).agent.presence).toBe('BUSY');
    expect(codes(await desk.renews())).toEqual(['SEAT_IN_USE']);
    clock.advance(45_000);
    expect((await phone.claims()).agent.presence).toBe('AVAILABLE');
  });

  it('is left, lost or taken away, which is told once', async () => {
    const job = { id: 'a-job', attempt: 1, signal: new AbortController().signal };
    const sweep = () => expirePresencesHandler(center as never).run({}, job);
    // what other tests left behind
    clock.advance(45_000);
    await sweep();
    const { sits, told, viewer: admin } = await center.settle();
    const [left, lost, removed] = [await sits(), await sits(), await sits()];
    const [first, second, third] = [left, lost, removed].map(({ viewer }) =>
      deviceOf(center, viewer),
    );
    await first?.claims();
    expect(await first?.leaves()).toMatchObject({ agent: { presence: 'OFFLINE' }, lease: null });
    expect(codes(await first?.renews())).toEqual(['WRONG_STATE']);
    await third?.claims();
    const input = { agentId: removed.agentId };
    const { agent } = await center.change(
      admin,
      'removeAgent',
      input,
      'agent { hasSeat presence }',
    );
    expect(agent).toEqual({ hasSeat: false, presence: 'OFFLINE' });
    expect(codes(await third?.renews())).toEqual(['WRONG_STATE']);
    await second?.claims();
    await second?.sets('AVAILABLE');
    clock.advance(44_999);
    expect(await sweep()).toBe('expired 0');
    clock.advance(1);
    expect((await Promise.all([sweep(), sweep()])).sort()).toEqual(['expired 0', 'expired 1']);
    expect(await sweep()).toBe('expired 0');
    const reasons = (await told('agent.presence_changed')).map((event) => event.reason);
    expect(reasons).toEqual(['CLAIMED', 'LEFT', 'CLAIMED', 'SEAT_REMOVED', 'CLAIMED', 'EXPIRED']);
  });
});

it('a device that is replaced hears it, also one of an agent who is kept to a company', async () => {
  const { sits, companyId } = await center.settle();
  const { viewer } = await sits({ companyIds: [companyId] });
  const [phone, desk] = [deviceOf(center, viewer), deviceOf(center, viewer)];
  await phone.claims();
  const document = parse('subscription { ownPresence { leaseId presence reason } }');
  const contextValue = {
    ...{ platform: center, viewer, recheckEveryMs: 60_000 },
    recheck: async () => viewer,
  };
  const heard = (await subscribe({ schema, document, contextValue })) as AsyncGenerator<object>;
  await desk.claims();
  const { value } = await heard.next();
  expect(JSON.parse(JSON.stringify(value))).toEqual({
    data: {
      ownPresence: { leaseId: desk.leaseId(), presence: 'AVAILABLE', reason: 'TAKEN_OVER' },
    },
  });
  await heard.return(undefined);
});

it('what is said of oneself is checked', async () => {
  const { sits, joins } = await center.settle();
  const { viewer } = await sits();
  const phone = deviceOf(center, viewer);
  await phone.claims();
  const wrong = await phone.sets('BUSY', { awayReason: 'Lunch' });
  expect(wrong.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['awayReason'] }]);
  const nameless = await center.change(viewer, 'claimPresence', { deviceId: ' ' }, 'lease { id }');
  expect(nameless.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['deviceId'] }]);
  const { viewer: seatless } = await joins();
  const none = await deviceOf(center, seatless).claims();
  expect(none.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  const key = { ...viewer, actor: { kind: 'key' as const, id: 'a-key' } };
  await expect(deviceOf(center, key).claims()).rejects.toThrow('Only a person');
});
