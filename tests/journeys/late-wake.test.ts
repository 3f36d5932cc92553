// A process dies with a webhook stored and not yet stepped; the hour at which the call wanted to be woken passes
// meanwhile. What the carrier has told counts, not the silence.
import { expect, it } from 'vitest';
import { readHead } from '#platform/carrier/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { openTown } from '#tests/support/town.ts';

const clock = turnedClock(new Date());
const town = await openTown({ clock });
const { sandbox } = town;
const { inbox } = town.server.platform;

it('a business whose pick-up waits in the inbox is not hung up on', async () => {
  const tracker = await town.tracker({ ringSeconds: 60 });
  town.business(tracker).is('no-answer');
  // the carrier's own ring limit lies far beyond the test
  sandbox.clock.setSpeed(1);
  const { sessionId } = town.caller().dials(tracker);
  const rings = await town.until('the business rings', () =>
    sandbox
      .deliveries()
      .map(({ webhook }) => webhook as typeof webhook & { payload: Record<string, string> })
      .find(
        ({ event_type: kind, payload }) =>
          kind === 'call.initiated' &&
          payload.direction === 'outgoing' &&
          payload.call_session_id === sessionId,
      ),
  );
  const ringing = await town.until('the server knows that it rings', async () => {
    const waiting = await town.server.platform.db.prisma.carrierEvent.findFirst({
      where: { id: rings.id, state: 'DONE' },
    });
    return waiting && town.sees('CALL_RINGING');
  });

  const later = new Date(clock.now('').getTime() + 3_600_000);
  const pickedUp = { data: { ...rings, id: 'picked-up', event_type: 'call.answered' } };
  await inbox.store(town.accountId, readHead(pickedUp), JSON.stringify(pickedUp), later);
  clock.set(later);

  const dial = await town.until('the ringing has come to an end', async () => {
    const { steps } = await town.call(ringing.call.id);
    return steps.find(
      (step: { name: string; endedAt: string | null }) => step.name === 'dial' && step.endedAt,
    );
  });
  expect(dial.outcome).toBe('answered');
});
