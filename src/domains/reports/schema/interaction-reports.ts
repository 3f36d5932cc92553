// Query.interactionSummary and Query.interactionTimeSeries: calls, forms, texts and chats together, or some of them.
import { InteractionKind, Money } from '#domains/interactions/index.ts';
import type { InteractionKind as Kind } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import { interactionSummary, interactionTimeSeries } from '../interaction-summary.ts';
import type { Measures } from '../measures.ts';
import type { GroupBy } from '../read-sums.ts';
import { MOST_GROUPS } from '../summarise.ts';
import { defineSummary } from './define-summary.ts';
import { ReportInterval, ReportRange } from './range.ts';

const InteractionFigures = builder.objectRef<Measures>('InteractionFigures').implement({
  description: 'What interactions sum up to.',
  fields: (t) => ({
    interactions: t.int({
      description: 'How many began.',
      resolve: (sums) => Number(sums.interactions),
    }),
    firstTime: t.int({
      description:
        'First ones by their channel: the first call of a number, the first form or chat of a person, a conversation that the customer began. A form with a `spamScore` of 50 or more is none.',
      resolve: (sums) => Number(sums.firstTime),
    }),
    leads: t.int({
      description:
        'People who got in touch for the first time, by whatever channel, and did so by one of these; not by a form with a `spamScore` of 50 or more.',
      resolve: (sums) => Number(sums.leads),
    }),
    goodLeads: t.int({
      description: 'Those that are marked as good leads; later ones of a good lead are not.',
      resolve: (sums) => Number(sums.goodLeads),
    }),
    value: t.field({
      type: Money,
      description: 'The sum of their values.',
      resolve: ({ valueCents }) => ({ cents: valueCents }),
    }),
  }),
});

const InteractionGroupBy = builder.enumType('InteractionGroupBy', {
  description: 'By what interactions are grouped.',
  values: {
    CHANNEL: { description: 'By what people reached the company: see `kind` of the group.' },
    SOURCE: { description: 'The name of the source.' },
    MEDIUM: { description: 'The source’s medium.' },
    CAMPAIGN: { description: 'The source’s campaign.' },
    KEYWORD: {
      description:
        'What was searched for, in lower case, of the visit that its source was taken from.',
    },
    LANDING_PAGE: { description: 'The first page of that visit: host and path.' },
    REFERRER: { description: 'The host of the page before that.' },
    FORM: {
      description:
        'What the page calls the form, in lower case: its name, else its id. Forms alone: other channels stand in no group.',
    },
    TRACKER: { description: 'The tracker whose number was called, or texted first.' },
    COMPANY: { description: 'The company that was reached.' },
  } as const satisfies Record<GroupBy, object>,
});

const InteractionReportFilter = builder.inputType('InteractionReportFilter', {
  description:
    'Which interactions a report tells of: every field that is given must hold; of a list, any.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Those of these companies.' }),
    trackerIds: t.idList({
      description:
        'Calls to these trackers, and conversations that began over them; forms and chats have none and drop out.',
    }),
    kinds: t.field({
      type: [InteractionKind],
      description:
        'Those of these channels. Calls that are marked as spam are never counted; conversations count on the day of their first text, whoever wrote it, chats on the day they were opened.',
    }),
  }),
});

const { Group, Summary, Point } = defineSummary('Interaction', 'interactions', InteractionFigures);

builder.objectField(Group, 'kind', (t) =>
  t.field({
    type: InteractionKind,
    nullable: true,
    description: 'Grouped by CHANNEL: which one.',
    resolve: ({ by, key }) => (by === 'CHANNEL' ? (key as Kind) : null),
  }),
);

builder.queryFields((t) => ({
  interactionSummary: t.field({
    type: Summary,
    description:
      'What calls, forms, texts and chats sum up to, by the days on which they began, all or in groups; what calls came to is told by callSummary. Needs the scope REPORTS_READ. Figures follow each change within moments.',
    args: {
      range: t.arg({ type: ReportRange, required: true, description: 'Which days.' }),
      groupBy: t.arg({ type: InteractionGroupBy, description: 'By what they are grouped.' }),
      filter: t.arg({ type: InteractionReportFilter, description: 'Which interactions.' }),
      first: t.arg.int({
        description: `How many groups at most: 1 to ${MOST_GROUPS}, 50 when left out.`,
      }),
    },
    resolve: async (_root, args, { platform, viewer }) => {
      const groupBy = args.groupBy ?? null;
      const wish = { ...readWish(args), groupBy, first: args.first ?? 50 };
      return { ...(await interactionSummary(platform, viewer, wish)), by: groupBy };
    },
  }),
  interactionTimeSeries: t.field({
    type: [Point],
    description:
      'Calls, forms, texts and chats over time: each interval of the range, also those without any. Needs the scope REPORTS_READ.',
    args: {
      range: t.arg({ type: ReportRange, required: true, description: 'Which days.' }),
      interval: t.arg({ type: ReportInterval, required: true, description: 'How they are cut.' }),
      filter: t.arg({ type: InteractionReportFilter, description: 'Which interactions.' }),
    },
    extensions: { listSize: 50 },
    resolve: (_root, args, { platform, viewer }) =>
      interactionTimeSeries(platform, viewer, { ...readWish(args), interval: args.interval }),
  }),
}));

function readWish(args: {
  range: typeof ReportRange.$inferInput;
  filter?: typeof InteractionReportFilter.$inferInput | null | undefined;
}) {
  return {
    range: args.range,
    companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
    trackerIds: readIds(args.filter?.trackerIds, 'Tracker', 'trackerIds'),
    kinds: args.filter?.kinds,
  };
}
