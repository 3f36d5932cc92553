// What this domain announces. The number is read from the store.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** What may be sent to a number has changed, by this entry of the ledger. */
export const consentChanged = defineEvent('consent.changed', {
  consentId: z.uuid(),
  entryId: z.uuid(),
  kind: z.enum(['INBOUND', 'OPT_IN', 'OPT_OUT', 'OPT_OUT_REQUEST', 'REQUEST_DISMISSED']),
});
