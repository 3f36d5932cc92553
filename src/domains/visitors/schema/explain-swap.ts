// Query.explainSwap: which tracker's number a page would show in the place of each of its own, and why.
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { type ExplainedSwap, explainSwap } from '../explain-swap.ts';

const SwapExplanation = builder.objectRef<ExplainedSwap>('SwapExplanation').implement({
  description: 'What a page would show in the place of one of its numbers, and why.',
  fields: (t) => ({
    target: t.expose('target', {
      type: 'PhoneNumber',
      description: 'The number that the page has.',
    }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description:
        'Whose number is shown; null where the page’s own stays, and without the scope NUMBERS_READ.',
      resolve: ({ trackerId }) => trackerId,
    }),
    number: t.expose('number', {
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The number that is shown; null where the page’s own stays, and for a pool, which lends each visitor another.',
    }),
    rank: t.exposeInt('rank', {
      nullable: true,
      description:
        'By which rank: 1 = the landing page, 2 = a specific referrer, 3 = a group of referrers, 4 = always, 5 = a pool; null without tracker.',
    }),
    runnersUp: t.field({
      type: [Tracker],
      description:
        'The other trackers that fit, best first: what is shown if this one is disabled; of pools, when it has no number left.',
      extensions: { listSize: 5 },
      resolve: ({ runnerUpIds }) => runnerUpIds,
    }),
    explanation: t.exposeString('explanation', {
      description: 'Why this tracker, and before which other, in plain English.',
    }),
  }),
});

builder.queryField('explainSwap', (t) =>
  t.field({
    type: [SwapExplanation],
    description:
      'Which tracker’s number a page would show in the place of each of its own to a visitor who comes to it first, with consent: by the landing page, the referrer, and what `explainSource` says of them. Without consent no pool is chosen. Nothing is stored, and no number is held.',
    extensions: { listSize: 10 },
    args: {
      url: t.arg.string({
        required: true,
        description:
          'The address of the first page, as the browser has it; 8,192 characters are read.',
      }),
      referrer: t.arg.string({
        description: 'The address of the page before, as the browser tells it; none when left out.',
      }),
      numbers: t.arg({
        type: ['PhoneNumber'],
        description:
          'The numbers that the page has, up to 50; left out, those that the company’s trackers are for, the first 50 of them.',
      }),
      companyId: t.arg.id({ required: true, description: 'Whose trackers are asked.' }),
    },
    resolve: (_root, { url, referrer, numbers, companyId }, { platform, viewer }) =>
      explainSwap(platform, viewer, {
        ...{ url, referrer, numbers },
        companyId: readId(companyId, 'Company', 'companyId'),
      }),
  }),
);
