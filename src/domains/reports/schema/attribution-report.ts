// Query.attributionReport.
import { Company } from '#domains/accounts/index.ts';
import {
  AttributionModel,
  AttributionWeights,
  readCreditModel,
} from '#domains/attribution/index.ts';
import { Money } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { readIds } from '#graphql/read-id.ts';
import { attributionReport, type AttributionReport as Report } from '../attribution-report.ts';
import { WHOLE } from '../fact.ts';
import { MOST_MANY_SIDED } from '../many-sided.ts';
import type { CreditGroup, CreditGroupBy } from '../read-credits.ts';
import { MOST_GROUPS, POINTS_OF_REPORT } from '../summarise.ts';
import { ReportRange } from './range.ts';

const AttributionGroupBy = builder.enumType('AttributionGroupBy', {
  description:
    'By what credit is grouped, and costs with it. What differs in upper and lower case alone is one group.',
  values: {
    SOURCE: { description: 'The name of the source.' },
    MEDIUM: { description: 'The source’s medium.' },
    CAMPAIGN: { description: 'The source’s campaign.' },
    KEYWORD: { description: 'What was searched for, in lower case.' },
    COMPANY: { description: 'The company that was reached.' },
  } as const satisfies Record<CreditGroupBy, object>,
});

const AttributionReportFilter = builder.inputType('AttributionReportFilter', {
  description: 'Which interactions and costs the report tells of.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Those of these companies.' }),
  }),
});

const dividedBy = (a: bigint, b: bigint) => (a + b / 2n) / b;

const AttributionFigures = builder.objectRef<CreditGroup>('AttributionFigures').implement({
  description:
    'What is credited, in millionths of an interaction: whole numbers, whose sum over all groups is exactly the number of interactions.',
  fields: (t) => {
    const millionths = (measure: 'interactions' | 'leads' | 'goodLeads', description: string) =>
      t.float({ description, resolve: ({ sums }) => Number(sums[measure]) });
    const costPer = (measure: 'leads' | 'goodLeads', description: string) =>
      t.field({
        type: Money,
        nullable: true,
        description: `${description} Null without costs, or without any of them.`,
        resolve: ({ sums, costCents }) =>
          costCents === null || sums[measure] === 0n
            ? null
            : { cents: dividedBy(costCents * WHOLE, sums[measure]) },
      });
    return {
      interactionMillionths: millionths(
        'interactions',
        'Calls, forms, conversations by text and chats.',
      ),
      leadMillionths: millionths(
        'leads',
        'Of those, the ones by which people got in touch for the first time; a form with a `spamScore` of 50 or more is none.',
      ),
      goodLeadMillionths: millionths('goodLeads', 'Of those, the ones marked as good leads.'),
      value: t.field({
        type: Money,
        description: 'The credited share of their values, rounded to a cent.',
        resolve: ({ sums }) => ({ cents: dividedBy(sums.valueCents, WHOLE) }),
      }),
      cost: t.field({
        type: Money,
        nullable: true,
        description: 'What was spent on these days; null when no costs were imported for it.',
        resolve: ({ costCents }) => (costCents === null ? null : { cents: costCents }),
      }),
      costPerLead: costPer('leads', 'Cost by leads.'),
      costPerQualifiedLead: costPer('goodLeads', 'Cost by good leads.'),
      returnOnCost: t.float({
        nullable: true,
        description: 'Value by cost: 2 is twice what was spent. Null without costs.',
        resolve: ({ sums, costCents }) =>
          costCents ? Number(sums.valueCents) / Number(WHOLE) / Number(costCents) : null,
      }),
    };
  },
});

const AttributionReportGroup = builder
  .objectRef<CreditGroup & { by: CreditGroupBy }>('AttributionReportGroup')
  .implement({
    description: 'Credit with something in common.',
    fields: (t) => ({
      key: t.string({
        nullable: true,
        description:
          'What it has in common, in words; null for what has none of it, and for what the model credits to nothing. Of companies null: see there.',
        resolve: ({ by, key }) => (by === 'COMPANY' ? null : key),
      }),
      company: t.field({
        type: Company,
        nullable: true,
        description: 'Grouped by COMPANY: which one.',
        resolve: ({ by, key }) => (by === 'COMPANY' ? key : null),
      }),
      figures: t.field({
        type: AttributionFigures,
        description: 'What is credited, and what it cost.',
        resolve: (group) => group,
      }),
    }),
  });

const AttributionReport = builder
  .objectRef<Report & { by: CreditGroupBy }>('AttributionReport')
  .implement({
    description: 'Who may claim the interactions that began on some days.',
    fields: (t) => ({
      timeZone: t.string({
        description: 'Whose days they are.',
        resolve: ({ days }) => days.timeZone,
      }),
      total: t.field({
        type: AttributionFigures,
        description: 'All of them.',
        resolve: ({ total }) => total,
      }),
      costsUntil: t.field({
        type: 'Date',
        nullable: true,
        description: 'The newest of these days with costs; null when none were imported.',
        resolve: ({ costsUntil }) => costsUntil,
      }),
      groups: t.field({
        type: [AttributionReportGroup],
        description: 'Those with most credit first, then those with most costs.',
        extensions: { listSize: 10 },
        resolve: ({ groups, by }) => groups.map((group) => ({ ...group, by })),
      }),
    }),
  });

builder.queryField('attributionReport', (t) =>
  t.field({
    type: AttributionReport,
    description:
      'How much of the calls, forms, texts and chats of some days each source, campaign or keyword may claim, and what was spent for it (importCosts). Credits are those of `attribution`; an interaction without touchpoints counts for its own source. Needs the scope REPORTS_READ. Costs 10 points.',
    extensions: { points: POINTS_OF_REPORT },
    args: {
      model: t.arg({
        type: AttributionModel,
        description: 'How credit is shared; FIRST_TOUCH when left out.',
      }),
      weights: t.arg({
        type: AttributionWeights,
        description: `Weights of one’s own, in place of a model; at least one above 0. For ranges with at most ${MOST_MANY_SIDED} interactions that more than one source or keyword brought, unless it is grouped by COMPANY.`,
      }),
      groupBy: t.arg({
        type: AttributionGroupBy,
        required: true,
        description: 'By what it is grouped.',
      }),
      range: t.arg({ type: ReportRange, required: true, description: 'Which days.' }),
      filter: t.arg({ type: AttributionReportFilter, description: 'Of which companies.' }),
      first: t.arg.int({
        description: `How many groups at most: 1 to ${MOST_GROUPS}, 50 when left out.`,
      }),
    },
    resolve: async (_root, args, { platform, viewer }) => {
      const { groupBy, range } = args;
      const model = readCreditModel(args);
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const wish = { model, groupBy, range, companyIds, first: args.first ?? 50 };
      return { ...(await attributionReport(platform, viewer, wish)), by: groupBy };
    },
  }),
);
