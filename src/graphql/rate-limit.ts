// Query.rateLimit: what the asking key may still spend.
import { builder } from './builder.ts';
import { bucketOf, MAX_QUERY_COST } from './cost-limit.ts';
import type { ThrottleStatus } from './throttle.ts';

const RateLimit = builder.objectRef<ThrottleStatus>('RateLimit').implement({
  description: 'The query points of a key. Every answer tells them too, in `extensions.cost`.',
  fields: (t) => ({
    maximumAvailable: t.exposeInt('maximumAvailable', {
      description: 'The points of a full bucket.',
    }),
    currentlyAvailable: t.exposeInt('currentlyAvailable', {
      description: 'The points in it now, this query paid.',
    }),
    restoreRate: t.exposeInt('restoreRate', {
      description: 'The points that come back each second.',
    }),
    maximumQueryCost: t.int({
      description: 'The most that one operation may cost.',
      resolve: () => MAX_QUERY_COST,
    }),
  }),
});

builder.queryField('rateLimit', (t) =>
  t.field({
    type: RateLimit,
    description: 'What this key may still spend.',
    resolve: (_root, _args, { throttle, viewer }) => throttle.status(bucketOf(viewer)),
  }),
);
