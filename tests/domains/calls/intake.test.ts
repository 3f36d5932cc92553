// The intake of a process over a real database; the carrier of each account is what the test says it is.
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openCallIntake } from '#domains/calls/index.ts';
import {
  type CarrierCommand,
  openCommandLanes,
  openInbox,
  readHead,
} from '#platform/carrier/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { DatabaseUnavailable } from '#platform/db/index.ts';
import { openEventLog } from '#platform/events/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const SLOW = '0190a1b2-0000-7000-8000-00000000000a';
const QUICK = '0190a1b2-0000-7000-8000-00000000000b';
const { db } = await freshDatabase();
const log = pino({ level: 'silent' });
const events = await openEventLog({ db, log });
afterAll(() => events.stop());
const clock = turnedClock(new Date('2026-03-02T15:00:00Z'));
const inbox = openInbox(db, secrets, log);

type Send = (command: CarrierCommand) => Promise<object>;

/** An intake whose accounts have these carriers. */
function openIntake(lines: Record<string, Send>, given: { db?: unknown } = {}) {
  const carriers = {
    of: async (accountId: string) => ({ send: lines[accountId] as Send }),
  };
  return openCallIntake({ db, events, clock, log, inbox, carriers, ...given } as never);
}

beforeEach(async () => {
  await db.prisma.carrierCommand.deleteMany();
  await db.prisma.carrierEvent.deleteMany();
});

/** Writes a hang-up for a leg that is nobody's call, as a declined caller's. */
async function want(accountId: string, leg: string, n = 0): Promise<void> {
  const unused = () => Promise.reject(new Error('not here'));
  const lanes = openCommandLanes({
    db,
    now: () => clock.now(accountId),
    send: unused,
    settled: unused,
    later: () => {},
  });
  const createdAt = clock.now(accountId);
  const command = {
    id: crypto.randomUUID(),
    subject: `session:${leg}`,
    lane: 'caller',
    n,
    command: { kind: 'hangUp' as const, leg, tag: { callId: 'none', leg: 'caller', step: 'end' } },
    createdAt,
    deadlineAt: new Date(createdAt.getTime() + 60_000),
  };
  await db.transaction((tx) => lanes.write(tx, accountId, [command]));
}

const states = async (accountId: string) => {
  const where = { accountId, state: 'WAITING' as const };
  return db.prisma.carrierCommand.count({ where });
};

describe('a sweep', () => {
  it('is not held up by a carrier that does not answer: others are swept again and again', async () => {
    let answer = (_value: object) => {};
    const sent: string[] = [];
    const intake = openIntake({
      [SLOW]: () => new Promise((resolve) => (answer = resolve)),
      [QUICK]: async ({ leg }) => {
        sent.push(leg);
        return {};
      },
    });
    await want(SLOW, 'silent');
    await want(QUICK, 'first');
    await intake.sweeps.commands();
    await expect.poll(() => sent).toEqual(['first']);
    await want(QUICK, 'second');
    await intake.sweeps.commands();
    await expect.poll(() => sent).toEqual(['first', 'second']);
    expect(await states(SLOW)).toBe(1);
    answer({});
    await intake.stop();
    expect(await states(SLOW)).toBe(0);
  });
});

describe('events of a session', () => {
  const body = (id: string, kind: string, more: object = {}) => ({
    data: {
      id,
      event_type: kind,
      occurred_at: clock.now(SLOW).toISOString(),
      payload: {
        call_control_id: 'control-1',
        call_leg_id: 'leg-1',
        call_session_id: 'session-1',
        ...more,
      },
    },
  });
  const arrives = (id: string, kind: string, more?: object) => {
    const told = body(id, kind, more);
    return inbox.store(SLOW, readHead(told), JSON.stringify(told), clock.now(SLOW));
  };
  const stored = (id: string) =>
    db.prisma.carrierEvent.findUniqueOrThrow({ where: { accountId_id: { accountId: SLOW, id } } });
  const toNobody = { direction: 'incoming', from: '+14155550134', to: '+14155550199' };

  it('are stored while more sessions wait for their step than there are connections', async () => {
    const intake = openIntake({ [SLOW]: async () => ({}) });
    const callers = Array.from(
      { length: 3 * (db.pool.options.max ?? 0) },
      (_, n) => `session-${n}`,
    );
    const arrivesFrom = (session: string) =>
      arrives(session, 'call.initiated', { ...toNobody, call_session_id: session });
    await Promise.all(callers.map(arrivesFrom));
    let taken: unknown;
    await db.transaction(async (tx) => {
      await events.lock(
        tx,
        SLOW,
        callers.map((session) => `session:${session}`),
      );
      taken = Promise.all(callers.map((session) => intake.take(SLOW, session)));
      expect(await arrivesFrom('one-more')).toBe(true);
    });
    await taken;
    expect(await db.prisma.carrierEvent.count({ where: { state: 'RECEIVED' } })).toBe(1);

    // those that have not had their turn when the process stops are left to the next one, as if they had not been looked at
    let more: unknown;
    await db.transaction(async (tx) => {
      const late = callers.map((session) => `late-${session}`);
      await Promise.all(late.map(arrivesFrom));
      await events.lock(
        tx,
        SLOW,
        late.map((session) => `session:${session}`),
      );
      for (const session of late) void intake.take(SLOW, session);
      more = intake.stop();
    });
    await more;
    const left = {
      where: { state: 'RECEIVED' as const, id: { startsWith: 'late-' }, attempts: 0 },
    };
    expect(await db.prisma.carrierEvent.count(left)).toBe(callers.length);
  });

  it('are not counted as failed when sending what follows from them breaks', async () => {
    const intake = openIntake({
      [SLOW]: async () => {
        await arrives('later', 'call.hangup');
        throw new Error('no carrier');
      },
    });
    await arrives('first', 'call.initiated', toNobody);
    await intake.take(SLOW, 'session-1');
    expect(await stored('first')).toMatchObject({ state: 'IGNORED' });
    expect(await stored('later')).toMatchObject({ state: 'RECEIVED', attempts: 0, error: null });
    await intake.stop();
  });

  it('are not counted as failed while the database cannot be reached', async () => {
    const transaction = () => Promise.reject(new DatabaseUnavailable(new Error('gone')));
    const intake = openIntake({}, { db: { ...db, transaction } });
    await arrives('first', 'call.initiated', toNobody);
    await intake.take(SLOW, 'session-1');
    expect(await stored('first')).toMatchObject({ state: 'RECEIVED', attempts: 0 });
    await intake.stop();
  });

  it('that break their step are tried again with growing pauses, then kept as FAILED', async () => {
    const transaction = () => Promise.reject(new Error('the step broke'));
    const intake = openIntake({}, { db: { ...db, transaction } });
    await arrives('first', 'call.initiated', toNobody);
    const pauses: number[] = [];
    clock.advance(3_000);
    for (let event = await stored('first'); event.state === 'RECEIVED'; ) {
      await intake.sweeps.sessions();
      const { attempts } = event;
      await expect.poll(async () => (await stored('first')).attempts).toBe(attempts + 1);
      event = await stored('first');
      const pauseMs = (event.nextTryAt?.getTime() ?? 0) - clock.now(SLOW).getTime();
      clock.advance(pauseMs - 1);
      expect(await inbox.leftover('call', clock.now(SLOW), 10)).toEqual([]);
      clock.advance(1);
      pauses.push(pauseMs / 1_000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expect(await stored('first')).toMatchObject({ state: 'FAILED', error: expect.any(String) });
    await intake.stop();
  });

  it('whose first event has not come are looked at again after 5 s, not each second', async () => {
    const intake = openIntake({});
    await arrives('second', 'call.answered');
    await intake.take(SLOW, 'session-1');
    clock.advance(4_999);
    expect(await inbox.leftover('call', clock.now(SLOW), 10)).toEqual([]);
    clock.advance(1);
    expect(await inbox.leftover('call', clock.now(SLOW), 10)).toHaveLength(1);
    await intake.stop();
  });
});
