// A carrier that answers everything but one kind of command: what stands behind that one in its lane is sent in time all
// the same. The machine says what is wanted and when; the lanes run over a real database and a hand-turned clock.
import { expect, it } from 'vitest';
import { deadlineOf } from '#domains/calls/deadlines.ts';
import {
  type CarrierCommand,
  CarrierUnreachable,
  openCommandLanes,
} from '#platform/carrier/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { stableId } from '#platform/ids/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { at, event, Line } from './telephone.ts';

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
/** how long the adapter waits for an answer */
const TIMEOUT_MS = 5_000;
const { db } = await freshDatabase();

/** What became of the commands that a call wanted for its caller's leg from a moment on. */
async function outcomes(line: Line, fromSeconds: number, silent: CarrierCommand['kind'][]) {
  const clock = turnedClock(at(fromSeconds));
  const became: [string, string][] = [];
  const later: { ms: number; run: () => Promise<void> }[] = [];
  const lanes = openCommandLanes({
    db,
    now: () => clock.now(ACCOUNT),
    later: (ms, run) => later.push({ ms, run }),
    send: async (_accountId, { kind }) => {
      if (!silent.includes(kind)) return {};
      clock.advance(TIMEOUT_MS);
      throw new CarrierUnreachable('timed out');
    },
    settled: async ({ accountId, id, command }, result) => {
      await db.transaction((tx) => lanes.settle(tx, accountId, id, result));
      became.push([command.kind, result.outcome]);
    },
  });
  const subject = `call:${crypto.randomUUID()}`;
  const rows = line.wanted
    .filter(({ lane, seconds }) => lane === 'caller' && seconds >= fromSeconds)
    .map(({ n, lane, command, seconds }) => ({
      id: stableId(subject, n),
      subject,
      lane,
      n,
      command,
      createdAt: at(seconds),
      deadlineAt: deadlineOf(command, at(seconds)),
    }));
  await db.transaction((tx) => lanes.write(tx, ACCOUNT, rows));
  await lanes.run(ACCOUNT, subject);
  for (let next = later.shift(); next; next = later.shift()) {
    clock.advance(next.ms);
    await next.run();
  }
  return became;
}

/** The business picks up at 9 s. */
const pickedUp = (plan: ConstructorParameters<typeof Line>[0] = {}) =>
  new Line(plan).hears(
    event('answered', 1),
    event('spoken', 5, { step: 'greeting' }),
    event('initiated', 6, { leg: 'destination', step: 'dial' }),
    event('answered', 9, { leg: 'destination', step: 'dial' }),
  );
const whispered = () =>
  pickedUp().hears(event('spoken', 11, { leg: 'destination', step: 'whisper' }));

it.each([
  ['the start of the recording', ['startRecording'], whispered(), 11, 'bridge'],
  ['the stop of the tone', ['stopPlayback'], pickedUp({ whisper: null }), 9, 'bridge'],
  ['both', ['stopPlayback', 'startRecording'], whispered(), 9, 'bridge'],
  [
    'the stops of both',
    ['stopPlayback', 'stopRecording'],
    whispered().refuses('bridge', 12),
    12,
    'speak',
  ],
] as const)(
  'when the carrier never answers %s, %j, the call goes on',
  async (_what, silent, line, from, last) => {
    const became = await outcomes(line, from, [...silent]);
    expect(became).toEqual([...silent.map((kind) => [kind, 'LAPSED']), [last, 'DONE']]);
  },
);
