// VisitorSession, its page views, and the list of sessions.
import { Company, may } from '#domains/accounts/index.ts';
import { Source } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { invalidInput } from '#values/refusals.ts';
import { countSessions, listSessions } from '../read-sessions.ts';
import { PageViewConnection, readPageViews } from './page-view.ts';
import { VisitorSession } from './refs.ts';
import { addressFor, NamedValue, namedValues, UNMASKED } from './shown.ts';

const DeviceClass = builder.enumType('DeviceClass', {
  description: 'What kind of device a browser runs on, by its own word.',
  values: {
    DESKTOP: { description: 'A computer, or a tablet that says it is one.' },
    MOBILE: { description: 'A telephone.' },
    TABLET: { description: 'A tablet.' },
  } as const,
});

VisitorSession.implement({
  description:
    'A stretch of visits of one browser with one source: it ends after 30 minutes of silence, after 24 hours, or when another campaign or click brings the visitor.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company whose website was visited.',
      resolve: (session) => session.companyId,
    }),
    visitorId: t.exposeString('visitorId', {
      description: 'The browser, by the UUID that it made for this company.',
    }),
    source: t.field({
      type: Source,
      nullable: true,
      description:
        'Where the visitor came from. Null without the scope NUMBERS_READ or CALLS_READ; the texts below tell it too.',
      resolve: (session) => session.sourceId,
    }),
    network: t.exposeString('network', { description: 'Who sent the visitor: Google, Direct.' }),
    sourceName: t.exposeString('sourceName', { description: 'The source’s name: Google Ads.' }),
    medium: t.exposeString('medium', { description: 'The medium: cpc, organic, email.' }),
    campaign: t.exposeString('campaign', { description: 'The campaign; empty for none.' }),
    term: t.exposeString('term', { description: 'The search term; empty when it is not told.' }),
    content: t.exposeString('content', { description: 'Which ad or link; empty for none.' }),
    clickIds: t.field({
      type: [NamedValue],
      description: 'What ad networks added to the link to know the click again.',
      resolve: (session) => namedValues(session.clickIds),
    }),
    ruleId: t.exposeString('ruleId', { description: 'The rule that named the source.' }),
    rulesVersion: t.exposeString('rulesVersion', {
      nullable: true,
      description:
        'The version of the built-in tables that it was named by: another may judge the same address otherwise. Null for sessions from before versions were kept.',
    }),
    setsSource: t.exposeBoolean('setsSource', {
      description:
        'Whether the visitor’s interactions have this source from here on: the first session’s, unless the website lets later ones replace it.',
    }),
    landingPageUrl: t.string({
      nullable: true,
      description: `The first page. ${UNMASKED}`,
      resolve: (session, _args, { viewer }) =>
        addressFor(viewer, session.companyId, session.landingUrl),
    }),
    referrer: t.string({
      nullable: true,
      description: `The page before it, as the browser told; null for none. ${UNMASKED}`,
      resolve: (session, _args, { viewer }) =>
        addressFor(viewer, session.companyId, session.referrer),
    }),
    device: t.expose('device', { type: DeviceClass, description: 'The kind of device.' }),
    customCookies: t.field({
      type: [NamedValue],
      nullable: true,
      description:
        'The cookies of the website that it asks to keep. Null without the scope PERSONAL_READ.',
      resolve: (session, _args, { viewer }) =>
        may(viewer, 'personal.read', session.companyId) ? namedValues(session.customCookies) : null,
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'The last sign of life of its pages.',
    }),
    pageViews: t.field({
      type: PageViewConnection,
      description: 'The pages that were opened in it, the latest first.',
      args: pageArgs(t),
      resolve: (session, args, { platform }) => readPageViews(platform, session, args),
    }),
  }),
});

const VisitorSessionConnection = defineConnection(VisitorSession, 'VisitorSession');

const VisitorSessionFilter = builder.inputType('VisitorSessionFilter', {
  description: 'Which sessions of visitors.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    visitorId: t.string({ description: 'Only those of this browser, a UUID.' }),
    startedFrom: t.field({
      type: 'DateTime',
      description: 'Only those that began then or later.',
    }),
    startedBefore: t.field({ type: 'DateTime', description: 'Only those that began earlier.' }),
  }),
});

const VisitorSessionOrderField = builder.enumType('VisitorSessionOrderField', {
  description: 'What sessions of visitors are sorted by.',
  values: {
    STARTED_AT: { value: 'startedAt', description: 'By the time they began.' },
  } as const,
});

const VisitorSessionOrder = builder.inputType('VisitorSessionOrder', {
  description: 'How sessions of visitors are sorted.',
  fields: (t) => ({
    field: t.field({ type: VisitorSessionOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

builder.queryField('visitorSessions', (t) =>
  t.field({
    type: VisitorSessionConnection,
    description:
      'The sessions of visitors that this viewer may see, the latest first unless told otherwise.',
    args: {
      filter: t.arg({ type: VisitorSessionFilter, description: 'Which sessions.' }),
      order: t.arg({ type: VisitorSessionOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const visitorId = args.filter?.visitorId;
      if (visitorId && !UUID.test(visitorId)) {
        throw invalidInput('visitorId', 'visitorId takes the UUID that the browser made.');
      }
      const filter = { ...args.filter, companyIds };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listSessions(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countSessions(platform, viewer, filter, cap),
        sortValue: (session) => session.startedAt.toISOString(),
      });
    },
  }),
);
