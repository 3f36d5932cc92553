// TrackingNumber.health: how a number does, from its calls and from what the carrier said of it.
import { may } from '#domains/accounts/index.ts';
import { TrackingNumber } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import { NUMBER_PROBLEMS, type NumberProblemKind } from '../number-health.ts';
import { type HealthyNumber, type NumberHealth, readNumberHealth } from '../read-number-health.ts';

const kinds = Object.entries(NUMBER_PROBLEMS) as [NumberProblemKind, { description: string }][];
const NumberProblemKindEnum = builder.enumType('NumberProblemKind', {
  description: 'What can be wrong with a number.',
  values: Object.fromEntries(
    kinds.map(([kind, { description }]) => [kind, { value: kind, description }]),
  ) as Record<NumberProblemKind, { value: NumberProblemKind; description: string }>,
});

const NumberProblem = builder.objectRef<NumberProblemKind>('NumberProblem').implement({
  description: 'Something that is wrong with a number.',
  fields: (t) => ({
    kind: t.field({
      type: NumberProblemKindEnum,
      description: 'What it is.',
      resolve: (kind) => kind,
    }),
    description: t.string({
      description: 'What it is, in a sentence.',
      resolve: (kind) => NUMBER_PROBLEMS[kind].description,
    }),
    whatToDo: t.string({
      description: 'What can be done about it.',
      resolve: (kind) => NUMBER_PROBLEMS[kind].whatToDo,
    }),
  }),
});

type Share = 'answered' | 'short' | 'spam';
const shareOf = (share: Share) => (health: NumberHealth) =>
  health.calls === 0 ? null : health[share] / health.calls;

const Health = builder.objectRef<NumberHealth>('NumberHealth').implement({
  description: 'How a number does.',
  fields: (t) => ({
    lastCallAt: t.expose('lastCallAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last called; null when it never was.',
    }),
    lastInboundEventAt: t.expose('lastDialledAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the carrier last told of somebody dialling it, whether or not a call came of it.',
    }),
    callsLast30Days: t.exposeInt('calls', {
      description: 'Its calls of the last 30 days that have ended.',
    }),
    answeredShare: t.float({
      nullable: true,
      description: 'The share of those calls that were answered, 0 to 1; null without calls.',
      resolve: shareOf('answered'),
    }),
    shortShare: t.float({
      nullable: true,
      description: 'The share of them that were over within 15 seconds; null without calls.',
      resolve: shareOf('short'),
    }),
    spamShare: t.float({
      nullable: true,
      description:
        'The share of them that are marked as spam or look like it: short, by a caller who withheld the number or made three or more such calls. Null without calls.',
      resolve: shareOf('spam'),
    }),
    carrierStatus: t.exposeString('carrierStatus', {
      nullable: true,
      description: 'The carrier’s own word on it when it was last asked: active, ported-out ….',
    }),
    checkedAt: t.expose('checkedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the carrier was last asked about it, which is done each day.',
    }),
    problems: t.field({
      type: [NumberProblem],
      description: 'What is wrong with it; empty when nothing is.',
      extensions: { listSize: 3 },
      resolve: (health) => health.problems,
    }),
  }),
});

builder.objectField(TrackingNumber, 'health', (t) =>
  t.loadable({
    type: Health,
    nullable: true,
    description:
      'How it does; null unless it is in service or being given back, or without the scope CALLS_READ.',
    load: (numbers: HealthyNumber[], { platform, viewer }) =>
      readNumberHealth(platform, viewer.accountId, numbers),
    loaderOptions: { cacheKeyFn: ({ id }: HealthyNumber) => id },
    resolve: (number, _args, { viewer }) => {
      const isServed = number.status === 'ACTIVE' || number.status === 'RELEASING';
      return isServed && may(viewer, 'calls.read', number.companyId) ? number : null;
    },
  }),
);
