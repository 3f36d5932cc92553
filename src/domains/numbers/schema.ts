// The numbers' part of the schema, imported for its effect on the builder; one file per thing.
import { implementEvent } from '#domains/activity/index.ts';
import './schema/tracker.ts';
import './schema/mutations.ts';
import './schema/number-mutations.ts';
import './schema/pool-mutations.ts';
import './schema/reservation.ts';
import './schema/messaging-status.ts';
import './schema/registration-mutations.ts';
import type { numberStatusChanged, registrationStateChanged } from './events.ts';
import { TrackingNumberStatus } from './schema/phone-number.ts';
import { BrandRegistration, CampaignRegistration, Tracker, TrackingNumber } from './schema/refs.ts';
import { RegistrationState } from './schema/registration.ts';

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

type Registered = ReturnType<(typeof registrationStateChanged)['payload']['parse']>;

implementEvent({
  typename: 'RegistrationEvent',
  types: ['registration.state_changed'],
  description:
    'A company’s brand or campaign was begun, filled in, submitted, approved, refused or suspended at the 10DLC registry.',
  fields: (t) => ({
    brandRegistration: t.field({
      type: BrandRegistration,
      nullable: true,
      description: 'The brand as it is now; null when it is a campaign’s event.',
      resolve: ({ payload }) => idOf(payload as Registered, 'brand'),
    }),
    campaignRegistration: t.field({
      type: CampaignRegistration,
      nullable: true,
      description: 'The campaign as it is now; null when it is a brand’s event.',
      resolve: ({ payload }) => idOf(payload as Registered, 'campaign'),
    }),
    state: t.field({
      type: RegistrationState,
      description: 'The state that it has by this event.',
      resolve: ({ payload }) => (payload as Registered).state,
    }),
  }),
});

function idOf({ kind, registrationId }: Registered, wanted: Registered['kind']): string | null {
  return kind === wanted ? registrationId : null;
}
