// The audit log: who changed what, written in the transaction of the change. It outlives what it tells of, so it holds
// ids and settings only: no secrets, and no personal data that an erasure would have to reach.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { insertAuditEntry } from './store.ts';

/** One change. */
export interface Change {
  /** the verb as its function is called: createApiKey */
  action: string;
  /** what was changed: apiKey:<uuid> */
  subject: string;
  /** the changed fields as they were; left out when the thing is new */
  before?: object;
  /** the changed fields as they are now; left out when the thing is gone */
  after?: object;
}

/**
 * Writes one audit entry. Dates become ISO texts; a field that is named like a secret is written as [secret].
 * @param tx the transaction that makes the change
 */
export async function audit(
  tx: Tx,
  viewer: Pick<Viewer, 'accountId' | 'actor'>,
  clock: Clock,
  change: Change,
): Promise<void> {
  await insertAuditEntry(tx, {
    accountId: viewer.accountId,
    id: newId(),
    at: clock.now(viewer.accountId),
    actor: nameActor(viewer.actor),
    action: change.action,
    subject: change.subject,
    ...(change.before && { before: tellable(change.before) }),
    ...(change.after && { after: tellable(change.after) }),
  });
}

const SECRET = /^(secret|hash|password|token|api_?key|sealed.*|.*secret)$/i;

function tellable(fields: object): object {
  return JSON.parse(
    JSON.stringify(fields, (name, value: unknown) => {
      if (SECRET.test(name)) return '[secret]';
      return typeof value === 'bigint' ? value.toString() : value;
    }),
  );
}
