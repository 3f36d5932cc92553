// What this domain announces. Ids and names of fields only: names and numbers are read from the store.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

/** A person reached a company for the first time. */
export const leadCreated = defineEvent('lead.created', { leadId: z.uuid() });

const leadField = z.enum([
  'name',
  'phoneNumbers',
  'emails',
  'status',
  'value',
  'qualifiedBy',
  'mergedFrom',
  'mergedInto',
  'assignee',
  'tags',
  'notes',
  'customFields',
  'insights',
]);
/** A field of a lead, as changes name it. */
export type LeadField = z.output<typeof leadField>;

/** Something of a lead changed; `changes` names the fields. */
export const leadUpdated = defineEvent(
  'lead.updated',
  z.object({
    leadId: z.uuid(),
    changes: z.array(leadField),
    /** the note that was written or edited */
    noteId: z.uuid().optional(),
  }),
);

/** A lead became a good one, by this interaction. */
export const leadQualified = defineEvent('lead.qualified', {
  leadId: z.uuid(),
  interactionId: z.uuid(),
});

/** Another lead turned out to be the same person: all that it had is this one's now. */
export const leadMerged = defineEvent('lead.merged', {
  leadId: z.uuid(),
  mergedLeadId: z.uuid(),
});
