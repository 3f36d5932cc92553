// Orders and returns against the carrier, in any order, with answers lost and requests failing: whatever happens, at the
// end our word on a number is the carrier's, nothing was bought twice, and each change was told once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { giveBackNumber } from '#domains/numbers/give-back-number.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { nextStatus } from '#domains/numbers/number-machine.ts';
import { releasePhoneNumber } from '#domains/numbers/release-number.ts';
import { placeNumberOrder, settleNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { disableTracker } from '#domains/numbers/update-tracker.ts';
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

/** the request never arrives, or its answer is lost, or all is well */
type Luck = 'well' | 'lost before' | 'lost after' | 'locked';
const luck = fc.constantFrom<Luck>('well', 'well', 'lost before', 'lost after', 'locked');
const step = fc.oneof(
  fc.record({ do: fc.constantFrom('order', 'settle', 'give back'), luck }),
  fc.record({ do: fc.constantFrom('fill', 'release', 'twice') }),
);
type Step = { do: string; luck?: Luck };

const FACTS = ['FILLED', 'NOT_FILLED', 'RELEASE_ASKED', 'RELEASE_DONE', 'RELEASE_REFUSED'] as const;
const follows = (from: PhoneNumberStatus, to: PhoneNumberStatus) =>
  FACTS.some((fact) => nextStatus(from, fact) === to);

async function lineOf(fate: Luck) {
  const line = await depot.line();
  const suffer = async <T>(request: () => Promise<T>): Promise<T> => {
    if (fate === 'lost before') throw new CarrierUnreachable('It never arrived.');
    const answer = await request();
    if (fate === 'lost after') throw new CarrierUnreachable('The answer was lost.');
    return answer;
  };
  const shaky: NumberInventory = {
    ...line,
    orderNumber: (number, reference) => suffer(() => line.orderNumber(number, reference)),
    configureNumber: (id, settings) => suffer(() => line.configureNumber(id, settings)),
    releaseNumber: (id) =>
      suffer(() => {
        if (fate === 'locked') throw new CarrierRefused(422, '10015', 'Locked.');
        return line.releaseNumber(id);
      }),
  };
  return { ...depot, carriers: { of: async () => shaky } };
}

const unlucky = (error: unknown) => {
  if (!(error instanceof CarrierUnreachable)) throw error;
};

it('ends as the carrier has it, bought once, told once', async () => {
  const run = async (steps: Step[], sold: boolean) => {
    const { create, numberOf, viewer, accountId, told } = await depot.settle();
    const number = sold ? {} : { number: { phoneNumber: '+19075550111' } };
    const tracker = await create(number);
    const { id: phoneNumberId, number: e164 } = await numberOf(tracker.id);
    await disableTracker(depot, viewer, { trackerId: tracker.id });
    const key = { accountId, phoneNumberId };
    const acts: Record<string, (fate: Luck) => Promise<unknown>> = {
      order: async (fate) => placeNumberOrder(await lineOf(fate), key),
      settle: async (fate) => settleNumberOrder(await lineOf(fate), key),
      'give back': async (fate) => giveBackNumber(await lineOf(fate), key),
      twice: async () => Promise.all([placeNumberOrder(depot, key), giveBackNumber(depot, key)]),
      fill: () => depot.fillOrders(),
      release: () => releasePhoneNumber(depot, viewer, { phoneNumberId }).catch(() => {}),
    };
    for (const one of steps) await acts[one.do]?.(one.luck ?? 'well').catch(unlucky);

    // quiet at last: the jobs come through
    for (let n = 0; n < 2; n += 1) {
      await placeNumberOrder(depot, key);
      await giveBackNumber(depot, key);
      await depot.fillOrders();
      await settleNumberOrder(depot, key);
      await giveBackNumber(depot, key);
    }
    const row = await numberOf(tracker.id);
    const owned = await (await depot.line()).findOwnedNumber(e164);
    const { data: orders } = await depot.byHand(
      'GET',
      `/number_orders?filter[customer_reference]=${phoneNumberId}`,
    );
    const events = await told(`number:${phoneNumberId}`);
    const statuses = events.map(({ payload }) => (payload as { status: PhoneNumberStatus }).status);
    expect(row.status).toBe(owned ? 'ACTIVE' : statuses.includes('ACTIVE') ? 'RELEASED' : 'FAILED');
    expect(owned?.id ?? row.carrierNumberId).toBe(row.carrierNumberId);
    expect(orders.length).toBeLessThanOrEqual(1);
    expect(events.map(({ subjectVersion }) => subjectVersion)).toEqual(
      events.map((_event, n) => n + 1),
    );
    const moves = statuses.slice(1).map((to, n) => follows(statuses[n] as PhoneNumberStatus, to));
    expect(moves.every(Boolean)).toBe(true);
    // it goes back for sale, for the next run
    if (owned) await (await depot.line()).releaseNumber(owned.id);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.constant(true), run),
    { seed: 11, numRuns: 12, endOnFailure: true },
  );
  await run([{ do: 'order', luck: 'lost before' }, { do: 'release' }], false);
}, 120_000);
