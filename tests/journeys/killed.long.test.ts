// kill -9 of the server at chosen points of a call, beside a carrier that lives on: the call reaches its true end.
import { afterEach, expect, it } from 'vitest';
import { until } from '#tests/support/town.ts';
import { openKilledTown } from './killed-town.ts';

const town = await openKilledTown(4, 'given');
type Leg = ReturnType<typeof town.dial>;
const { server, sandbox } = town;

const theyTalk = (leg: Leg) => town.delivered(leg, 'call.bridged').length > 0;

/** What has just happened when the server is killed. */
const POINTS: Record<string, (leg: Leg) => boolean> = {
  'the first webhook was stored': (leg) => town.delivered(leg, 'call.initiated').length > 0,
  'the command to answer arrived': (leg) => town.commands(leg, 'answer').length > 0,
  'the notice is being spoken': (leg) => town.delivered(leg, 'call.speak.started').length > 0,
  'the notice was spoken': (leg) => town.delivered(leg, 'call.speak.ended').length > 0,
  'the dial arrived': (leg) => town.commands(leg, 'dial').length > 0,
  'the business picked up': (leg) => town.delivered(leg, 'call.answered').length > 1,
  'the connection was asked for': (leg) => town.commands(leg, 'bridge').length > 0,
  'they talk': theyTalk,
  'somebody hung up': (leg) => town.delivered(leg, 'call.hangup').length > 0,
  'the recording was saved': (leg) => town.delivered(leg, 'call.recording.saved').length > 0,
};

// in whatever order the tests run: the whole history replays without a gap and without a repetition
afterEach(async () => {
  const events = await town.history();
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  expect(events.filter((event) => event.type === 'CALL_RINGING').length).toBeGreaterThan(0);
});

it.each(Object.keys(POINTS))('killed when %s', { timeout: 240_000 }, async (point) => {
  const from = `+1415555${String(110 + Object.keys(POINTS).indexOf(point)).padStart(4, '0')}`;
  const leg = town.dial(from);
  await until(point, () => {
    // at the later points the business has had enough as soon as they talk
    if (/hung up|saved/.test(point) && theyTalk(leg)) sandbox.clock.setSpeed(50);
    return POINTS[point]?.(leg);
  });
  await town.outage(() => server.kill());
  // at worst every later webhook was lost too: a call that talks is asked about once a minute, and its recording is looked
  // for half a minute after its end
  await town.expectWhole(leg, from, 200_000);
});

it('killed while the answer to the dial is on its way: it is dialled once', {
  timeout: 90_000,
}, async () => {
  sandbox.faults([{ command: 'dial', delayMs: 3_000 }]);
  const leg = town.dial('+14155550130');
  await until('the dial arrived', () => town.commands(leg, 'dial').length > 0);
  await town.outage(() => server.kill());
  const call = await town.expectWhole(leg, '+14155550130', 60_000);
  expect(call.legs).toHaveLength(2);
});

it('a call that ended while we were down is ended by the carrier’s word', {
  timeout: 240_000,
}, async () => {
  const leg = town.dial('+14155550131');
  await until('they talk', () => theyTalk(leg));
  await server.kill();
  // all attempts at the webhooks are over before we are back
  sandbox.clock.setSpeed(100);
  sandbox.hangUp(leg.callControlId);
  await until('the carrier has given up', () =>
    sandbox.deliveries().every((one) => one.status !== 'pending'),
  );
  await server.start();
  // a call that talks is asked about once a minute, and its recording is looked for half a minute after its end
  const call = await town.expectWhole(leg, '+14155550131', 200_000);
  expect(call.outcome).toBe('ANSWERED');
});
