// The lanes of our commands, over a real database and a hand-turned clock; the carrier is what each test says it is.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CarrierCommand,
  CarrierRefused,
  CarrierUnreachable,
  type CommandResult,
  openCommandLanes,
} from '#platform/carrier/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { stableId } from '#platform/ids/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const SUBJECT = 'call:0190a1b2-0000-7000-8000-000000000001';
const { db } = await freshDatabase();
const clock = turnedClock(new Date('2026-03-02T15:00:00Z'));

type Answer = () => Promise<object> | object;

/** Lanes of one process, with a carrier that gives these answers in turn, then takes everything. */
function openProcess(...answers: Answer[]) {
  const sent: { id: string; kind: string }[] = [];
  const heard: { id: string; result: CommandResult }[] = [];
  const later: { ms: number; run: () => Promise<void> }[] = [];
  const lanes = openCommandLanes({
    db,
    now: () => clock.now(ACCOUNT),
    later: (ms, run) => later.push({ ms, run }),
    send: async (_accountId, command, id) => {
      sent.push({ id, kind: command.kind });
      return (await answers.shift()?.()) ?? {};
    },
    settled: async ({ accountId, id }, result) => {
      await db.transaction(async (tx) => {
        if (await lanes.settle(tx, accountId, id, result)) heard.push({ id, result });
      });
    },
  });
  /** Turns the clock to each further try and makes it. */
  const goOn = async () => {
    for (let next = later.shift(); next; next = later.shift()) {
      clock.advance(next.ms);
      await next.run();
    }
  };
  return { lanes, sent, heard, later, goOn, run: () => lanes.run(ACCOUNT, SUBJECT) };
}
type Process = ReturnType<typeof openProcess>;

async function want(
  { lanes }: Process,
  kinds: [lane: string, kind: CarrierCommand['kind']][],
  deadlineSeconds = 60,
): Promise<string[]> {
  const createdAt = clock.now(ACCOUNT);
  const commands = kinds.map(([lane, kind], n) => ({
    id: stableId(SUBJECT, kind, n),
    subject: SUBJECT,
    lane,
    n,
    command: {
      kind,
      leg: `leg-${lane}`,
      tag: { callId: 'c', leg: lane, step: kind },
    } as CarrierCommand,
    createdAt,
    deadlineAt: new Date(createdAt.getTime() + deadlineSeconds * 1_000),
  }));
  await db.transaction((tx) => lanes.write(tx, ACCOUNT, commands));
  return commands.map((one) => one.id);
}
const unreachable = () => Promise.reject(new CarrierUnreachable('no answer'));
const refuse = (code: string) => () => Promise.reject(new CarrierRefused(422, code, 'Not today.'));

beforeEach(() => db.prisma.carrierCommand.deleteMany());

describe('a lane', () => {
  it('sends its commands in order, each once, and tells their owner', async () => {
    const one = openProcess();
    const ids = await want(one, [
      ['caller', 'answer'],
      ['caller', 'speak'],
      ['caller', 'hangUp'],
    ]);
    await one.run();
    expect(one.sent.map(({ id }) => id)).toEqual(ids);
    expect(one.heard.map(({ result }) => result.outcome)).toEqual(['DONE', 'DONE', 'DONE']);
    await one.run();
    expect(one.sent).toHaveLength(3);
  });

  it('writes a command that a step wants twice only once', async () => {
    const one = openProcess();
    await want(one, [['caller', 'answer']]);
    await want(one, [['caller', 'answer']]);
    await one.run();
    expect(one.sent).toHaveLength(1);
  });

  it('goes on after a refusal, which its owner hears with the carrier’s words', async () => {
    const one = openProcess(refuse('90018'));
    await want(one, [
      ['caller', 'speak'],
      ['caller', 'hangUp'],
    ]);
    await one.run();
    expect(one.heard.map(({ result }) => result)).toEqual([
      { outcome: 'REFUSED', reason: 'ended', detail: 'Not today.' },
      { outcome: 'DONE', answer: {} },
    ]);
  });

  it('is not held up by another lane that waits for an answer', async () => {
    let answer = (_value: object) => {};
    const one = openProcess(() => new Promise<object>((resolve) => (answer = resolve)));
    await want(one, [
      ['a-caller', 'speak'],
      ['b-destination', 'dial'],
      ['b-destination', 'hangUp'],
    ]);
    const running = one.run();
    await expect.poll(() => one.heard.length).toBe(2);
    expect(one.sent.map(({ kind }) => kind).sort()).toEqual(['dial', 'hangUp', 'speak']);
    answer({});
    await running;
    expect(one.heard).toHaveLength(3);
  });

  it('keeps its order while the first command waits for another try', async () => {
    const one = openProcess(unreachable);
    const [first, second] = await want(one, [
      ['caller', 'speak'],
      ['caller', 'hangUp'],
    ]);
    await one.run();
    await one.run();
    expect(one.sent.map(({ id }) => id)).toEqual([first]);
    await one.goOn();
    expect(one.sent.map(({ id }) => id)).toEqual([first, first, second]);
  });
});

describe('a command without an answer', () => {
  it('is sent again under its id, with growing pauses, and lapses within 45 s of its first try', async () => {
    const one = openProcess(...Array.from({ length: 30 }, () => unreachable));
    const [id] = await want(one, [['caller', 'speak']], 600);
    const began = clock.now(ACCOUNT).getTime();
    await one.run();
    const pauses: number[] = [];
    for (let next = one.later.shift(); next; next = one.later.shift()) {
      pauses.push(next.ms);
      clock.advance(next.ms);
      await next.run();
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(new Set(one.sent.map((each) => each.id))).toEqual(new Set([id]));
    expect(one.heard).toMatchObject([{ result: { outcome: 'LAPSED' } }]);
    expect(clock.now(ACCOUNT).getTime() - began).toBeLessThanOrEqual(45_000);
    expect(one.sent.length).toBeGreaterThan(5);
  });

  it.each([
    [10_000, ['speak'], 'DONE'],
    [10_001, [], 'LAPSED'],
  ] as const)(
    'that nobody came to send for %i ms of the 10,000 to its deadline: sent %j, %s',
    async (ms, sent, outcome) => {
      const one = openProcess();
      await want(one, [['caller', 'speak']], 10);
      clock.advance(ms);
      await one.run();
      expect(one.sent.map(({ kind }) => kind)).toEqual(sent);
      expect(one.heard).toMatchObject([{ result: { outcome } }]);
    },
  );

  it.each([
    [45_000, ['dial'], 'DONE'],
    [45_001, [], 'LAPSED'],
  ] as const)(
    '%i ms after its first try, whatever its deadline: sent again %j, %s',
    async (ms, sent, outcome) => {
      const dead = openProcess(unreachable);
      await want(dead, [['caller', 'dial']], 600);
      await dead.run();
      clock.advance(ms);
      const next = openProcess();
      await next.run();
      expect(next.sent.map(({ kind }) => kind)).toEqual(sent);
      expect(next.heard).toMatchObject([{ result: { outcome } }]);
    },
  );

  it('is not tried once more when the pause would end after its deadline', async () => {
    const one = openProcess(unreachable, unreachable, unreachable);
    // pauses of 250 and 750 ms, then 2 s
    await want(one, [['caller', 'speak']], 2.999);
    await one.run();
    await one.goOn();
    expect(one.sent).toHaveLength(3);
    expect(one.heard).toMatchObject([{ result: { outcome: 'LAPSED', detail: 'no answer' } }]);
  });

  it('is tried twice more when it came too early, then refused', async () => {
    const one = openProcess(refuse('90034'), refuse('90034'), refuse('90034'));
    await want(one, [['caller', 'bridge']]);
    await one.run();
    await one.goOn();
    expect(one.sent).toHaveLength(3);
    expect(one.heard).toMatchObject([{ result: { outcome: 'REFUSED', reason: 'early' } }]);
  });
});

describe('several processes', () => {
  it('race for a lane: each command is sent by one of them, in order', async () => {
    const processes = [openProcess(), openProcess(), openProcess()];
    const ids = await want(processes[0] as Process, [
      ['caller', 'answer'],
      ['caller', 'speak'],
      ['caller', 'playRingback'],
      ['caller', 'stopPlayback'],
      ['caller', 'hangUp'],
    ]);
    await Promise.all([...processes, ...processes].map((one) => one.run()));
    const sent = processes.flatMap((one) => one.sent.map(({ id }) => id));
    expect(sent.sort()).toEqual([...ids].sort());
    expect(processes.flatMap((one) => one.heard)).toHaveLength(ids.length);
  });

  it('take over what a dead one had claimed, when its lease is over, under the same id', async () => {
    const dead = openProcess(() => new Promise<object>(() => {}));
    const [id] = await want(dead, [['caller', 'dial']]);
    void dead.run();
    await expect.poll(() => dead.sent.length).toBe(1);
    const heir = openProcess();
    await heir.run();
    expect(heir.sent).toEqual([]);
    expect(await heir.lanes.due(clock.now(ACCOUNT), 10)).toEqual([]);
    clock.advance(7_001);
    expect(await heir.lanes.due(clock.now(ACCOUNT), 10)).toEqual([
      { accountId: ACCOUNT, subject: SUBJECT },
    ]);
    await heir.run();
    expect(heir.sent).toEqual([{ id, kind: 'dial' }]);
    expect(heir.heard).toMatchObject([{ result: { outcome: 'DONE' } }]);
  });
});
