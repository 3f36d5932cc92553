// Every event becomes a delivery for each endpoint that wants it, in the transaction that moves the mirror's cursor: none
// is missed and none is doubled, however often the process that does it is killed.
import type { Clock } from '#platform/clock/index.ts';
import { afterCommit, type Tx } from '#platform/db/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { defineMirror, type Mirror } from '#platform/events/reactions.ts';
import { newId } from '#platform/ids/index.ts';
import { comparePositions, decodePosition } from '#values/cursor.ts';
import { EVENT_TYPES } from '#values/event-types.ts';
import { forgetTexts } from './erase-deliveries.ts';
import { companiesOf } from './owner.ts';
import { type EndpointRow, holdEndpoints, readEndpoints, refreshDue } from './store.ts';
import { insertDeliveries } from './store-deliveries.ts';
import { readEndpointsTold } from './store-log.ts';

/**
 * The mirror of the log into deliveries. It starts at the beginning of the log: each endpoint knows behind which event it
 * was made.
 * @param written called after deliveries were committed
 */
export function mirrorWebhooks({ clock, written }: { clock: Clock; written(): void }): Mirror {
  return defineMirror({
    name: 'webhooks.mirror',
    on: EVENT_TYPES,
    startAt: 'beginning',
    async write(tx, events) {
      const byAccount = Map.groupBy(events, (event) => event.accountId);
      for (const [accountId, told] of byAccount) {
        if (await writeDeliveries(tx, accountId, told, clock)) afterCommit(tx, written);
      }
    },
  });
}

async function writeDeliveries(
  tx: Tx,
  accountId: string,
  events: readonly StoredEvent[],
  clock: Clock,
): Promise<boolean> {
  const endpoints = await readEndpoints(tx, accountId);
  const deliveries = endpoints.flatMap((endpoint) =>
    events
      .filter((event) => wants(endpoint, event))
      .map(({ id: eventId, type: eventType, subject }) => {
        return { id: newId(), endpointId: endpoint.id, eventId, eventType, subject };
      }),
  );
  const subjects = events.filter(losesWords).map(({ subject }) => subject);
  const told = subjects.length > 0 ? await readEndpointsTold(tx, accountId, subjects) : [];
  if (deliveries.length === 0 && told.length === 0) return false;
  await insertDeliveries(tx, accountId, deliveries, clock.now(accountId));
  // only now, so that senders wait no longer than they must
  const ids = [...new Set([...deliveries.map(({ endpointId }) => endpointId), ...told])];
  const held = await holdEndpoints(tx, accountId, ids);
  if (told.length > 0) {
    const fresh = deliveries.map(({ id }) => id);
    await forgetTexts(tx, { clock }, accountId, { subjects, fresh });
  }
  await refreshDue(tx, accountId, held);
  return true;
}

/**
 * Whether less may be told of an event's subject than was told before: its company wants less of a form, or words of a call
 * were corrected or hidden.
 */
function losesWords({ type, payload }: StoredEvent): boolean {
  return (
    (type === 'form.updated' && (payload.changes as string[]).includes('fields')) ||
    type === 'transcript.edited' ||
    (type === 'transcript.ready' && payload.isPast === true)
  );
}

/** Whether an endpoint, paused or not, is to be told of an event. */
export function wants(
  endpoint: Pick<EndpointRow, 'id' | 'eventTypes' | 'allCompanies' | 'companyIds' | 'since'>,
  event: Pick<StoredEvent, 'type' | 'companyId' | 'position' | 'payload'>,
): boolean {
  const companyIds = companiesOf(endpoint);
  return (
    (endpoint.eventTypes.includes(event.type) || isNamed(endpoint, event)) &&
    (companyIds === null || (event.companyId !== null && companyIds.includes(event.companyId))) &&
    comparePositions(event.position, decodePosition(endpoint.since)) > 0
  );
}

/** An automation rule that fired names whom it is to be told, whatever they follow. */
function isNamed(
  { id }: Pick<EndpointRow, 'id'>,
  { type, payload }: Pick<StoredEvent, 'type' | 'payload'>,
): boolean {
  return type === 'rule.fired' && (payload.endpointIds as string[]).includes(id);
}
