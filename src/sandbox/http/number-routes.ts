// Numbers: search, order, list, change, give back.
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { fits, type StockFilter, stockOf } from '../numbers/inventory.ts';
import { orderNumbers, shownOrder } from '../numbers/orders.ts';
import { findNumber } from '../numbers/owned-numbers.ts';
import { heldNumbers } from '../numbers/reservations.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import type { OwnedNumber } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { pageOf, type Route } from './router.ts';

const OrderBody = z.looseObject({
  phone_numbers: z
    .array(z.looseObject({ phone_number: z.string() }))
    .min(1)
    .max(50),
  connection_id: z.string().optional(),
  customer_reference: z.string().optional(),
});
const NumberBody = z.looseObject({
  connection_id: z.string().nullish(),
  customer_reference: z.string().nullish(),
  tags: z.array(z.string()).optional(),
});

/** Routes under /v2/available_phone_numbers, /v2/number_orders and /v2/phone_numbers. */
export function numberRoutes(carrier: Carrier): Route[] {
  const { state } = carrier.store;
  const find = (id: string | undefined) => findNumber(carrier, id);
  const checkApplication = (id: string | null | undefined) => {
    if (id && !state.applications.some((one) => one.id === id)) {
      throw refusals.invalid('/connection_id', 'No application has this connection_id.');
    }
  };
  return [
    {
      method: 'GET',
      path: '/v2/available_phone_numbers',
      handle({ query }) {
        const isHidden = query.get('filter[exclude_held_numbers]') === 'true';
        const gone = new Set([
          ...state.numbers.map((number) => number.phoneNumber),
          ...(isHidden ? heldNumbers(carrier) : []),
        ]);
        const filter = filterOf(query);
        const limit = Math.min(250, Number(query.get('filter[limit]')) || 100);
        const rows = stockOf(carrier.seed)
          .filter((number) => !gone.has(number.phoneNumber) && fits(number, filter))
          .slice(0, limit)
          .map(shownOffer);
        const meta = { total_results: rows.length, best_effort_results: 0 };
        return { status: 200, body: { data: rows, meta, metadata: meta } };
      },
    },
    {
      method: 'POST',
      path: '/v2/number_orders',
      handle({ body }) {
        const order = parseBody(OrderBody, body);
        checkApplication(order.connection_id);
        const placed = orderNumbers(carrier, {
          phoneNumbers: order.phone_numbers.map((line) => line.phone_number),
          connectionId: order.connection_id ?? null,
          customerReference: order.customer_reference ?? null,
        });
        return { status: 200, body: { data: shownOrder(placed) } };
      },
    },
    {
      method: 'GET',
      path: '/v2/number_orders',
      handle({ query }) {
        const reference = query.get('filter[customer_reference]');
        const status = query.get('filter[status]');
        const rows = state.orders.filter(
          (order) =>
            (reference === null || order.customerReference === reference) &&
            (status === null || order.status === status),
        );
        return { status: 200, body: pageOf(rows.map(shownOrder), query) };
      },
    },
    {
      method: 'GET',
      path: '/v2/number_orders/:id',
      handle({ params }) {
        const order = state.orders.find((one) => one.id === params.id);
        if (!order) throw refusals.notFound('number order');
        return { status: 200, body: { data: shownOrder(order) } };
      },
    },
    {
      method: 'GET',
      path: '/v2/phone_numbers',
      handle({ query }) {
        const wanted = query.get('filter[phone_number]')?.replace(/\D/g, '') ?? '';
        const connection = query.get('filter[connection_id]');
        const reference = query.get('filter[customer_reference]');
        const rows = state.numbers.filter(
          (number) =>
            number.phoneNumber.includes(wanted) &&
            (connection === null || number.connectionId === connection) &&
            (reference === null || number.customerReference === reference),
        );
        return { status: 200, body: pageOf(rows.map(shownNumber), query) };
      },
    },
    {
      method: 'GET',
      path: '/v2/phone_numbers/:id',
      handle: ({ params }) => ({ status: 200, body: { data: shownNumber(find(params.id)) } }),
    },
    {
      method: 'PATCH',
      path: '/v2/phone_numbers/:id',
      handle({ params, body }) {
        const number = find(params.id);
        const fields = parseBody(NumberBody, body);
        checkApplication(fields.connection_id);
        if (fields.connection_id !== undefined) number.connectionId = fields.connection_id || null;
        if (fields.customer_reference !== undefined)
          number.customerReference = fields.customer_reference || null;
        if (fields.tags !== undefined) number.tags = fields.tags;
        number.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body: { data: shownNumber(number) } };
      },
    },
    {
      method: 'DELETE',
      path: '/v2/phone_numbers/:id',
      handle({ params }) {
        const number = find(params.id);
        if (number.deletionLock) {
          throw refusals.invalid('/id', 'This number has a deletion lock: take it off first.');
        }
        state.numbers.splice(state.numbers.indexOf(number), 1);
        carrier.store.save();
        const entries = Object.entries({ ...shownNumber(number), status: 'deleted' });
        // The schema of this one answer knows no null.
        return {
          status: 200,
          body: { data: Object.fromEntries(entries.filter(([, value]) => value !== null)) },
        };
      },
    },
  ];
}

function filterOf(query: URLSearchParams): StockFilter {
  const names = {
    areaCode: 'national_destination_code',
    locality: 'locality',
    state: 'administrative_area',
    type: 'phone_number_type',
    country: 'country_code',
    startsWith: 'phone_number][starts_with',
    endsWith: 'phone_number][ends_with',
    contains: 'phone_number][contains',
  } as const;
  const given = Object.entries(names).map(
    ([field, name]) => [field, query.get(`filter[${name}]`)] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== null && value !== ''));
}

function shownOffer(number: ReturnType<typeof stockOf>[number]) {
  const region = (region_type: string, region_name: string | null) =>
    region_name === null ? [] : [{ region_type, region_name }];
  return {
    record_type: 'available_phone_number',
    phone_number: number.phoneNumber,
    best_effort: false,
    quickship: true,
    reservable: true,
    features: [{ name: 'voice' }, { name: 'sms' }, { name: 'mms' }],
    cost_information: { upfront_cost: '0.00', monthly_cost: '1.00', currency: 'USD' },
    region_information: [
      ...region('country_code', 'US'),
      ...region('state', number.state),
      ...region('location', number.locality),
    ],
  };
}

function shownNumber(number: OwnedNumber) {
  return {
    record_type: 'phone_number',
    id: number.id,
    phone_number: number.phoneNumber,
    country_iso_alpha2: 'US',
    phone_number_type: number.type,
    status: number.status,
    tags: number.tags,
    external_pin: null,
    connection_id: number.connectionId,
    customer_reference: number.customerReference,
    deletion_lock_enabled: number.deletionLock,
    call_forwarding_enabled: number.forwarding,
    call_recording_enabled: number.recording,
    caller_id_name_enabled: number.callerName,
    inbound_call_screening: number.screening,
    cnam_listing_enabled: false,
    emergency_enabled: false,
    hd_voice_enabled: false,
    purchased_at: isoTime(number.purchasedMs),
    created_at: isoTime(number.purchasedMs),
    updated_at: isoTime(number.updatedMs),
  };
}
