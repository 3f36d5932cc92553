// TrackingNumber, the list of numbers, and the numbers that the carrier has on offer.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import type { OfferedNumber } from '#platform/carrier/index.ts';
import {
  countPhoneNumbers,
  listPhoneNumbers,
  type PhoneNumberOrder,
  replacementsOf,
} from '../read-phone-numbers.ts';
import { MOST_OFFERED, searchNumbers, USUALLY_OFFERED } from '../search-numbers.ts';
import { Tracker, TrackingNumber } from './refs.ts';

export const TrackingNumberStatus = builder.enumType('TrackingNumberStatus', {
  description: 'How far a number is.',
  values: {
    ORDERING: { description: 'The carrier was asked for it and has not delivered yet.' },
    ACTIVE: { description: 'In service: calls on it arrive.' },
    FAILED: { description: 'The carrier could not deliver it; `failure` says why.' },
    RELEASING: { description: 'Being given back to the carrier: its calls are declined.' },
    RELEASED: { description: 'Given back to the carrier. It may be ordered anew.' },
  } as const,
});

export const CallScreening = builder.enumType('CallScreening', {
  description: 'What the carrier does with calls that it takes for fraud. It charges for looking.',
  values: {
    DISABLED: { description: 'It does not look.' },
    FLAG_CALLS: { description: 'It puts them through, marked.' },
    REJECT_CALLS: { description: 'It rejects them; they never reach us.' },
  } as const,
});

TrackingNumber.implement({
  description: 'A phone number of the account that callers dial.',
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The number.' }),
    status: t.expose('status', { type: TrackingNumberStatus, description: 'How far it is.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why it could not be had, or, on an ACTIVE one, why the carrier would not take it back.',
    }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker that it leads to.',
      resolve: (number) => number.trackerId,
    }),
    company: t.field({
      type: Company,
      description: 'The company that it belongs to.',
      resolve: (number) => number.companyId,
    }),
    releaseAt: t.expose('releaseAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it will be given back to the carrier; null = it stays.',
    }),
    replaces: t.field({
      type: TrackingNumber,
      nullable: true,
      description: 'The number whose place it takes, or took.',
      resolve: (number) => number.replacesId,
    }),
    replacedBy: t.loadable({
      type: TrackingNumber,
      nullable: true,
      description: 'The number that takes its place, or took it.',
      load: (ids: string[], { platform, viewer }) => replacementsOf(platform, viewer, ids),
      resolve: (number) => number.id,
    }),
    callerNameLookup: t.exposeBoolean('callerNameLookup', {
      description: 'Whether the carrier looks up callers’ names, which it charges for.',
    }),
    callScreening: t.expose('callScreening', {
      type: CallScreening,
      description: 'What the carrier does with calls that it takes for fraud.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was ordered.' }),
  }),
});

const TrackingNumberConnection = defineConnection(TrackingNumber, 'TrackingNumber');

const TrackingNumberFilter = builder.inputType('TrackingNumberFilter', {
  description: 'Which numbers.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    trackerIds: t.idList({ description: 'Only those of these trackers.' }),
    status: t.field({ type: TrackingNumberStatus, description: 'Only those in this status.' }),
  }),
});

const TrackingNumberOrderField = builder.enumType('TrackingNumberOrderField', {
  description: 'What numbers are sorted by.',
  values: {
    NUMBER: { value: 'number', description: 'By the number itself.' },
    CREATED_AT: { value: 'createdAt', description: 'By the time they were ordered.' },
  } as const,
});

const TrackingNumberOrder = builder.inputType('TrackingNumberOrder', {
  description: 'How numbers are sorted.',
  fields: (t) => ({
    field: t.field({ type: TrackingNumberOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const BY_NUMBER: PhoneNumberOrder = { field: 'number', direction: 'asc' };

builder.queryField('phoneNumbers', (t) =>
  t.field({
    type: TrackingNumberConnection,
    description: 'The numbers that this viewer may see, by number unless told otherwise.',
    args: {
      filter: t.arg({ type: TrackingNumberFilter, description: 'Which numbers.' }),
      order: t.arg({ type: TrackingNumberOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        ...args.filter,
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        trackerIds: readIds(args.filter?.trackerIds, 'Tracker', 'trackerIds'),
      };
      const order = args.order ?? BY_NUMBER;
      return readPage(args, {
        rows: (page) => listPhoneNumbers(platform, viewer, { filter, order, ...page }),
        count: (cap) => countPhoneNumbers(platform, viewer, filter, cap),
        sortValue: (row) => (order.field === 'number' ? row.number : row.createdAt.toISOString()),
      });
    },
  }),
);

const AvailablePhoneNumber = builder.objectRef<OfferedNumber>('AvailablePhoneNumber').implement({
  description: 'A number that the carrier has on offer now.',
  fields: (t) => ({
    phoneNumber: t.expose('phoneNumber', {
      type: 'PhoneNumber',
      description: 'The number: give it to createTracker, or reserve it first.',
    }),
    locality: t.exposeString('locality', {
      nullable: true,
      description: 'Its town, where the carrier says.',
    }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'Its state or province, where the carrier says.',
    }),
  }),
});

builder.queryField('availablePhoneNumbers', (t) =>
  t.field({
    type: [AvailablePhoneNumber],
    description: 'Numbers that the account’s carrier offers.',
    extensions: { listSize: USUALLY_OFFERED },
    args: {
      areaCode: t.arg.string({ description: 'Only numbers of this area code: 415.' }),
      near: t.arg.string({
        description:
          'A telephone number (its area code is preferred; others are offered when it has none left) or a town.',
      }),
      tollFree: t.arg.boolean({ description: 'Only toll-free numbers.' }),
      first: t.arg.int({
        description: `How many: 1 to ${MOST_OFFERED}, ${USUALLY_OFFERED} when left out; for a pool out of several area codes, ask for each.`,
      }),
    },
    resolve: (_root, args, { platform, viewer }) => searchNumbers(platform, viewer, args),
  }),
);
