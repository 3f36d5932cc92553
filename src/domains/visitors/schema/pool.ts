// A pool as the API tells it: how many of its numbers are held, and the events on that.
import { implementEvent } from '#domains/activity/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { type PoolUtilisation, utilisationOf } from '../read-pools.ts';

const PoolUtilisationType = builder.objectRef<PoolUtilisation>('PoolUtilisation').implement({
  description: 'How many numbers of a pool are where, at this moment.',
  fields: (t) => ({
    leased: t.exposeInt('leased', { description: 'Held by visitors on the website.' }),
    cooling: t.exposeInt('cooling', {
      description:
        'Free again for 15 minutes at most: a call still counts as that of the visitor who held it.',
    }),
    free: t.exposeInt('free', { description: 'Free for anybody.' }),
    total: t.exposeInt('total', { description: 'In service.' }),
  }),
});

builder.objectField(Tracker, 'utilisation', (t) =>
  t.loadable({
    type: PoolUtilisationType,
    nullable: true,
    description: 'How full its pool is; null for trackers of type SOURCE.',
    load: async (trackerIds: string[], { platform, viewer }: Context) => {
      const found = await utilisationOf(platform, viewer, trackerIds);
      return trackerIds.map((id) => found.get(id) ?? null);
    },
    resolve: (tracker) => (tracker.type === 'SESSION' ? tracker.id : null),
  }),
);

implementEvent({
  typename: 'PoolEvent',
  types: ['pool.utilisation', 'pool.exhausted'],
  description: 'A pool of numbers is filling up, or had none left for a visitor.',
  fields: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker whose pool it is; null when this viewer may not see it.',
      resolve: ({ payload }) => payload.trackerId as string,
    }),
    levelPercent: t.int({
      nullable: true,
      description: 'On POOL_UTILISATION: the level that was reached, 50, 80, 95 or 100.',
      resolve: ({ payload }) => (payload.levelPercent as number | undefined) ?? null,
    }),
    leased: t.int({
      description: 'Numbers that were held.',
      resolve: ({ payload }) => payload.leased as number,
    }),
    total: t.int({
      description: 'Numbers that were in service.',
      resolve: ({ payload }) => payload.total as number,
    }),
  }),
});
