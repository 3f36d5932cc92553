// The mutation importCosts, and the list of what it brought.
import { Actor, Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { MOST_COST_ROWS } from '../cost-input.ts';
import { importCosts } from '../import-costs.ts';
import { countCostImports, listCostImports } from '../read-cost-imports.ts';
import type { CostImportRow } from '../store-costs.ts';

const CostInput = builder.inputType('CostInput', {
  description:
    'What was spent on a day. Reports put it beside the source, medium, campaign or keyword of the same name, in upper or lower case.',
  fields: (t) => ({
    date: t.field({ type: 'Date', required: true, description: 'On which day.' }),
    source: t.string({ description: 'For which source, by its name.' }),
    medium: t.string({ description: 'For which medium: cpc.' }),
    campaign: t.string({ description: 'For which campaign.' }),
    keyword: t.string({ description: 'For which keyword.' }),
    amountCents: t.float({ required: true, description: 'How much, in whole cents.' }),
    currencyCode: t.string({
      required: true,
      description: 'In which currency, as ISO 4217: the account’s.',
    }),
  }),
});

const CostImport = builder.objectRef<CostImportRow>('CostImport').implement({
  description: 'Costs that were imported together: what importCosts brought under one importKey.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'Whose costs they are.',
      resolve: ({ companyId }) => companyId,
    }),
    importKey: t.exposeString('key', {
      description: 'The key they were imported under; importCosts under it again replaces them.',
    }),
    rowCount: t.exposeInt('rowCount', { description: 'How many rows it has.' }),
    importedAt: t.expose('importedAt', {
      type: 'DateTime',
      description: 'When they last changed.',
    }),
    importedBy: t.field({
      type: Actor,
      description: 'Who imported them then.',
      resolve: ({ importedBy }) => importedBy,
    }),
  }),
});

const CostImportConnection = defineConnection(CostImport, 'CostImport');

const CostImportFilter = builder.inputType('CostImportFilter', {
  description: 'Which imports of costs.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
  }),
});

builder.queryField('costImports', (t) =>
  t.field({
    type: CostImportConnection,
    description:
      'What importCosts brought, company by company in the order of the keys; an import that was taken back stands there without rows. Needs the scope REPORTS_READ.',
    args: {
      filter: t.arg({ type: CostImportFilter, description: 'Which imports.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      return readPage(args, {
        rows: (page) => listCostImports(platform, viewer, { companyIds, ...page }),
        count: (cap) => countCostImports(platform, viewer, companyIds, cap),
        sortValue: ({ companyId }) => companyId,
      });
    },
  }),
);

defineMutation('importCosts', {
  description: `Says what was spent, so that attributionReport tells what a lead costs. Under the same importKey new rows take the place of all that it brought before, and the same rows again change nothing; no rows take it back. At most ${MOST_COST_ROWS} rows at once, as far as they fit: a request takes at most 100 KB, which 1,500 lines of CSV with 60 characters each do, or 700 such rows. Import what is more in parts, each with a key of its own, such as google-ads-2026-11-a. Refused as a whole when any row is bad: each userError names the row, counted from 0, and its field or column; messages name row or line, counted from 1.`,
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose costs.' }),
    importKey: t.string({
      required: true,
      description: 'A name of your own for these rows, up to 200 characters: google-ads-2026-11.',
    }),
    csv: t.string({
      description:
        'The rows as CSV, separated by commas, with a header: date, source, medium, campaign, keyword, amount_cents, currency, in any order; date, amount_cents and currency are needed.',
    }),
    rows: t.field({ type: [CostInput], description: 'The rows themselves, in place of csv.' }),
  }),
  run: (input, { platform, viewer }) =>
    importCosts(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    costImport: t.field({
      type: CostImport,
      nullable: true,
      description: 'What was imported.',
      resolve: (row) => row,
    }),
  }),
});
