// NumberReservation: numbers that the carrier holds for a while, before one of them is ordered.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { extendReservation, releaseReservation } from '../change-reservation.ts';
import { countReservations, listReservations } from '../read-reservations.ts';
import { reserveNumbers } from '../reserve-numbers.ts';
import type { ReservedNumberRow } from '../store-reservations.ts';
import { NumberReservation } from './refs.ts';

const ReservedNumberState = builder.enumType('ReservedNumberState', {
  description: 'How far a reserved number is.',
  values: {
    PENDING: { description: 'The carrier has not decided.' },
    HELD: { description: 'Held until the reservation runs out.' },
    REFUSED: { description: 'Not to be had; `failure` says why.' },
    ORDERED: { description: 'Ordered from this reservation.' },
  } as const,
});

const ReservedNumber = builder.objectRef<ReservedNumberRow>('ReservedNumber').implement({
  description: 'One number of a reservation.',
  fields: (t) => ({
    phoneNumber: t.expose('number', { type: 'PhoneNumber', description: 'The number.' }),
    state: t.expose('state', { type: ReservedNumberState, description: 'How far it is.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: 'Why it is not held; null unless REFUSED.',
    }),
  }),
});

NumberReservation.implement({
  description: 'Numbers that the carrier holds for the account for half an hour.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company that they are meant for.',
      resolve: (reservation) => reservation.companyId,
    }),
    numbers: t.field({
      type: [ReservedNumber],
      description: 'Its numbers, 1 to 10.',
      extensions: { listSize: 10 },
      resolve: (reservation) => reservation.numbers,
    }),
    isHeld: t.boolean({
      description: 'Whether its numbers can be ordered now: neither run out nor given up.',
      resolve: ({ releasedAt, expiresAt }, _args, { platform, viewer }) =>
        !releasedAt && expiresAt > platform.clock.now(viewer.accountId),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it runs out, unless it is extended.',
    }),
    releasedAt: t.expose('releasedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was given up; null unless it was.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const NumberReservationConnection = defineConnection(NumberReservation, 'NumberReservation');

const NumberReservationFilter = builder.inputType('NumberReservationFilter', {
  description: 'Which reservations.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
  }),
});

const NumberReservationOrderField = builder.enumType('NumberReservationOrderField', {
  description: 'What reservations are sorted by.',
  values: { CREATED_AT: { description: 'By the time they were made.' } } as const,
});

const NumberReservationOrder = builder.inputType('NumberReservationOrder', {
  description: 'How reservations are sorted.',
  fields: (t) => ({
    field: t.field({ type: NumberReservationOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('numberReservations', (t) =>
  t.field({
    type: NumberReservationConnection,
    description:
      'Reservations of the companies that this viewer may see, newest first; those that ran out stay for a week.',
    args: {
      filter: t.arg({ type: NumberReservationFilter, description: 'Which reservations.' }),
      order: t.arg({ type: NumberReservationOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = { companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds') };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listReservations(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countReservations(platform, viewer, filter, cap),
        sortValue: (row) => row.createdAt.toISOString(),
      });
    },
  }),
);

defineMutation('reservePhoneNumbers', {
  description:
    'Has the carrier hold numbers for half an hour, free of charge. Each is held or refused by itself.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'The company that they are meant for.' }),
    phoneNumbers: t.stringList({
      required: true,
      description: '1 to 10 of `availablePhoneNumbers`.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    reserveNumbers(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    reservation: t.field({
      type: NumberReservation,
      nullable: true,
      description:
        'The reservation. A number that is PENDING is decided within minutes: read the reservation again.',
      resolve: (reservation) => reservation,
    }),
  }),
});

defineMutation('extendNumberReservation', {
  description: 'Has the carrier hold the numbers of a reservation for half an hour from now.',
  input: (t) => ({
    reservationId: t.id({ required: true, description: 'Which reservation.' }),
  }),
  run: (input, { platform, viewer }) =>
    extendReservation(platform, viewer, {
      reservationId: readId(input.reservationId, 'NumberReservation', 'reservationId'),
    }),
  payload: (t) => ({
    reservation: t.field({
      type: NumberReservation,
      nullable: true,
      description: 'The reservation as it is now.',
      resolve: (reservation) => reservation,
    }),
  }),
});

defineMutation('releaseNumberReservation', {
  description:
    'Gives a reservation up. In this account its numbers can be ordered freely at once; the carrier knows no such request, so it offers them to others only when the half hour is over.',
  input: (t) => ({
    reservationId: t.id({ required: true, description: 'Which reservation.' }),
  }),
  run: (input, { platform, viewer }) =>
    releaseReservation(platform, viewer, {
      reservationId: readId(input.reservationId, 'NumberReservation', 'reservationId'),
    }),
  payload: (t) => ({
    reservation: t.field({
      type: NumberReservation,
      nullable: true,
      description: 'The reservation as it is now.',
      resolve: (reservation) => reservation,
    }),
  }),
});
