// Webhooks that come late, twice, out of order or at the second attempt: the call comes out as on a calm line. And a
// database that goes away in the middle of a call: the carrier comes again, and nothing is lost.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bareDatabase } from '#tests/support/database.ts';
import { TEMPLATE } from '#tests/support/template.ts';
import { openTown, type TownTracker } from '#tests/support/town.ts';
import { openWire } from '#tests/support/wire.ts';
import { CALM, play, STORM } from './storm.ts';

const wire = await openWire(await bareDatabase(TEMPLATE));
const town = await openTown({ speed: 8, databaseUrl: wire.url });
const { sandbox } = town;

beforeEach(() => sandbox.clock.setSpeed(8));

describe('a storm of webhooks', () => {
  let answering: TownTracker;
  let busy: TownTracker;
  let calm: object[];

  beforeAll(async () => {
    answering = await town.tracker({ recording: true, whisper: 'A call.' });
    busy = await town.tracker({ recording: true, voicemail: true });
    town.business(answering).is('answer');
    town.business(busy).is('busy');
    sandbox.chaos({ profile: CALM });
    calm = [await play(town, answering, 1), await play(town, busy, 1)];
  });

  it('five calls of each kind come out as on a calm line', { timeout: 60_000 }, async () => {
    sandbox.chaos({ profile: STORM });
    const storms = await Promise.all(
      Array.from({ length: 5 }, () => Promise.all([play(town, answering, 1), play(town, busy, 1)])),
    );
    sandbox.chaos({ profile: CALM });
    for (const storm of storms) expect(storm).toEqual(calm);
  });
});

describe('a database that goes away during a call', () => {
  it('loses nothing: the carrier is told 503, comes again, and the call is whole', {
    timeout: 60_000,
  }, async () => {
    const tracker = await town.tracker({ recording: true });
    town.business(tracker).is('answer', { answerAfterSeconds: 10, hangUpAfterSeconds: 200 });
    sandbox.clock.setSpeed(10);
    const caller = town.caller();
    const leg = caller.dials(tracker);
    await town.until('the business rings', () =>
      town.commands(leg, 'dial').some((one) => one.status),
    );
    wire.cut();
    await town.until('the carrier was told 503', () =>
      sandbox.deliveries().some((one) => one.attempts.some((attempt) => attempt.status === 503)),
    );
    wire.mend();
    // a command whose answer could not be written is sent again under its id when its lease of 7 s is over
    await town.sees('CALL_ANSWERED', (e) => e.call.from === caller.from);
    sandbox.clock.setSpeed(100);
    const call = await town.endedCall(caller.from);
    expect(call.outcome).toBe('ANSWERED');
    await town.sees('CALL_RECORDING_READY', (e) => e.call.id === call.id);
    const delivered = sandbox.deliveries().filter((one) => !one.duplicate);
    expect(delivered.filter((one) => one.status === 'failed')).toEqual([]);
    expect(town.commands(leg, 'dial').filter((one) => !one.duplicate)).toHaveLength(1);
    const { recording } = await town.call(call.id);
    expect(recording.state).toBe('READY');
  });
});
