// The types that a summary and a series are answered in: alike for calls and for all channels together.
import { Company } from '#domains/accounts/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import type { GroupBy, Group as GroupRow } from '../read-sums.ts';
import type { SeriesPoint, Summary as SummaryRow } from '../summarise.ts';
import type { CallFigures } from './call-figures.ts';

/** A group, and by what it was made. */
export type GroupedRow = GroupRow & { by: GroupBy };

const IN_WORDS: readonly GroupBy[] = [
  'SOURCE',
  'MEDIUM',
  'CAMPAIGN',
  'KEYWORD',
  'LANDING_PAGE',
  'REFERRER',
  'FORM',
];

/**
 * Defines them.
 * @param of what their names begin with: Call
 * @param things the same in words: calls
 * @param Figures the type of the sums
 */
export function defineSummary(
  of: 'Call' | 'Interaction',
  things: string,
  Figures: typeof CallFigures,
) {
  const Group = builder.objectRef<GroupedRow>(`${of}SummaryGroup`).implement({
    description: `${of}s that have something in common.`,
    fields: (t) => ({
      key: t.string({
        nullable: true,
        description:
          'What they have in common, in words; null for those without any. Of what has a field of its own null: see there.',
        resolve: ({ by, key }) => (IN_WORDS.includes(by) ? key : null),
      }),
      tracker: t.field({
        type: Tracker,
        nullable: true,
        description: 'Grouped by TRACKER: which one; null without the scope NUMBERS_READ.',
        resolve: ({ by, key }) => (by === 'TRACKER' ? key : null),
      }),
      company: t.field({
        type: Company,
        nullable: true,
        description: 'Grouped by COMPANY: which one.',
        resolve: ({ by, key }) => (by === 'COMPANY' ? key : null),
      }),
      figures: t.field({
        type: Figures,
        description: 'What they sum up to.',
        resolve: ({ sums }) => sums,
      }),
    }),
  });

  const Summary = builder.objectRef<SummaryRow & { by: GroupBy | null }>(`${of}Summary`).implement({
    description: `What the ${things} of some days sum up to.`,
    fields: (t) => ({
      timeZone: t.string({
        description: 'Whose days they are.',
        resolve: ({ days }) => days.timeZone,
      }),
      total: t.field({
        type: Figures,
        description: 'All of them.',
        resolve: ({ total }) => total,
      }),
      previous: t.field({
        type: Figures,
        description: 'Those of the same number of days just before.',
        resolve: ({ previous }) => previous(),
      }),
      groups: t.field({
        type: [Group],
        description: `The groups, those with most ${things} first; empty without groupBy.`,
        extensions: { listSize: 10 },
        resolve: ({ groups, by }) => groups.map((group) => ({ ...group, by: by as GroupBy })),
      }),
    }),
  });

  const Point = builder.objectRef<SeriesPoint>(`${of}TimeSeriesPoint`).implement({
    description: `The ${things} that began within an interval.`,
    fields: (t) => ({
      startsAt: t.expose('startsAt', { type: 'DateTime', description: 'Its first moment.' }),
      endsAt: t.expose('endsAt', {
        type: 'DateTime',
        description: `Where it ends: ${things} that began then are the next one’s.`,
      }),
      figures: t.field({
        type: Figures,
        description: 'What they sum up to.',
        resolve: ({ sums }) => sums,
      }),
    }),
  });
  return { Group, Summary, Point };
}
