// What deliveries will say, before they leave: rendered in the owner's name and kept, so that every attempt at one sends
// the same bytes.
import type { Platform } from '#platform/platform.ts';
import type { Failure } from './machine.ts';
import { readOwner } from './owner.ts';
import type { Renderer } from './render-body.ts';
import type { EndpointRow } from './store.ts';
import type { Claim } from './store-claims.ts';
import { type DueDelivery, storeBodies } from './store-deliveries.ts';

/** A delivery that can be sent, or why it cannot. */
export type Prepared = { delivery: DueDelivery } & ({ body: string } | { failure: Failure });

/**
 * Prepares deliveries of an endpoint that this process has claimed.
 * @returns null when its owner has no rights left: the endpoint is to be paused
 * @throws what the database throws
 */
export async function prepareDeliveries(
  needs: Pick<Platform, 'db' | 'clock'> & { renderer: Renderer },
  claim: Claim,
  endpoint: EndpointRow,
  due: readonly DueDelivery[],
): Promise<Prepared[] | null> {
  const owner = await readOwner(needs, endpoint);
  if (!owner) return null;
  const rendered = await Promise.all(
    due.map(async (delivery) => ({
      delivery,
      ...(await needs.renderer.render(endpoint, delivery, owner)),
    })),
  );
  const fresh = rendered.flatMap((one) =>
    'body' in one && one.delivery.body === null ? [{ id: one.delivery.id, body: one.body }] : [],
  );
  if (fresh.length === 0) return rendered;
  const kept = await storeBodies(needs.db.prisma, claim, fresh);
  const lost = new Set(fresh.map(({ id }) => id).filter((id) => !kept.has(id)));
  // erased meanwhile; or the endpoint is no longer ours, and then what we tell of it counts for nothing
  return rendered.map((one) =>
    lost.has(one.delivery.id) ? { delivery: one.delivery, failure: 'ERASED' } : one,
  );
}
