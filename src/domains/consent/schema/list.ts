// Query.consents: the list, its filter and its order.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countConsents, listConsents } from '../read-consents.ts';
import { Consent } from './consent.ts';

const ConsentConnection = defineConnection(Consent, 'Consent');

const ConsentFilter = builder.inputType('ConsentFilter', {
  description: 'Which consents: every field that is given must hold.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Those with any of these companies.' }),
    phoneNumber: t.field({
      type: 'PhoneNumber',
      description: 'Those of this number; needs the scope PERSONAL_READ.',
    }),
    isOptedOut: t.boolean({ description: 'Only those that are opted out, or only the others.' }),
    awaitsReview: t.boolean({
      description: 'Only those with a request that waits to be judged, or only the others.',
    }),
  }),
});

const ConsentOrderField = builder.enumType('ConsentOrderField', {
  description: 'What consents are sorted by.',
  values: { CHANGED_AT: { description: 'By the time of their last entry.' } } as const,
});

const ConsentOrder = builder.inputType('ConsentOrder', {
  description: 'The order of a list of consents.',
  fields: (t) => ({
    field: t.field({ type: ConsentOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('consents', (t) =>
  t.field({
    type: ConsentConnection,
    description:
      'What telephone numbers have agreed to with the companies that this viewer may see, the last changed first unless told otherwise.',
    args: {
      filter: t.arg({ type: ConsentFilter, description: 'Which consents.' }),
      order: t.arg({ type: ConsentOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listConsents(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countConsents(platform, viewer, filter, cap),
        sortValue: (row) => row.changedAt.toISOString(),
      });
    },
  }),
);
