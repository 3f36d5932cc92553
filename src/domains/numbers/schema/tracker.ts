// Tracker and Source, and the list of trackers.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { phoneNumbersOf, poolSizesOf } from '../read-numbers-of.ts';
import { countTrackers, listTrackers, type TrackerOrder } from '../read-trackers.ts';
import { PoolMatchRef, PoolOverflowEnum, TrackerMatchRef } from './match.ts';
import { Source, Tracker, TrackingNumber } from './refs.ts';

Source.implement({
  description: 'Where callers come from: the ad, search or page.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name: Google Ads.' }),
    medium: t.exposeString('medium', { description: 'The medium: cpc; empty when none is set.' }),
    campaign: t.exposeString('campaign', { description: 'The campaign; empty when none is set.' }),
  }),
});

const TrackerType = builder.enumType('TrackerType', {
  description: 'What a tracker stands for.',
  values: {
    SOURCE: { description: 'One source: everybody who calls its number came from there.' },
    SESSION: {
      description:
        'A pool of numbers: each visitor’s session is shown one of its own, so that who calls it is known.',
    },
  } as const,
});

const TrackerStatus = builder.enumType('TrackerStatus', {
  description: 'Whether a tracker is in service.',
  values: {
    ACTIVE: { description: 'Its calls are put through.' },
    DISABLED: { description: 'Its callers hear that the number is out of service.' },
  } as const,
});

Tracker.implement({
  description: 'Phone numbers that stand for a source, and what happens to calls on them.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    type: t.expose('type', { type: TrackerType, description: 'What it stands for.' }),
    status: t.expose('status', { type: TrackerStatus, description: 'Whether it is in service.' }),
    company: t.field({
      type: Company,
      description: 'The company whose calls it tracks.',
      resolve: (tracker) => tracker.companyId,
    }),
    phoneNumbers: t.loadableList({
      type: TrackingNumber,
      description:
        'Its numbers, those given back included, oldest first; of more than 50 the newest 50. All of them, in pages: `phoneNumbers(filter: { trackerIds })`.',
      load: (ids: string[], { platform, viewer }) => phoneNumbersOf(platform, viewer, ids),
      resolve: (tracker) => tracker.id,
    }),
    poolSize: t.loadable({
      type: 'Int',
      nullable: true,
      description:
        'How many numbers of a session tracker are in service to be shown, those that are soon given back left out; null for a source tracker.',
      load: (ids: string[], { platform, viewer }) => poolSizesOf(platform, viewer, ids),
      resolve: ({ id, type }) => (type === 'SESSION' ? id : null),
    }),
    match: t.field({
      type: TrackerMatchRef,
      nullable: true,
      description: 'Which visitors of the website a source tracker is shown to; null for a pool.',
      resolve: ({ match }) => match,
    }),
    poolMatch: t.field({
      type: PoolMatchRef,
      nullable: true,
      description:
        'Which visitors get a number of a session tracker; null = all that no source tracker fits.',
      resolve: ({ poolMatch }) => poolMatch,
    }),
    overflow: t.expose('overflow', {
      type: PoolOverflowEnum,
      nullable: true,
      description:
        'What a visitor sees when no number of a session tracker is free; null for a source tracker.',
    }),
    swapTargets: t.field({
      type: ['PhoneNumber'],
      description: 'The numbers on the website’s pages in whose place its own is shown.',
      resolve: ({ swapTargets, destination }) =>
        swapTargets.length > 0 ? swapTargets : [destination],
    }),
    destination: t.expose('destination', {
      type: 'PhoneNumber',
      description: 'The telephone of the business that calls are put through to.',
    }),
    source: t.field({
      type: Source,
      description:
        'Where its callers come from; of a session tracker what its calls count as while the visitor’s own source is not known.',
      resolve: (tracker) => tracker.sourceId,
    }),
    whisper: t.exposeString('whisper', {
      nullable: true,
      description:
        'Spoken to who answers, before the caller is put through; `[source]` stands for the source’s name.',
    }),
    greeting: t.exposeString('greeting', {
      nullable: true,
      description:
        'Spoken to the caller first. With recording on, a notice follows, whatever it says.',
    }),
    voicemail: t.exposeBoolean('voicemail', {
      description: 'Whether callers whom nobody answers can leave a message.',
    }),
    voicemailGreeting: t.exposeString('voicemailGreeting', {
      nullable: true,
      description: 'Spoken before the message; a standard text when null.',
    }),
    ringSeconds: t.exposeInt('ringSeconds', {
      description: 'How long the business is rung: 5 to 120 seconds.',
    }),
    recording: t.exposeBoolean('recording', {
      description: 'Whether calls are recorded, after a notice to the caller.',
    }),
    transcription: t.exposeBoolean('transcription', {
      description: 'Whether recordings and messages are transcribed.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken out of service; null while it is active.',
    }),
  }),
});

const TrackerConnection = defineConnection(Tracker, 'Tracker');

const TrackerFilter = builder.inputType('TrackerFilter', {
  description: 'Which trackers.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Only those of these companies.' }),
    type: t.field({ type: TrackerType, description: 'Only those of this type.' }),
    status: t.field({ type: TrackerStatus, description: 'Only those in this status.' }),
    name: t.string({ description: 'Only those whose name contains this, in capitals or not.' }),
  }),
});

const TrackerOrderField = builder.enumType('TrackerOrderField', {
  description: 'What trackers are sorted by.',
  values: {
    NAME: { value: 'name', description: 'By name.' },
    CREATED_AT: { value: 'createdAt', description: 'By the time they were made.' },
  } as const,
});

const TrackerOrderInput = builder.inputType('TrackerOrder', {
  description: 'How trackers are sorted.',
  fields: (t) => ({
    field: t.field({ type: TrackerOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const BY_NAME: TrackerOrder = { field: 'name', direction: 'asc' };

builder.queryField('trackers', (t) =>
  t.field({
    type: TrackerConnection,
    description: 'The trackers that this viewer may see, by name unless told otherwise.',
    args: {
      filter: t.arg({ type: TrackerFilter, description: 'Which trackers.' }),
      order: t.arg({ type: TrackerOrderInput, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      const order = args.order ?? BY_NAME;
      return readPage(args, {
        rows: (page) => listTrackers(platform, viewer, { filter, order, ...page }),
        count: (cap) => countTrackers(platform, viewer, filter, cap),
        sortValue: (row) => (order.field === 'name' ? row.name : row.createdAt.toISOString()),
      });
    },
  }),
);
