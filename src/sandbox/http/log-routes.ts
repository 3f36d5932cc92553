// What happened: events of calls (commands and webhooks) and webhook deliveries, for whoever missed some.
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import type { Delivery } from '../webhooks/outbox.ts';
import { isRetryable } from '../webhooks/post.ts';
import { pageOf, type Route } from './router.ts';

const USER_ID = '00000000-0000-4000-8000-000000000000';

/** Routes /v2/call_events and /v2/webhook_deliveries. */
export function logRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: 'GET',
      path: '/v2/call_events',
      handle({ query }) {
        const wanted = (field: string, value: string) => {
          const asked = query.get(`filter[${field}]`);
          return asked === null || asked === value;
        };
        const since = query.get('filter[occurred_at][gte]');
        const rows = callEvents(carrier).filter(
          ({ connectionId, event }) =>
            (since === null || Date.parse(event.event_timestamp) >= Date.parse(since)) &&
            wanted('leg_id', event.call_leg_id) &&
            wanted('application_session_id', event.call_session_id) &&
            wanted('connection_id', connectionId ?? '') &&
            wanted('name', event.name) &&
            wanted('type', event.type),
        );
        const shown = rows.map(({ event }) => event);
        return { status: 200, body: pageOf(shown, query) };
      },
    },
    {
      method: 'GET',
      path: '/v2/webhook_deliveries',
      handle({ query }) {
        const status = query.get('filter[status][eq]');
        const contains = query.get('filter[webhook][contains]');
        const since = query.get('filter[finished_at][gte]');
        const types = query.get('filter[event_type]')?.split(',') ?? null;
        const rows = finished(carrier).filter(
          (one) =>
            (status === null || one.status === status) &&
            (since === null || Date.parse(one.finishedAt ?? '') >= Date.parse(since)) &&
            (types === null || types.includes(one.webhook.event_type)) &&
            (contains === null || JSON.stringify(one.webhook).includes(contains)),
        );
        return { status: 200, body: pageOf(rows.reverse().map(shown), query) };
      },
    },
    {
      method: 'GET',
      path: '/v2/webhook_deliveries/:id',
      handle({ params }) {
        const found = finished(carrier).find((one) => one.id === params.id);
        if (!found) throw refusals.notFound('webhook delivery');
        return { status: 200, body: { data: shown(found) } };
      },
    },
  ];
}

function finished(carrier: Carrier): Delivery[] {
  return carrier.outbox.deliveries.filter((one) => one.status !== 'pending');
}

function shown(delivery: Delivery) {
  return {
    record_type: 'webhook_delivery',
    id: delivery.id,
    user_id: USER_ID,
    status: delivery.status,
    started_at: delivery.startedAt,
    finished_at: delivery.finishedAt ?? delivery.startedAt,
    webhook: delivery.webhook,
    attempts: delivery.attempts.map((attempt) => ({
      status:
        attempt.status !== null && !isRetryable(attempt.status) && attempt.status < 400
          ? 'delivered'
          : 'failed',
      started_at: attempt.startedAt,
      finished_at: attempt.finishedAt,
      errors: [],
      http: {
        request: { url: attempt.url, headers: [] },
        response: attempt.status === null ? {} : { status: attempt.status, body: '', headers: [] },
      },
    })),
  };
}

/** The commands and webhooks of all legs in their order, each with the application that its leg belongs to. */
function callEvents(carrier: Carrier) {
  const commands = carrier.commands
    .filter((one) => one.sessionId !== null && one.legId !== null && !one.duplicate)
    .map((one) => ({
      connectionId: one.connectionId,
      event: {
        record_type: 'call_event',
        type: 'command',
        name: one.kind,
        call_leg_id: one.legId ?? '',
        call_session_id: one.sessionId ?? '',
        event_timestamp: one.at,
        metadata: one.body,
      },
    }));
  const webhooks = carrier.outbox.deliveries
    .filter((one) => !one.duplicate && 'call_leg_id' in one.webhook.payload)
    .map(({ webhook }) => {
      const payload = webhook.payload as {
        connection_id: string;
        call_leg_id: string;
        call_session_id: string;
      };
      return {
        connectionId: payload.connection_id,
        event: {
          record_type: 'call_event',
          type: 'webhook',
          name: webhook.event_type,
          call_leg_id: payload.call_leg_id,
          call_session_id: payload.call_session_id,
          event_timestamp: webhook.occurred_at,
          metadata: webhook,
        },
      };
    });
  return [...commands, ...webhooks].sort(({ event: one }, { event: other }) =>
    one.event_timestamp.localeCompare(other.event_timestamp),
  );
}
