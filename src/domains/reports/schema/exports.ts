// Export: the object, the list, the mutation and the event.
import { Actor, may } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { KEPT_DAYS, MOST_KEPT, MOST_UNFINISHED } from '../exports/ask-for-file.ts';
import { createExport } from '../exports/create-export.ts';
import { linkToExport } from '../exports/export-link.ts';
import { countExports, findExports, listExports } from '../exports/read-exports.ts';
import { mayFetch } from '../exports/rights.ts';
import type { ExportRow } from '../exports/store.ts';
import type { Days } from '../period.ts';
import { ReportRange } from './range.ts';

const ExportKind = builder.enumType('ExportKind', {
  description: 'What an export holds: a line for each.',
  values: {
    CALLS: { description: 'Calls that began in the range. Takes the scope CALLS_READ, too.' },
    FORMS: { description: 'Forms sent in the range. Takes the scope FORMS_READ, too.' },
    LEADS: { description: 'Leads that came in the range. Takes the scope LEADS_READ, too.' },
    ATTRIBUTION: {
      description:
        'Credits: a line for each touchpoint of each call and form of the range, with its millionths by every model, and of each conversation and chat where you have MESSAGES_READ and CHATS_READ. Takes the scopes CALLS_READ and FORMS_READ, too.',
    },
    CONVERSATIONS: {
      description:
        'Conversations by text that began in the range. Takes the scope MESSAGES_READ, too.',
    },
    MESSAGES: {
      description:
        'Texts that came in or went out in the range, conversation by conversation. Takes the scope MESSAGES_READ, too.',
    },
    CHATS: {
      description: 'Chats that were opened in the range. Takes the scope CHATS_READ, too.',
    },
    CHAT_MESSAGES: {
      description:
        'What was written in those chats, chat by chat. Takes the scope CHATS_READ, too.',
    },
    LEAD: {
      description: 'All that is kept of one person, as one document; made by `exportLead` only.',
    },
  } as const,
});

const ExportFormat = builder.enumType('ExportFormat', {
  description: 'How an export is written; UTF-8.',
  values: {
    CSV: {
      description:
        'With a header. Lists stand in one cell, parted by semicolons, the fields of a form as name: value. Texts that a spreadsheet would take for a formula begin with an apostrophe.',
    },
    JSONL: { description: 'One JSON object to a line.' },
    JSON: { description: 'One JSON document: exports of kind LEAD only.' },
  } as const,
});

const ExportState = builder.enumType('ExportState', {
  description: 'Where an export stands.',
  values: {
    PENDING: { description: 'It waits for a worker.' },
    RUNNING: { description: 'It is being written; `rowCount` tells how far it is.' },
    READY: { description: '`url` fetches it.' },
    FAILED: { description: 'It will not come; `failure` says why.' },
    EXPIRED: {
      description:
        'Its file is gone: its time was over, or a call of one of its companies was erased, which ends all of their exports.',
    },
  } as const,
});

export const Export = defineNode<ExportRow>('Export', (ids, { platform, viewer }) =>
  findExports(platform, viewer, ids),
);

Export.implement({
  description: 'Rows written into a file, to be fetched.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ExportKind, description: 'What it holds.' }),
    format: t.expose('format', { type: ExportFormat, description: 'How it is written.' }),
    state: t.field({
      type: ExportState,
      description: 'Where it stands.',
      resolve: (row, _args, { platform }) =>
        row.expiresAt <= platform.clock.now(row.accountId) ? 'EXPIRED' : row.state,
    }),
    from: t.field({
      type: 'Date',
      nullable: true,
      description: 'Its first day; null of a LEAD.',
      resolve: ({ wish }) => daysOf(wish).from ?? null,
    }),
    to: t.field({
      type: 'Date',
      nullable: true,
      description: 'Its last day; null of a LEAD.',
      resolve: ({ wish }) => daysOf(wish).to ?? null,
    }),
    timeZone: t.string({
      nullable: true,
      description: 'Whose days they are; null of a LEAD.',
      resolve: ({ wish }) => daysOf(wish).timeZone ?? null,
    }),
    leadId: t.id({
      nullable: true,
      description:
        'Of which lead it is; null unless it is of kind LEAD, and without the scope LEADS_READ.',
      resolve: ({ wish }, _args, { viewer }) => {
        const { leadId } = wish as { leadId?: string };
        return leadId && may(viewer, 'leads.read') ? encodeGlobalId('Lead', leadId) : null;
      },
    }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why it will not come: RIGHTS_LOST (who asked for it may no longer read it), LEAD_GONE (the lead was merged into another or erased meanwhile) or INTERNAL_ERROR; null unless FAILED.',
    }),
    rowCount: t.exposeInt('rowCount', {
      description: 'Lines written so far, without a header; of a LEAD, interactions.',
    }),
    sizeBytes: t.float({
      nullable: true,
      description: 'The size of its file; null until READY.',
      resolve: ({ sizeBytes }) => (sizeBytes === null ? null : Number(sizeBytes)),
    }),
    sha256: t.string({
      nullable: true,
      description: 'The checksum of its file, in hexadecimal; null until READY.',
      resolve: ({ sha256 }) => (sha256 ? Buffer.from(sha256).toString('hex') : null),
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description:
        'A signed link that lives for 15 minutes; ask again for a new one. Null unless READY, and for a viewer who may read less than stands in it.',
      resolve: (row, _args, { platform, viewer }) => {
        const now = platform.clock.now(row.accountId);
        if (row.state !== 'READY' || row.expiresAt <= now || !mayFetch(viewer, row)) return null;
        const { secrets } = platform;
        return linkToExport({ secrets, publicUrl: platform.publicUrl() }, row, now);
      },
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'When it was asked for.',
    }),
    requestedBy: t.field({
      type: Actor,
      description: 'Who asked for it.',
      resolve: ({ requestedBy }) => requestedBy,
    }),
    readyAt: t.expose('readyAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ready; null until then.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: `When its file goes: ${KEPT_DAYS} days after it was asked for.`,
    }),
  }),
});

/** The days that an export is of; a LEAD has none. */
const daysOf = (wish: unknown) => wish as Partial<Days>;

const ExportConnection = defineConnection(Export, 'Export');

const ExportOrderField = builder.enumType('ExportOrderField', {
  description: 'What exports are sorted by.',
  values: { REQUESTED_AT: { description: 'By the time they were asked for.' } } as const,
});

const ExportOrder = builder.inputType('ExportOrder', {
  description: 'How exports are sorted.',
  fields: (t) => ({
    field: t.field({ type: ExportOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('exports', (t) =>
  t.field({
    type: ExportConnection,
    description:
      'Exports of companies that this viewer may all see, newest first unless told otherwise.',
    args: {
      order: t.arg({ type: ExportOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listExports(platform, viewer, { direction, ...page }),
        count: (cap) => countExports(platform, viewer, cap),
        sortValue: (row) => row.requestedAt.toISOString(),
      });
    },
  }),
);

defineMutation('createExport', {
  description: `Has rows written into a file. It holds what the viewer may read, masked where they lack PERSONAL_READ; EXPORT_READY tells when it can be fetched. At most ${MOST_UNFINISHED} are written at once. A file is kept for ${KEPT_DAYS} days, and at most ${MOST_KEPT} of an account are: beyond that LIMIT_REACHED tells in \`retryAt\` when the first of them goes.`,
  input: (t) => ({
    kind: t.field({ type: ExportKind, required: true, description: 'What it holds.' }),
    format: t.field({ type: ExportFormat, required: true, description: 'How it is written.' }),
    range: t.field({ type: ReportRange, required: true, description: 'Of which days.' }),
    companyIds: t.idList({ description: 'Of which companies; left out: all that you see.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createExport(platform, viewer, {
      ...input,
      companyIds: readIds(input.companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    export: t.field({
      type: Export,
      nullable: true,
      description: 'The export.',
      resolve: (row) => row,
    }),
  }),
});

implementEvent({
  typename: 'ExportEvent',
  types: ['export.ready'],
  description:
    'An export is ready. Viewers who are kept to some companies are told of exports of one company alone.',
  fields: (t) => ({
    export: t.field({
      type: Export,
      nullable: true,
      description: 'The export; null when this viewer may not see it.',
      resolve: ({ payload }) => String(payload.exportId),
    }),
  }),
});
