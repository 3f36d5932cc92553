// The numbers' part of the schema, imported for its effect on the builder; one file per thing.
import { implementEvent } from '#domains/activity/index.ts';
import './schema/tracker.ts';
import './schema/mutations.ts';
import './schema/number-mutations.ts';
import './schema/pool-mutations.ts';
import './schema/reservation.ts';
import type { numberStatusChanged } from './events.ts';
import { TrackingNumberStatus } from './schema/phone-number.ts';
import { Tracker, TrackingNumber } from './schema/refs.ts';

export { Source, Tracker, TrackingNumber } from './schema/refs.ts';

type Payload = ReturnType<(typeof numberStatusChanged)['payload']['parse']>;

implementEvent({
  typename: 'NumberEvent',
  types: ['number.status_changed'],
  description:
    'A phone number was ordered, came into service, could not be had or was given back; or what is known of it has changed.',
  fields: (t) => ({
    phoneNumber: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The number as it is now; null when this viewer may not see it.',
      resolve: ({ payload }) => (payload as Payload).phoneNumberId,
    }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker that it leads to.',
      resolve: ({ payload }) => (payload as Payload).trackerId,
    }),
    status: t.field({
      type: TrackingNumberStatus,
      description: 'The status that it has by this event.',
      resolve: ({ payload }) => (payload as Payload).status,
    }),
  }),
});
