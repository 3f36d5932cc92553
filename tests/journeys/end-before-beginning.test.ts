// A call whose end is told long before its beginning, as after an outage: what waited in vain for the first event of its
// session is taken up when that comes.
import { expect, it } from 'vitest';
import { readHead } from '#platform/carrier/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { clock, db, inbox } = town.server.platform;
const { accountId } = town;
const tracker = await town.tracker();

it('has ended when the carrier said so', async () => {
  const nowMs = clock.now(accountId).getTime();
  const { from } = town.caller();
  const session = newId();
  const call = {
    ...{ call_control_id: newId(), call_leg_id: newId(), call_session_id: session },
    ...{ direction: 'incoming', from, to: tracker.number },
  };
  const arrives = async (kind: string, atMs: number) => {
    const id = newId();
    const told = {
      data: {
        ...{ id, event_type: kind, occurred_at: new Date(atMs).toISOString() },
        payload: call,
      },
    };
    // long enough ago for the sweep
    await inbox.store(accountId, readHead(told), JSON.stringify(told), new Date(nowMs - 60_000));
    return id;
  };
  const where = (id: string) => ({ accountId_id: { accountId, id } });
  const startedMs = nowMs - 10 * 60_000;

  const end = await arrives('call.hangup', startedMs + 20_000);
  await town.until('it has waited too long', () =>
    db.prisma.carrierEvent.findUnique({ where: { ...where(end), state: 'IGNORED' } }),
  );
  await arrives('call.initiated', startedMs);
  const ended = await town.endedCall(from);
  expect(ended.durationSeconds).toBe(20);
  expect(await db.prisma.carrierEvent.findUnique({ where: where(end) })).toMatchObject({
    state: 'DONE',
  });
});
