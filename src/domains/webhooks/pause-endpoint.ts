// Pausing an endpoint: it gets nothing more until somebody resumes it, and everybody who listens is told.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { endpointSubject, webhookEndpointPaused } from './events.ts';
import { companiesOf } from './owner.ts';
import {
  type EndpointRow,
  holdEndpoints,
  readEndpoint,
  refreshDue,
  writeEndpoint,
} from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;
type Reason = NonNullable<EndpointRow['pauseReason']>;

/**
 * Pauses an endpoint in a transaction that has locked its subject and holds it. One that is paused stays as it is.
 * @returns the endpoint as it is then
 */
export async function pauseEndpointIn(
  tx: Tx,
  { events, clock }: Needs,
  endpoint: EndpointRow,
  reason: Reason,
): Promise<EndpointRow> {
  if (endpoint.state === 'PAUSED') return endpoint;
  const { accountId, id } = endpoint;
  const pausedAt = clock.now(accountId);
  const paused = await writeEndpoint(tx, accountId, id, {
    state: 'PAUSED',
    pauseReason: reason,
    pausedAt,
  });
  const [only, ...others] = companiesOf(endpoint) ?? [];
  await events.append(tx, accountId, [
    {
      definition: webhookEndpointPaused,
      // of one company it is that company's matter, of several the account's
      companyId: only && others.length === 0 ? only : null,
      subject: endpointSubject(id),
      subjectVersion: paused.version,
      occurredAt: pausedAt,
      payload: { webhookEndpointId: id, reason },
    },
  ]);
  return paused;
}

/** The same in a transaction of its own. */
export async function pauseEndpoint(
  platform: Needs,
  { accountId, id }: { accountId: string; id: string },
  reason: Reason,
): Promise<void> {
  await platform.db.transaction(async (tx) => {
    await platform.events.lock(tx, accountId, [endpointSubject(id)]);
    await holdEndpoints(tx, accountId, [id]);
    const endpoint = await readEndpoint(tx, accountId, id);
    if (!endpoint) return;
    await pauseEndpointIn(tx, platform, endpoint, reason);
    await refreshDue(tx, accountId, [id]);
  });
}
