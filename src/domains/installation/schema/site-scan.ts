// SiteScan, the list of scans, and their events.
import { Company } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import type { PageProblem } from '../page-problems.ts';
import { countNumbers, listNumbers } from '../read-scanned-numbers.ts';
import { countPages, listPages } from '../read-scanned-pages.ts';
import { countScans, listScans } from '../read-scans.ts';
import { ScannedNumberConnection } from './printed-number.ts';
import { SiteScan } from './refs.ts';
import { PageProblemType, ScannedPageConnection, ScannedPageState } from './scanned-page.ts';

const SiteScanState = builder.enumType('SiteScanState', {
  description: 'How far a scan is.',
  values: {
    WAITING: { description: 'It has not begun yet.' },
    RUNNING: { description: 'It looks at one page after the other.' },
    DONE: { description: 'It is over; `pages` tell which could be read.' },
    FAILED: { description: 'No page answered, or it was given up; `failure` says why.' },
    CANCELLED: { description: 'Somebody ended it.' },
  } as const,
});

const ScannedPageFilter = builder.inputType('ScannedPageFilter', {
  description: 'Which pages of a scan.',
  fields: (t) => ({
    states: t.field({ type: [ScannedPageState], description: 'Only those in these states.' }),
    number: t.field({ type: 'PhoneNumber', description: 'Only those that print this number.' }),
  }),
});

SiteScan.implement({
  description:
    'A look at the pages of a website, from one page on: which numbers they print, whose these are, and whether the script is there. The ten newest of a company are kept, for 90 days.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company whose website it is.',
      resolve: ({ companyId }) => companyId,
    }),
    url: t.exposeString('url', { description: 'The page with which it begins.' }),
    state: t.expose('state', { type: SiteScanState, description: 'How far it is.' }),
    failure: t.field({
      type: PageProblemType,
      nullable: true,
      description: 'Why it failed; null when it did not.',
      resolve: ({ failure }) => failure as PageProblem | null,
    }),
    maxPages: t.exposeInt('maxPages', { description: 'How many pages it looks at, at most.' }),
    pagesFound: t.exposeInt('pagesFound', {
      description: 'Pages found so far; those not yet counted below are still to be looked at.',
    }),
    pagesRead: t.exposeInt('pagesRead', {
      description: 'Pages that answered: read, or leading on to another one.',
    }),
    pagesUnread: t.exposeInt('pagesUnread', { description: 'Pages that could not be read.' }),
    isCut: t.exposeBoolean('isCut', {
      description:
        'Whether there was more than it looked at: more pages than `maxPages`, pages more than 20 links from the first one, a page that was read in part, leads to more than 1,000 others or has more than 200 numbers, or no more time.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began; null until then.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was over; null until then.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every page.' }),
    numbers: t.field({
      type: ScannedNumberConnection,
      description: 'The numbers that its pages print, each once, by number.',
      args: pageArgs(t),
      resolve: (scan, args, { platform, viewer }) =>
        readPage(args, {
          rows: (page) => listNumbers(platform, viewer, scan, page),
          count: (cap) => countNumbers(platform, scan, cap),
          sortValue: ({ id }) => id,
        }),
    }),
    pages: t.field({
      type: ScannedPageConnection,
      description: 'Its pages, in the order in which they were found.',
      args: {
        filter: t.arg({ type: ScannedPageFilter, description: 'Which pages.' }),
        ...pageArgs(t),
      },
      resolve: (scan, args, { platform, viewer }) => {
        const filter = args.filter ?? {};
        return readPage(args, {
          rows: (page) => listPages(platform, viewer, scan, { filter, ...page }),
          count: (cap) => countPages(platform, scan, filter, cap),
          sortValue: ({ id }) => id,
        });
      },
    }),
  }),
});

const SiteScanConnection = defineConnection(SiteScan, 'SiteScan');

const SiteScanFilter = builder.inputType('SiteScanFilter', {
  description: 'Which scans.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    states: t.field({ type: [SiteScanState], description: 'Only those in these states.' }),
  }),
});

const SiteScanOrderField = builder.enumType('SiteScanOrderField', {
  description: 'What scans are sorted by.',
  values: {
    CREATED_AT: { value: 'createdAt', description: 'By when they were asked for.' },
  } as const,
});

const SiteScanOrder = builder.inputType('SiteScanOrder', {
  description: 'How scans are sorted.',
  fields: (t) => ({
    field: t.field({ type: SiteScanOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('siteScans', (t) =>
  t.field({
    type: SiteScanConnection,
    description: 'Scans of websites, the latest first unless told otherwise.',
    args: {
      filter: t.arg({ type: SiteScanFilter, description: 'Which scans.' }),
      order: t.arg({ type: SiteScanOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listScans(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countScans(platform, viewer, filter, cap),
        sortValue: (scan) => scan.createdAt.toISOString(),
      });
    },
  }),
);

implementEvent({
  typename: 'SiteScanEvent',
  types: ['site.scan_started', 'site.scan_ended'],
  description: 'A scan of a website began, or is over.',
  fields: (t) => ({
    siteScan: t.field({
      type: SiteScan,
      nullable: true,
      description: 'The scan as it is now; null when this viewer may not see it.',
      resolve: ({ payload }) => payload.siteScanId as string,
    }),
  }),
});
