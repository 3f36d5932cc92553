// coachingTrend: whether the calls of a company become better.
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { type CoachingPoint, readCoachingTrend } from '../insights/read-coaching-trend.ts';

const Point = builder.objectRef<CoachingPoint>('CoachingPoint').implement({
  description: 'How far one criterion of coaching was met in one week.',
  fields: (t) => ({
    week: t.field({
      type: 'Date',
      description: 'The Monday with which it begins, in the company’s zone.',
      resolve: ({ week }) => week,
    }),
    criterion: t.exposeString('criterion', {
      description: 'GREETING, NEED, COURTESY, OFFER or NEXT_STEP.',
    }),
    met: t.exposeFloat('met', { description: 'The mean over the calls, 0 to 1: an estimate.' }),
    calls: t.exposeInt('calls', { description: 'Over how many calls.' }),
  }),
});

builder.queryField('coachingTrend', (t) =>
  t.field({
    type: [Point],
    description:
      'How far the criteria of coaching were met on a company’s calls, by week and criterion. Only a language model judges them, so weeks without one are missing.',
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
    },
    resolve: (_root, { companyId, ...range }, { platform, viewer }) =>
      readCoachingTrend(platform, viewer, {
        ...range,
        companyId: readId(companyId, 'Company', 'companyId'),
      }),
  }),
);
