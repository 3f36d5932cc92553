// ApiKey: what a program authenticates with.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { createApiKey } from '../create-api-key.ts';
import { countApiKeys, findApiKeys, listApiKeys, stateOfKey } from '../list-api-keys.ts';
import { revokeApiKey } from '../revoke-api-key.ts';
import { rotateApiKey } from '../rotate-api-key.ts';
import type { KeyRow } from '../store.ts';
import { keyViewer } from '../viewers.ts';
import { Actor } from './actor.ts';
import { Company } from './company.ts';
import { ScopeEnum } from './words.ts';

const ApiKeyState = builder.enumType('ApiKeyState', {
  description: 'Whether a key opens anything.',
  values: {
    LIVE: { description: 'It is good.' },
    EXPIRED: { description: 'Its time is over.' },
    REVOKED: { description: 'Somebody ended it.' },
  } as const,
});

export const ApiKey = defineNode<KeyRow>('ApiKey', (ids, { platform, viewer }) =>
  findApiKeys(platform, viewer, ids),
);
ApiKey.implement({
  description: 'A key for programs. Its text was shown once, when it was made.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    prefix: t.exposeString('prefix', {
      description: 'Its first characters, to recognise it by: sb_test_AbC1.',
    }),
    state: t.field({
      type: ApiKeyState,
      description: 'Whether it opens anything.',
      resolve: (key, _args, { platform }) => stateOfKey(key, platform.clock.now(key.accountId)),
    }),
    scopes: t.field({
      type: [ScopeEnum],
      description: 'What it is good for.',
      resolve: (key) => [...keyViewer(key).scopes],
    }),
    companies: t.field({
      type: [Company],
      nullable: { list: true, items: true },
      description: 'The companies that it is kept to; null = every company.',
      extensions: { listSize: 50 },
      resolve: (key) => (key.allCompanies ? null : key.companyIds),
    }),
    replaces: t.field({
      type: ApiKey,
      nullable: true,
      description:
        'The key that this one was made from by rotation; null when it was not, or without the scope SETTINGS_READ.',
      resolve: (key) => key.replacesId,
    }),
    createdBy: t.field({
      type: Actor,
      description: 'Who made it.',
      resolve: (key) => key.createdBy,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null = never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When somebody ended it.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

const ApiKeyConnection = defineConnection(ApiKey, 'ApiKey');

const ApiKeyFilter = builder.inputType('ApiKeyFilter', {
  description: 'Which keys.',
  fields: (t) => ({
    state: t.field({ type: ApiKeyState, description: 'Only those in this state.' }),
  }),
});

const ApiKeyOrderField = builder.enumType('ApiKeyOrderField', {
  description: 'What keys are sorted by.',
  values: { CREATED_AT: { value: 'createdAt', description: 'By the time they were made.' } },
});

const ApiKeyOrder = builder.inputType('ApiKeyOrder', {
  description: 'How keys are sorted.',
  fields: (t) => ({
    field: t.field({ type: ApiKeyOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('apiKeys', (t) =>
  t.field({
    type: ApiKeyConnection,
    description:
      'The API keys of this account, newest first unless told otherwise. A key that is kept to some companies sees itself and those it made.',
    args: {
      filter: t.arg({ type: ApiKeyFilter, description: 'Which keys.' }),
      order: t.arg({ type: ApiKeyOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = args.filter ?? {};
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listApiKeys(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countApiKeys(platform, viewer, filter, cap),
        sortValue: (key) => key.createdAt.toISOString(),
      });
    },
  }),
);

const SECRET =
  'The key itself, shown this once: keep it safe. Null when an idempotencyKey was repeated, since the key is not stored.';

defineMutation('createApiKey', {
  description: 'Makes an API key. It can be given no more than its maker has.',
  input: (t) => ({
    name: t.string({ required: true, description: 'What it is for, up to 100 characters.' }),
    scopes: t.field({ type: [ScopeEnum], required: true, description: 'What it is good for.' }),
    companyIds: t.idList({
      description: 'Keeps it to these companies; every company when absent.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends; never when absent.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    createApiKey(platform, viewer, {
      ...input,
      companyIds: readIds(input.companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    apiKey: t.field({
      type: ApiKey,
      nullable: true,
      description: 'The new key’s description.',
      resolve: (made) => made.apiKey,
    }),
    secret: t.string({ nullable: true, description: SECRET, resolve: (made) => made.secret }),
  }),
});

defineMutation('rotateApiKey', {
  description:
    'Makes the successor of a key, with the same rights and expiry. The old key lives on for the overlap, so that both are good while programs change over.',
  input: (t) => ({
    apiKeyId: t.id({ required: true, description: 'Which key.' }),
    overlapSeconds: t.int({
      description: 'How long the old key lives on: 0 to 86400, 24 hours when absent.',
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    rotateApiKey(platform, viewer, {
      ...input,
      apiKeyId: readId(input.apiKeyId, 'ApiKey', 'apiKeyId'),
    }),
  payload: (t) => ({
    apiKey: t.field({
      type: ApiKey,
      nullable: true,
      description: 'The new key’s description; `replaces` leads to the old one.',
      resolve: (made) => made.apiKey,
    }),
    secret: t.string({ nullable: true, description: SECRET, resolve: (made) => made.secret }),
  }),
});

defineMutation('revokeApiKey', {
  description: 'Ends a key at once. Open subscriptions under it end within seconds.',
  input: (t) => ({
    apiKeyId: t.id({ required: true, description: 'Which key.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    revokeApiKey(platform, viewer, {
      ...input,
      apiKeyId: readId(input.apiKeyId, 'ApiKey', 'apiKeyId'),
    }),
  payload: (t) => ({
    apiKey: t.field({
      type: ApiKey,
      nullable: true,
      description: 'The key as it is now.',
      resolve: (key) => key,
    }),
  }),
});
