// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** An endpoint gets nothing more until it is resumed; what is meant for it waits. */
export const webhookEndpointPaused = defineEvent('webhook.endpoint_paused', {
  webhookEndpointId: z.uuid(),
  reason: z.enum(['FAILING', 'GONE', 'RIGHTS_LOST', 'SELECTION_INVALID']),
});

/** The subject of an endpoint's events. */
export function endpointSubject(endpointId: string): string {
  return `webhook:${endpointId}`;
}

/** The one subject to lock before endpoints of an account are made: how many there may be is judged over all. */
export const WEBHOOKS_SUBJECT = 'webhooks';
