// CallFigures: what a set of calls sums up to.
import { Money } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Measure, Measures } from '../measures.ts';

export const CallFigures = builder.objectRef<Measures>('CallFigures').implement({
  description: 'What calls sum up to.',
  fields: (t) => {
    const count = (measure: Measure, description: string) =>
      t.int({ description, resolve: (sums) => Number(sums[measure]) });
    return {
      calls: count('interactions', 'How many began, also those that still go on.'),
      answered: count('answered', 'Those that were answered.'),
      missed: count(
        'missed',
        'Those that ended unanswered and without a message: missed, abandoned, busy and failed.',
      ),
      abandoned: count('abandoned', 'Of the missed ones, those whose caller hung up early.'),
      voicemails: count('voicemails', 'Those that ended with a message.'),
      firstTimeCallers: count('firstTime', 'First calls of a number to its company.'),
      leads: count(
        'leads',
        'People who got in touch for the first time, by whatever channel, and did so by a call.',
      ),
      goodLeads: count(
        'goodLeads',
        'Calls that are marked as good leads; later calls of a good lead are not among them.',
      ),
      value: t.field({
        type: Money,
        description: 'The sum of their values.',
        resolve: ({ valueCents }) => ({ cents: valueCents }),
      }),
      durationMinutes: t.float({
        description: 'From ring to end, all that have ended together, to the second.',
        resolve: ({ durationSeconds }) => Number(durationSeconds) / 60,
      }),
      averageDurationSeconds: t.int({
        nullable: true,
        description: 'The same on average, rounded; null while none has ended.',
        resolve: ({ durationSeconds, answered, missed, voicemails }) => {
          const ended = answered + missed + voicemails;
          return ended === 0n ? null : Math.round(Number(durationSeconds) / Number(ended));
        },
      }),
    };
  },
});
