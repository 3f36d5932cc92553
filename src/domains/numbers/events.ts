// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** A phone number was ordered, came into service or could not be had. */
export const numberStatusChanged = defineEvent('number.status_changed', {
  phoneNumberId: z.uuid(),
  trackerId: z.uuid().nullable(),
  status: z.enum(['ORDERING', 'ACTIVE', 'FAILED', 'RELEASED']),
});

/**
 * The one subject to lock before the trackers and numbers of an account change: rules between them (no tracking number
 * forwards to another) are judged over all of them. Changes are rare, so one lock an account is enough.
 */
export const NUMBERS_SUBJECT = 'numbers';

/** The subject of a number's events. */
export function numberSubject(phoneNumberId: string): string {
  return `number:${phoneNumberId}`;
}
