// Query.callSummary and Query.callTimeSeries.
import { fieldsOfTraits } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import { callSummary, callTimeSeries } from '../call-summary.ts';
import type { GroupBy } from '../read-sums.ts';
import { MOST_CALLS } from '../sum-calls.ts';
import { MOST_GROUPS, POINTS_OF_REPORT } from '../summarise.ts';
import { CallFigures } from './call-figures.ts';
import { defineSummary } from './define-summary.ts';
import { ReportInterval, ReportRange } from './range.ts';

const CallGroupBy = builder.enumType('CallGroupBy', {
  description: 'By what calls are grouped.',
  values: {
    SOURCE: { description: 'The name of the source.' },
    MEDIUM: { description: 'The source’s medium.' },
    CAMPAIGN: { description: 'The source’s campaign.' },
    KEYWORD: {
      description:
        'What was searched for, in lower case, of the visit that its source was taken from.',
    },
    LANDING_PAGE: { description: 'The first page of that visit: host and path.' },
    REFERRER: { description: 'The host of the page before that.' },
    TRACKER: { description: 'The tracker that was dialled.' },
    COMPANY: { description: 'The company that was reached.' },
  } as const satisfies Record<Exclude<GroupBy, 'CHANNEL' | 'FORM'>, object>,
});

const CallReportFilter = builder.inputType('CallReportFilter', {
  description: `Which calls a report tells of: every field that is given must hold; of a list, any. With any but companyIds and trackerIds the calls themselves are looked through: at most ${MOST_CALLS} in the range, and as many in the days before it that callSummary compares with.`,
  fields: (t) => ({
    companyIds: t.idList({ description: 'Calls of these companies.' }),
    trackerIds: t.idList({ description: 'Calls to these trackers.' }),
    ...fieldsOfTraits(t),
  }),
});

const { Summary: CallSummary, Point: CallTimeSeriesPoint } = defineSummary(
  'Call',
  'calls',
  CallFigures,
);

builder.queryFields((t) => ({
  callSummary: t.field({
    type: CallSummary,
    description:
      'What calls sum up to, by the days on which they began, all or in groups. Needs the scope REPORTS_READ. Figures follow each change within moments; calls marked as spam are not among them. Costs 10 points.',
    extensions: { points: POINTS_OF_REPORT },
    args: {
      range: t.arg({ type: ReportRange, required: true, description: 'Which days.' }),
      groupBy: t.arg({ type: CallGroupBy, description: 'By what they are grouped.' }),
      filter: t.arg({ type: CallReportFilter, description: 'Which calls.' }),
      first: t.arg.int({
        description: `How many groups at most: 1 to ${MOST_GROUPS}, 50 when left out.`,
      }),
    },
    resolve: async (_root, args, { platform, viewer }) => {
      const groupBy = args.groupBy ?? null;
      const wish = { ...readWish(args), groupBy, first: args.first ?? 50 };
      return { ...(await callSummary(platform, viewer, wish)), by: groupBy };
    },
  }),
  callTimeSeries: t.field({
    type: [CallTimeSeriesPoint],
    description:
      'Calls over time: each interval of the range, also those without calls, however many there are. Needs the scope REPORTS_READ.',
    args: {
      range: t.arg({ type: ReportRange, required: true, description: 'Which days.' }),
      interval: t.arg({ type: ReportInterval, required: true, description: 'How they are cut.' }),
      filter: t.arg({ type: CallReportFilter, description: 'Which calls.' }),
    },
    extensions: { listSize: 50 },
    resolve: (_root, args, { platform, viewer }) =>
      callTimeSeries(platform, viewer, { ...readWish(args), interval: args.interval }),
  }),
}));

function readWish(args: {
  range: typeof ReportRange.$inferInput;
  filter?: typeof CallReportFilter.$inferInput | null | undefined;
}) {
  const { companyIds, trackerIds, sourceIds, ...traits } = args.filter ?? {};
  return {
    range: args.range,
    companyIds: readIds(companyIds, 'Company', 'companyIds'),
    trackerIds: readIds(trackerIds, 'Tracker', 'trackerIds'),
    traits: { ...traits, sourceIds: readIds(sourceIds, 'Source', 'sourceIds') },
  };
}
