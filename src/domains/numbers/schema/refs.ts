// The nodes of this domain, made before their fields: trackers lead to numbers and back.
import { defineNode } from '#graphql/node.ts';
import { findPhoneNumbers } from '../read-phone-numbers.ts';
import { findReservations } from '../read-reservations.ts';
import { findSources, findTrackers } from '../read-trackers.ts';
import { readRegistrations } from '../registration/read-registrations.ts';

export const Tracker = defineNode('Tracker', (ids, { platform, viewer }) =>
  findTrackers(platform, viewer, ids),
);
// the scalar has the name PhoneNumber
export const TrackingNumber = defineNode('TrackingNumber', (ids, { platform, viewer }) =>
  findPhoneNumbers(platform, viewer, ids),
);
export const Source = defineNode('Source', (ids, { platform, viewer }) =>
  findSources(platform, viewer, ids),
);
export const BrandRegistration = defineNode('BrandRegistration', (ids, { platform, viewer }) =>
  readRegistrations(platform, viewer, 'brand', ids),
);
export const CampaignRegistration = defineNode(
  'CampaignRegistration',
  (ids, { platform, viewer }) => readRegistrations(platform, viewer, 'campaign', ids),
);
export const NumberReservation = defineNode('NumberReservation', (ids, { platform, viewer }) =>
  findReservations(platform, viewer, ids),
);
