// A new signing secret; the one before it signs beside it for a while, so that receivers can change over.
import { z } from 'zod';
import { audit, authorize, once } from '#domains/accounts/index.ts';
import { makeSigningSecret } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { takeEndpoint } from './change-endpoint.ts';
import { endpointOnce, type ShownEndpoint } from './create-endpoint.ts';
import { endpointIdShape } from './endpoint-input.ts';
import { checkCovers } from './owner.ts';
import { sealSecret } from './secrets.ts';
import { writeEndpoint } from './store.ts';

const MAX_OVERLAP_SECONDS = 24 * 3_600;
const OVERLAP = `overlapSeconds takes 0 to ${MAX_OVERLAP_SECONDS} (24 hours).`;

const shape = z.object({
  webhookEndpointId: endpointIdShape,
  /** how long the old secret signs too; 24 hours when left out, 0 when it has leaked */
  overlapSeconds: z.int(OVERLAP).min(0, OVERLAP).max(MAX_OVERLAP_SECONDS, OVERLAP).nullish(),
  expectedVersion: z.int().nullish(),
  idempotencyKey: z.string().nullish(),
});

/**
 * Rotates the secret. Until the overlap is over every delivery carries two signatures.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, SCOPE_EXCEEDED, IDEMPOTENCY_KEY_CONFLICT, or
 *   WRONG_STATE while an earlier rotation is not over, unless the overlap is 0
 */
export async function rotateWebhookSecret(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ShownEndpoint> {
  authorize(viewer, 'webhooks.write');
  const { idempotencyKey, ...input } = parseInput(shape, request);
  const { db, clock, secrets } = platform;
  const { accountId } = viewer;
  const overlapSeconds = input.overlapSeconds ?? MAX_OVERLAP_SECONDS;
  return once(
    { db, clock },
    viewer,
    { mutation: 'rotateWebhookSecret', key: idempotencyKey, request: input },
    async (tx) => {
      const old = await takeEndpoint(tx, platform, viewer, input);
      checkCovers(viewer, old);
      const now = clock.now(accountId);
      if (overlapSeconds > 0 && old.previousUntil && old.previousUntil > now) {
        throw policyRefused(
          'WRONG_STATE',
          'The secret is being rotated already: two at most sign at a time. Wait, or rotate with overlapSeconds 0.',
          { field: 'webhookEndpointId', figures: { retryAt: old.previousUntil } },
        );
      }
      const secret = makeSigningSecret();
      const isOverlapping = overlapSeconds > 0;
      const previousUntil = isOverlapping ? new Date(now.getTime() + overlapSeconds * 1_000) : null;
      const endpoint = await writeEndpoint(tx, accountId, old.id, {
        sealedSecret: sealSecret(secrets, old.id, secret),
        previousSealedSecret: isOverlapping ? old.sealedSecret : null,
        previousUntil,
      });
      await audit(tx, viewer, clock, {
        action: 'rotateWebhookSecret',
        subject: `webhookEndpoint:${old.id}`,
        before: { previousUntil: old.previousUntil },
        after: { previousUntil },
      });
      return { endpoint, secret };
    },
    endpointOnce(accountId),
  );
}
