// The input EventFilter, and its translation into what the log understands, kept within the viewer's rights.
import { authorize, may, verbOfEvent } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import type { EventFilter as LogFilter } from '#platform/events/index.ts';
import { EVENT_TYPES } from '#values/event-types.ts';
import type { Viewer } from '#values/viewer.ts';
import { EventType } from './event-type.ts';

export const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events are wanted; what is left out restricts nothing.',
  fields: (t) => ({
    types: t.field({
      type: [EventType],
      description: 'Only events of these types. Left out: every type that the viewer may read.',
    }),
    companyIds: t.idList({ description: 'Only events of these companies.' }),
    callIds: t.idList({
      description: 'Only events of these calls (or of conversationIds, leadIds).',
    }),
    conversationIds: t.idList({
      description:
        'Only events of these conversations by text, with their messages (or of callIds, leadIds).',
    }),
    leadIds: t.idList({
      description: 'Only events of these leads (or of callIds, conversationIds).',
    }),
  }),
});

/**
 * The log's filter for a viewer.
 * @throws Forbidden when a type or company is asked for that the viewer may not read; Refused when an id is none
 */
export function readFilter(
  viewer: Viewer,
  filter: typeof EventFilter.$inferInput | null | undefined,
): LogFilter {
  const wanted = filter?.types ?? EVENT_TYPES.filter((type) => may(viewer, verbOfEvent(type)));
  for (const type of wanted.length > 0 ? wanted : EVENT_TYPES) {
    authorize(viewer, verbOfEvent(type));
  }
  const companyIds = readIds(filter?.companyIds, 'Company', 'companyIds');
  for (const companyId of companyIds ?? []) {
    for (const type of wanted) authorize(viewer, verbOfEvent(type), companyId);
  }
  const subjects = readSubjects(filter);
  return {
    types: wanted,
    companyIds: companyIds ?? viewer.companyIds,
    ...(subjects ? { subjects } : {}),
  };
}

function readSubjects(
  filter: typeof EventFilter.$inferInput | null | undefined,
): string[] | undefined {
  const callIds = readIds(filter?.callIds, 'Call', 'callIds');
  const leadIds = readIds(filter?.leadIds, 'Lead', 'leadIds');
  const conversationIds = readIds(filter?.conversationIds, 'Conversation', 'conversationIds');
  if (!callIds && !conversationIds && !leadIds) return undefined;
  return [
    ...(callIds ?? []).map((id) => `call:${id}`),
    ...(conversationIds ?? []).map((id) => `conversation:${id}`),
    ...(leadIds ?? []).map((id) => `lead:${id}`),
  ];
}
