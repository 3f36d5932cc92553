// recommendPoolSize.
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { type PoolRecommendation, recommendPoolSize } from '../recommend-pool-size.ts';

const PoolRecommendationType = builder
  .objectRef<PoolRecommendation>('PoolRecommendation')
  .implement({
    description: 'How many numbers a pool should have, and what that was worked out from.',
    fields: (t) => ({
      numbers: t.exposeInt('numbers', {
        nullable: true,
        description:
          'The fewest numbers that lose no more visitors than wished in the busiest hour; null while nobody has come.',
      }),
      currentNumbers: t.exposeInt('current', { description: 'Its numbers as it is.' }),
      currentLoss: t.exposeFloat('currentLoss', {
        description: 'The share of visitors that the pool as it is loses in the busiest hour.',
      }),
      peakArrivals: t.exposeInt('peakArrivals', {
        description: 'Sessions that wanted a number in the busiest hour of the last 30 days.',
      }),
      holdSeconds: t.int({
        description: 'How long a number is kept for one session, on average, its cooling included.',
        resolve: (recommendation) => Math.round(recommendation.holdSeconds),
      }),
      offeredLoad: t.exposeFloat('offeredLoad', {
        description:
          'How many numbers would be in use on average in that hour, if none were ever lacking.',
      }),
    }),
  });

builder.queryField('recommendPoolSize', (t) =>
  t.field({
    type: PoolRecommendationType,
    description:
      'How many numbers a pool needs, by the visitors that it had: Erlang’s formula for a system that loses whom it cannot serve.',
    args: {
      trackerId: t.arg.id({ required: true, description: 'The tracker, of type SESSION.' }),
      targetLoss: t.arg.float({
        required: true,
        defaultValue: 0.01,
        description: 'The share of visitors that may find no number, above 0 and below 1.',
      }),
    },
    resolve: (_root, { trackerId, targetLoss }, { platform, viewer }) =>
      recommendPoolSize(platform, viewer, {
        trackerId: readId(trackerId, 'Tracker', 'trackerId'),
        targetLoss,
      }),
  }),
);
