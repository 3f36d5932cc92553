// Query.calls: the list, its filter and its order.
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { InputBuilder } from '#graphql/mutation.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countCalls, type CallFilter as Filter, listCalls } from '../read-calls.ts';
import { fieldsOfConditions } from '../what-was-said.ts';
import { Call } from './call.ts';
import { CallDirection, CallOutcome, CallState, VoicemailState } from './words.ts';

/** The fields by which calls are found that are told of each call on its own, here and in reports. */
export function fieldsOfTraits(t: InputBuilder) {
  return {
    outcomes: t.field({ type: [CallOutcome], description: 'Calls that came to that.' }),
    leadStatuses: t.field({ type: [LeadStatus], description: 'Calls scored so.' }),
    tags: t.stringList({ description: 'Calls with any of these tags, by name.' }),
    firstCall: t.boolean({ description: 'Only first calls, or only later ones.' }),
    sourceIds: t.idList({ description: 'Calls from these sources.' }),
    directions: t.field({ type: [CallDirection], description: 'Calls of these directions.' }),
    minSeconds: t.int({
      description:
        'Calls that took at least so long from ring to end (`durationSeconds`), and are over.',
    }),
    maxSeconds: t.int({ description: 'Calls that took at most so long, and are over.' }),
  };
}

export const CallFilter = builder.inputType('CallFilter', {
  description: 'Which calls: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Calls of these companies.' }),
    trackerIds: t.idList({ description: 'Calls to these trackers.' }),
    leadIds: t.idList({ description: 'Calls of these leads.' }),
    states: t.field({ type: [CallState], description: 'Calls that stand there.' }),
    voicemailStates: t.field({
      type: [VoicemailState],
      description: 'Calls with a message that stands there.',
    }),
    ...fieldsOfTraits(t),
    ...fieldsOfConditions(t),
    startedFrom: t.field({ type: 'DateTime', description: 'Begun at or after this.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Begun before this.' }),
  }),
});

const CallOrderField = builder.enumType('CallOrderField', {
  description: 'What calls are sorted by.',
  values: { STARTED_AT: { description: 'By the time they began.' } } as const,
});

const CallOrder = builder.inputType('CallOrder', {
  description: 'The order of a list of calls.',
  fields: (t) => ({
    field: t.field({ type: CallOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const CallConnection = defineConnection(Call, 'Call');

builder.queryField('calls', (t) =>
  t.field({
    type: CallConnection,
    description: 'Calls, newest first.',
    args: {
      filter: t.arg({ type: CallFilter, description: 'Which calls.' }),
      order: t.arg({ type: CallOrder, description: 'Their order; left out: newest first.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = readFilter(args.filter);
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: ({ limit, after }) =>
          listCalls(platform.db, viewer, filter, { limit, after, direction }),
        count: (cap) => countCalls(platform.db, viewer, filter, cap),
        sortValue: (call) => call.occurredAt.toISOString(),
      });
    },
  }),
);

function readFilter(filter: typeof CallFilter.$inferInput | null | undefined): Filter {
  if (!filter) return {};
  const { companyIds, trackerIds, leadIds, sourceIds, ...rest } = filter;
  const { keywordSetIds, ...own } = rest as Filter;
  return {
    ...own,
    sourceIds: readIds(sourceIds, 'Source', 'sourceIds') ?? null,
    keywordSetIds: readIds(keywordSetIds, 'KeywordSet', 'keywordSetIds') ?? null,
    companyIds: readIds(companyIds, 'Company', 'companyIds') ?? null,
    trackerIds: readIds(trackerIds, 'Tracker', 'trackerIds') ?? null,
    leadIds: readIds(leadIds, 'Lead', 'leadIds') ?? null,
  };
}
