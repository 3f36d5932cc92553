// What this domain announces.
import { z } from 'zod';
import type { NewEvent } from '#platform/events/index.ts';
import { defineEvent } from '#platform/events/index.ts';
import { CARRIER_PROBLEMS } from './carrier-problems.ts';
import type { RegistrationKind, RegistrationRow } from './registration/store-registrations.ts';
import type { PhoneNumberRow } from './store-numbers.ts';

/**
 * A phone number was ordered, came into service, could not be had or was given back; or what is known of it has changed:
 * its settings, what was found at the carrier, when it will be given back.
 */
export const numberStatusChanged = defineEvent('number.status_changed', {
  phoneNumberId: z.uuid(),
  trackerId: z.uuid().nullable(),
  status: z.enum(['ORDERING', 'ACTIVE', 'FAILED', 'RELEASING', 'RELEASED']),
  /** what was wrong at the carrier when it was last asked */
  problems: z.array(z.enum(CARRIER_PROBLEMS)),
});

/** A company's brand or campaign moved at the 10DLC registry: submitted, approved, refused, suspended. */
export const registrationStateChanged = defineEvent('registration.state_changed', {
  registrationId: z.uuid(),
  kind: z.enum(['brand', 'campaign']),
  state: z.enum(['DRAFT', 'SUBMITTED', 'PENDING', 'APPROVED', 'REJECTED', 'SUSPENDED']),
});

/** The event of a registration as it stands after a change. */
export function registrationEvent(
  kind: RegistrationKind,
  row: Pick<RegistrationRow, 'id' | 'companyId' | 'state' | 'version'>,
  occurredAt: Date,
): NewEvent {
  const { id, companyId, state, version } = row;
  return {
    definition: registrationStateChanged,
    companyId,
    subject: registrationSubject(id),
    subjectVersion: version,
    occurredAt,
    payload: { registrationId: id, kind, state },
  };
}

/** The subject of a registration's events. */
export function registrationSubject(id: string): string {
  return `registration:${id}`;
}

/** The event of a number as it stands after a change. */
export function numberEvent(
  row: Pick<PhoneNumberRow, 'id' | 'companyId' | 'trackerId' | 'status' | 'problems'>,
  version: number,
  occurredAt: Date,
): NewEvent {
  const { id, companyId, trackerId, status, problems } = row;
  return {
    definition: numberStatusChanged,
    companyId,
    subject: numberSubject(id),
    subjectVersion: version,
    occurredAt,
    payload: { phoneNumberId: id, trackerId, status, problems },
  };
}

/**
 * The one subject to lock before the trackers and numbers of an account change: rules between them (no tracking number
 * forwards to another) are judged over all of them. Changes are rare, so one lock an account is enough.
 */
export const NUMBERS_SUBJECT = 'numbers';

/** The subject of a number's events. */
export function numberSubject(phoneNumberId: string): string {
  return `number:${phoneNumberId}`;
}
