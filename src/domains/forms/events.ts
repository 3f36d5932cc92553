// What this domain announces. What stands in a form is read when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** Somebody sent a form. */
export const formSubmitted = defineEvent('form.submitted', {
  formSubmissionId: z.uuid(),
  isFirst: z.boolean(),
  spamScore: z.int(),
});

/** The subject of a form's events, and the lock to take before it is stored or changed. */
export function formSubject(id: string): string {
  return `form:${id}`;
}
