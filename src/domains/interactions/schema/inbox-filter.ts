// InboxFilter: what a list of the inbox is asked with, and a saved view is made of.
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import type { InboxFilter } from '../inbox-filter.ts';

export const InboxState = builder.enumType('InboxState', {
  description: 'Where an interaction stands in the inbox.',
  values: {
    ACTIVE: { description: 'Somebody is to look at it.' },
    REVIEWED: { description: 'Done: a call that was answered, or moved here by hand.' },
    SNOOZED: { description: 'Put off until a time.' },
  } as const,
});

export const InteractionKind = builder.enumType('InteractionKind', {
  description: 'By which channel somebody got in touch.',
  values: {
    CALL: { description: 'A call.' },
    FORM: { description: 'A form of a website.' },
    CONVERSATION: { description: 'Texts.' },
    CHAT: { description: 'A chat on a website.' },
  } as const,
});

export const InboxFilterInput = builder.inputType('InboxFilter', {
  description:
    'Which interactions of the inbox: every field that is given must hold; of a list, any one. A list takes up to 100.',
  fields: (t) => ({
    kinds: t.field({ type: [InteractionKind], description: 'Only those of these channels.' }),
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    trackerIds: t.idList({
      description: 'Only calls, and texts, that came over these trackers last.',
    }),
    tags: t.stringList({ description: 'Only those that have a tag with one of these names.' }),
    leadStatuses: t.field({
      type: [LeadStatus],
      description: 'Only those scored as one of these.',
    }),
    states: t.field({ type: [InboxState], description: 'Only those that stand here.' }),
    assigneeIds: t.idList({ description: 'Only those that these users take care of.' }),
    isMine: t.boolean({
      description: 'true: only those that the asking person takes care of; false: the others.',
    }),
    isUnassigned: t.boolean({ description: 'true: only those that nobody takes care of.' }),
    isUnread: t.boolean({ description: 'true: only those that the asking person has not seen.' }),
    isOverdue: t.boolean({ description: 'true: only those that nobody answered in time.' }),
  }),
});

/** A filter with the ids of the database. Throws Refused INVALID_INPUT. */
export function readInboxFilter(
  filter: typeof InboxFilterInput.$inferInput | null | undefined,
): InboxFilter {
  return {
    ...filter,
    companyIds: readIds(filter?.companyIds as string[] | null, 'Company', 'companyIds'),
    trackerIds: readIds(filter?.trackerIds as string[] | null, 'Tracker', 'trackerIds'),
    assigneeIds: readIds(filter?.assigneeIds as string[] | null, 'User', 'assigneeIds'),
  };
}
