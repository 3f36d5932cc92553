// Makers for tests of orders: a number on order, and a line to the carrier that fails where it is told to.
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import type { openDepot } from './depot.ts';

type Depot = Awaited<ReturnType<typeof openDepot>>;

/** A tracker whose number is on order, and its key. */
export async function orderedIn(depot: Depot) {
  const people = await depot.settle();
  const tracker = await people.create();
  const { id, number } = await people.numberOf(tracker.id);
  const order = { accountId: people.accountId, phoneNumberId: id };
  const statuses = async () =>
    (await people.told(`number:${id}`)).map(({ payload, subjectVersion }) => [
      (payload as { status: string }).status,
      subjectVersion,
    ]);
  return { ...people, tracker, number, order, statuses };
}

/** The real line, counting orders and failing where it is told to. */
export async function shakyLineOf(
  depot: Depot,
  fail: { afterOrder?: boolean; beforeOrder?: Error } = {},
) {
  const line = await depot.line();
  let orders = 0;
  const shaky: NumberInventory = {
    ...line,
    async orderNumber(e164, reference) {
      if (fail.beforeOrder) throw fail.beforeOrder;
      orders += 1;
      const answer = await line.orderNumber(e164, reference);
      if (fail.afterOrder) throw new CarrierUnreachable('The line broke.');
      return answer;
    },
  };
  return { carriers: { of: async () => shaky }, orders: () => orders, fail };
}
