// Makes the bodies: { type, timestamp, data }. Endpoints that want the same of an event with the same rights share one
// execution in each process.

import type { DocumentNode } from 'graphql';
import { may, verbOfEvent } from '#domains/accounts/index.ts';
import type { Selections } from '#graphql/selections.ts';
import { rightsOf } from '#graphql/subscribe-shared.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Failure } from './machine.ts';
import { readSelection } from './selection.ts';
import type { EndpointRow } from './store.ts';
import type { DueDelivery } from './store-deliveries.ts';

export type Rendered = { body: string } | { failure: Failure };

export interface Renderer {
  /**
   * The body of a delivery, rendered with the owner's rights; the one it has when it was rendered before.
   * @returns the failure when the event is gone, the owner may not read it, or it could not be rendered
   */
  render(endpoint: EndpointRow, delivery: DueDelivery, owner: Viewer): Promise<Rendered>;
}

const MAX_BODY_BYTES = 256 * 1024;
/** bodies and events that are kept for the other endpoints of an account */
const KEPT = 200;
/** the other endpoints ask at once; what is erased must not be known for long */
const BODY_KEPT_MS = 2_000;
/** errors behind which the next try may find an answer; all others are part of it, as nulls */
const PASSING = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT'];

/** Opens the renderer of a process. */
export function openRenderer(options: {
  events: Pick<Platform['events'], 'read'>;
  selections: Selections;
}): Renderer {
  const { events, selections } = options;
  const known = openMemory<StoredEvent | null>();
  const bodies = openMemory<Rendered>(BODY_KEPT_MS);
  const documents = openMemory<DocumentNode>();

  async function execute(
    query: string | null,
    event: StoredEvent,
    owner: Viewer,
  ): Promise<Rendered> {
    // the schema stays what it is as long as this process
    const document = await documents.read(query ?? '', async () =>
      readSelection(selections, query),
    );
    const { data, errors } = await selections.run(document, event, owner);
    if (!data || errors.some((error) => PASSING.includes(String(error.extensions.code)))) {
      return { failure: 'RENDERING_FAILED' };
    }
    const { type, occurredAt } = event;
    const body = JSON.stringify({ type, timestamp: occurredAt.toISOString(), data });
    return Buffer.byteLength(body) > MAX_BODY_BYTES ? { failure: 'BODY_TOO_LARGE' } : { body };
  }

  return {
    async render({ accountId, id, query }, delivery, owner) {
      if (delivery.erasedAt) return { failure: 'ERASED' };
      if (delivery.eventType === null) return { body: testBody(id, delivery) };
      const { eventId } = delivery;
      const event = await known.read(`${accountId} ${eventId}`, () =>
        events.read(accountId, eventId),
      );
      if (event && !may(owner, verbOfEvent(event.type), event.companyId)) {
        return { failure: 'NOT_ALLOWED' };
      }
      if (delivery.body !== null) return { body: delivery.body };
      if (!event) return { failure: 'EVENT_GONE' };
      // what it said was forgotten since: less may be told now than is remembered
      if (delivery.attempts > 0) return execute(query, event, owner);
      const key = JSON.stringify([eventId, query, rightsOf(owner)]);
      return bodies.read(key, () => execute(query, event, owner));
    },
  };
}

function testBody(endpointId: string, { createdAt }: DueDelivery): string {
  const timestamp = createdAt.toISOString();
  const webhookEndpointId = encodeGlobalId('WebhookEndpoint', endpointId);
  return JSON.stringify({ type: 'webhook.test', timestamp, data: { webhookEndpointId } });
}

/**
 * Keeps the newest answers, for a while if told so; who asks for one that is under way waits for it. What failed is asked
 * for again.
 */
function openMemory<T>(keptMs?: number) {
  const kept = new Map<string, Promise<T>>();
  return {
    read(key: string, ask: () => Promise<T>): Promise<T> {
      const before = kept.get(key);
      if (before) return before;
      const answer = ask();
      kept.set(key, answer);
      const oldest = kept.size > KEPT ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      const forget = () => {
        if (kept.get(key) === answer) kept.delete(key);
      };
      answer.then((value) => {
        if (value === null || (typeof value === 'object' && 'failure' in (value as object)))
          forget();
        else if (keptMs) setTimeout(forget, keptMs).unref();
      }, forget);
      return answer;
    },
  };
}
