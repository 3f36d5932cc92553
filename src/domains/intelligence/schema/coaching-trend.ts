// coachingTrend: whether the calls of a company become better, at which of its telephones, and whose.
import { AgentNode } from '#domains/agents/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import {
  type CoachingPoint,
  MOST_DESTINATIONS,
  readCoachingTrend,
} from '../insights/read-coaching-trend.ts';

const CoachingGroupBy = builder.enumType('CoachingGroupBy', {
  description: 'By what a trend of coaching tells calls apart.',
  values: {
    DESTINATION: {
      description: 'The telephone of the business that calls were put through to, and answered at.',
    },
    AGENT: {
      description:
        'The agent at whose telephone they were answered (`setAgentTelephones`). Takes the scope AGENTS_READ, too; agents who may not read transcripts get their own trend.',
    },
  } as const,
});

const Point = builder.objectRef<CoachingPoint>('CoachingPoint').implement({
  description:
    'How far one criterion of coaching was met in one week, as one version of the rubric asked for it.',
  fields: (t) => ({
    week: t.field({
      type: 'Date',
      description: 'The Monday with which it begins, in the company’s zone.',
      resolve: ({ week }) => week,
    }),
    criterion: t.exposeString('criterion', {
      description:
        'The key of the criterion, as the rubric had it when the call was read; see `Company.coachingRubric`.',
    }),
    rubricVersion: t.exposeInt('rubricVersion', {
      nullable: true,
      description:
        'Which version of the rubric the calls were read by, see `CoachingRubric.version`: one key may have asked for something else in another one. 0 is before its first change; null of calls that were read before this was noted.',
    }),
    destination: t.expose('destination', {
      type: 'PhoneNumber',
      nullable: true,
      description:
        'By DESTINATION: at which telephone the calls were answered; null of those that nobody answered. Else null.',
    }),
    agent: t.field({
      type: AgentNode,
      nullable: true,
      description:
        'By AGENT: at whose telephone the calls were answered; null of those that were answered at nobody’s, or not at all. Else null.',
      resolve: ({ agentId }) => agentId,
    }),
    met: t.exposeFloat('met', { description: 'The mean over the calls, 0 to 1: an estimate.' }),
    calls: t.exposeInt('calls', { description: 'Over how many calls.' }),
  }),
});

builder.queryField('coachingTrend', (t) =>
  t.field({
    type: [Point],
    description:
      'How far the criteria of coaching were met on a company’s calls, by week, criterion and version of the rubric. Only a language model judges them, so weeks without one are missing. A point tells of one call at least: with few of them it says little about who answered.',
    extensions: { listSize: 50 },
    args: {
      companyId: t.arg.id({ required: true, description: 'Which company.' }),
      from: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Calls that began at or after this.',
      }),
      before: t.arg({
        type: 'DateTime',
        required: true,
        description: 'Calls that began before this; at most 366 days later.',
      }),
      groupBy: t.arg({
        type: CoachingGroupBy,
        description: `Tells calls apart: those of the ${MOST_DESTINATIONS} telephones or agents with most calls that were judged. DESTINATION takes the scope NUMBERS_READ, too, and AGENT AGENTS_READ.`,
      }),
      destinations: t.arg({
        type: ['PhoneNumber'],
        description: `Only calls that were answered at one of these telephones, up to ${MOST_DESTINATIONS}. Takes the scope NUMBERS_READ, too.`,
      }),
    },
    resolve: (_root, { companyId, ...wanted }, { platform, viewer }) =>
      readCoachingTrend(platform, viewer, {
        ...wanted,
        companyId: readId(companyId, 'Company', 'companyId'),
      }),
  }),
);
