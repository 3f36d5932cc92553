// Calls that want to be woken though nothing arrived, over a real database and a hand-turned clock.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openCallIntake } from '#domains/calls/index.ts';
import type { CallMachine } from '#domains/calls/machine-state.ts';
import { openInbox } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { at, event, Line } from './telephone.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const town = await openTown();
const { clock, db, events, log } = town;
const { accountId, companyId } = await town.settle();
const line = {
  send: async () => ({}),
  legStatus: async () => ({ alive: true, endedAt: null }),
};
const carriers = { of: async () => line };
const intake = openCallIntake({
  db,
  events,
  clock,
  log,
  inbox: openInbox(db, secrets, log),
  carriers,
} as never);
afterAll(() => intake.stop());
beforeEach(() => db.prisma.call.deleteMany());

/** Writes calls down as they stand. Returns their ids. */
async function going(machines: CallMachine[]): Promise<string[]> {
  const ids = machines.map(() => randomUUID());
  const occurredAt = at(0);
  await db.prisma.interaction.createMany({
    data: ids.map((id) => ({ accountId, id, kind: 'CALL', companyId, occurredAt })),
  });
  await db.prisma.call.createMany({
    data: machines.map((machine, n) => {
      const id = ids[n] as string;
      return {
        ...{ accountId, id, companyId, carrierSessionId: id, startedAt: occurredAt },
        ...{ direction: 'INBOUND', state: 'RINGING', to: '+12125550101' },
        ...{ firstCall: true, priorCalls: 0, machine: machine as object },
        wakeAt: machine.wakeAt && new Date(machine.wakeAt),
      };
    }),
  });
  return ids;
}
const stored = (id: string) =>
  db.prisma.call.findUniqueOrThrow({ where: { accountId_id: { accountId, id } } });

/** A call whose state this version cannot step. */
const unreadable = (): CallMachine => {
  const { machine } = new Line().hears(
    event('answered', 1),
    event('spoken', 5, { step: 'greeting' }),
  );
  return { ...machine, wakeAt: at(30).toISOString(), steps: null as never };
};

/** Looks again and again, until a look finds what is awaited. */
const sweepUntil = (look: () => Promise<boolean>) =>
  expect
    .poll(
      async () => {
        if (await look()) return true;
        await intake.sweeps.wakes();
        return false;
      },
      { timeout: 20_000 },
    )
    .toBe(true);

it('a call whose waking fails is woken again after growing pauses', async () => {
  const [id = ''] = await going([unreadable()]);
  const pauses: number[] = [];
  clock.set(at(31));
  while (pauses.length < 11) {
    const now = clock.now(accountId);
    let next = now;
    await sweepUntil(async () => {
      next = (await stored(id)).wakeAt as Date;
      return next > now;
    });
    pauses.push((next.getTime() - now.getTime()) / 1_000);
    clock.set(next);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

it('a hundred calls whose waking fails each time do not stand before the others', async () => {
  await going(Array.from({ length: 100 }, unreadable));
  const [well = ''] = await going([{ ...new Line().machine, wakeAt: at(40).toISOString() }]);
  clock.set(at(41));
  await sweepUntil(async () => (await stored(well)).wakeAt?.getTime() !== at(40).getTime());
  expect((await stored(well)).machine).toMatchObject({ overdue: true });
});
