// The days that reports are asked for, and how they are cut into intervals.
import { builder } from '#graphql/builder.ts';
import { type Interval, MOST_DAYS } from '../period.ts';

export const ReportRange = builder.inputType('ReportRangeInput', {
  description: `Calendar days, both included, at most ${MOST_DAYS}.`,
  fields: (t) => ({
    from: t.field({ type: 'Date', required: true, description: 'The first day.' }),
    to: t.field({ type: 'Date', required: true, description: 'The last day.' }),
    timeZone: t.string({
      description:
        'Whose days, by the name of the IANA database: America/Chicago. Left out: those of the company when the report tells of one alone, else of the account.',
    }),
  }),
});

export const ReportInterval = builder.enumType('ReportInterval', {
  description:
    'How a range is cut. Its first and last interval are cut by the range where they reach over it.',
  values: {
    HOUR: {
      description:
        'Hours, counted from the begin of each day; a day of 23 or 25 hours has as many.',
    },
    DAY: { description: 'Days of the time zone.' },
    WEEK: { description: 'Weeks, from Monday.' },
    MONTH: { description: 'Months.' },
    YEAR: { description: 'Years.' },
  } as const satisfies Record<Interval, object>,
});
