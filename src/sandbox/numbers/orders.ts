// Orders of numbers: pending at first, then carried out and announced by webhook to the application ordered for.
import { randomUUID } from 'node:crypto';
import type { NumberOrderCreateResponse } from 'telnyx/resources/number-orders';
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import { ruleFor } from '../scripts/number-rule.ts';
import type { NumberOrder } from '../store.ts';
import { CALM } from '../webhooks/chaos.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { stockOf } from './inventory.ts';
import { isTollFree, ownNumber } from './owned-numbers.ts';

/** Places an order for numbers of the stock that nobody owns yet; 422 names the first that cannot be had. */
export function orderNumbers(
  carrier: Carrier,
  request: {
    phoneNumbers: string[];
    connectionId: string | null;
    customerReference: string | null;
  },
): NumberOrder {
  const { state } = carrier.store;
  const stock = new Set(stockOf(carrier.seed).map((number) => number.phoneNumber));
  const taken = new Set([
    ...state.numbers.map((number) => number.phoneNumber),
    ...state.orders
      .filter((order) => order.status === 'pending')
      .flatMap((order) => order.lines.map((line) => line.phoneNumber)),
  ]);
  for (const [index, phoneNumber] of request.phoneNumbers.entries()) {
    if (!stock.has(phoneNumber) || taken.has(phoneNumber)) {
      const why = taken.has(phoneNumber) ? 'is already owned or on order' : 'is not for sale';
      throw refusals.invalid(
        `/phone_numbers/${index}/phone_number`,
        `The number ${why}: search available_phone_numbers.`,
      );
    }
    taken.add(phoneNumber);
  }
  const nowMs = carrier.clock.now();
  const order: NumberOrder = {
    id: randomUUID(),
    status: 'pending',
    connectionId: request.connectionId,
    customerReference: request.customerReference,
    lines: request.phoneNumbers.map((phoneNumber) => ({
      id: randomUUID(),
      phoneNumber,
      status: 'pending',
    })),
    createdMs: nowMs,
    updatedMs: nowMs,
  };
  state.orders.push(order);
  carrier.store.save();
  const waits = order.lines.map(
    ({ phoneNumber }) =>
      ruleFor(carrier.numberRules, 'order', phoneNumber)?.delaySeconds ??
      carrier.numberOrderDelaySeconds,
  );
  carrier.clock.after(Math.max(...waits) * 1000, () => completeOrder(carrier, order));
  return order;
}

/** Carries a pending order out: the numbers that can be had are owned from now on. */
export function completeOrder(carrier: Carrier, order: NumberOrder): void {
  if (order.status !== 'pending') return;
  order.updatedMs = carrier.clock.now();
  const ruled = (phoneNumber: string) => ruleFor(carrier.numberRules, 'order', phoneNumber);
  for (const line of order.lines) {
    line.status = ruled(line.phoneNumber)?.outcome ?? 'success';
    if (line.status === 'failure') continue;
    ownNumber(carrier, line.phoneNumber, {
      connectionId: order.connectionId,
      customerReference: order.customerReference,
    });
  }
  order.status = order.lines.some(({ status }) => status === 'success') ? 'success' : 'failure';
  carrier.store.save();
  const application = carrier.store.state.applications.find((one) => one.id === order.connectionId);
  const isSilent = order.lines.some(({ phoneNumber }) => ruled(phoneNumber)?.silent);
  if (!application || isSilent) return;
  carrier.outbox.send({
    eventType: 'number_order.complete',
    payload: shownOrder(order),
    occurredMs: order.updatedMs,
    lane: order.id,
    key: `order:${carrier.store.state.orders.indexOf(order)}`,
    url: application.webhookUrl,
    failoverUrl: application.failoverUrl,
    timeoutMs: (application.webhookTimeoutSeconds || 10) * 1000,
    chaos: carrier.chaos.get(application.id) ?? carrier.chaos.get('*') ?? CALM,
  });
}

/** An order as the API and its webhook show it. */
export function shownOrder(order: NumberOrder) {
  return {
    record_type: 'number_order',
    id: order.id,
    status: order.status,
    phone_numbers_count: order.lines.length,
    phone_numbers: order.lines.map((line) => ({
      record_type: 'number_order_phone_number',
      id: line.id,
      phone_number: line.phoneNumber,
      country_code: 'US',
      country_iso_alpha2: 'US',
      phone_number_type: isTollFree(line.phoneNumber) ? ('toll_free' as const) : ('local' as const),
      status: line.status,
      requirements_met: true,
      requirements_status: 'approved' as const,
      regulatory_requirements: [],
    })),
    requirements_met: true,
    sub_number_orders_ids: [],
    created_at: isoTime(order.createdMs),
    updated_at: isoTime(order.updatedMs),
    ...(order.connectionId === null ? {} : { connection_id: order.connectionId }),
    ...(order.customerReference === null ? {} : { customer_reference: order.customerReference }),
  } satisfies NumberOrderCreateResponse['data'];
}
