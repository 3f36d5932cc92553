// Account: who owns everything, and how it reaches its carrier.
import type { Account as AccountRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { configureCarrier } from '../configure-carrier.ts';
import { readCarrierSettings, readOwnAccount } from '../read-account.ts';
import { updateAccount } from '../update-account.ts';

export const AccountMode = builder.enumType('AccountMode', {
  description: 'Whether an account is for real.',
  values: {
    LIVE: { description: 'Real numbers and real calls.' },
    TEST: { description: 'Lives on the sandbox carrier: nothing leaves this server.' },
  } as const,
});

const CarrierSettings = builder
  .objectRef<NonNullable<Awaited<ReturnType<typeof readCarrierSettings>>>>('CarrierSettings')
  .implement({
    description: 'How an account reaches its carrier. The carrier’s key is never shown.',
    fields: (t) => ({
      baseUrl: t.expose('baseUrl', { type: 'URL', description: 'Where the carrier’s API is.' }),
      publicKey: t.exposeString('publicKey', {
        description: 'The key that the carrier signs its webhooks with, 32 bytes in base64.',
      }),
      connectionId: t.exposeString('connectionId', {
        nullable: true,
        description:
          'The carrier’s id of the voice application; null in a TEST account until the sandbox has made it.',
      }),
      version: t.exposeInt('version', { description: 'Rises with every change.' }),
    }),
  });

export const Account = defineNode<AccountRow>('Account', async (ids, { platform, viewer }) =>
  ids.includes(viewer.accountId) ? [await readOwnAccount(platform, viewer)] : [],
);
Account.implement({
  description: 'Who owns the companies, users, keys and numbers.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    mode: t.expose('mode', { type: AccountMode, description: 'Whether it is for real.' }),
    timeZone: t.exposeString('timeZone', {
      description: 'The IANA zone in which its months and quotas are counted.',
    }),
    currencyCode: t.exposeString('currencyCode', {
      description: 'The ISO 4217 currency of its money.',
    }),
    meteredCalling: t.exposeBoolean('meteredCalling', {
      description:
        'Whether calls outside the unlimited class are allowed: beyond the US and Canada, or toll-free. They cost by the minute.',
    }),
    textsToTerritories: t.exposeBoolean('textsToTerritories', {
      description:
        'Whether texts go to and from Puerto Rico, the US Virgin Islands, Guam, American Samoa and the Northern Marianas, too. The carrier must take them.',
    }),
    carrierSettings: t.field({
      type: CarrierSettings,
      nullable: true,
      description: 'How it reaches its carrier; null until configured. Needs SETTINGS_READ.',
      resolve: (_account, _args, { platform, viewer }) => readCarrierSettings(platform, viewer),
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

defineMutation('updateAccount', {
  description: 'Changes this account.',
  input: (t) => ({
    name: t.string({ description: 'A new name.' }),
    timeZone: t.string({ description: 'A new IANA zone.' }),
    currencyCode: t.string({ description: 'A new ISO 4217 currency.' }),
    meteredCalling: t.boolean({
      description: 'Whether calls outside the unlimited class are allowed; off at first.',
    }),
    textsToTerritories: t.boolean({
      description: 'Whether texts go to and from territories of the US, too; off at first.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) => updateAccount(platform, viewer, input),
  payload: (t) => ({
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account as it is now.',
      resolve: (account) => account,
    }),
  }),
});

defineMutation('configureCarrier', {
  description:
    'Says how this account reaches its carrier. The first time apiKey and publicKey are needed, and in a LIVE account connectionId.',
  input: (t) => ({
    baseUrl: t.field({
      type: 'URL',
      description: 'Where the carrier’s API is. TEST accounts take a loopback address only.',
    }),
    apiKey: t.string({ description: 'The carrier’s API key; kept encrypted and never shown.' }),
    publicKey: t.string({
      description: 'The key that the carrier signs its webhooks with, 32 bytes in base64.',
    }),
    connectionId: t.string({
      description:
        'The carrier’s id of the voice application whose webhooks come here. A LIVE account needs one; a TEST account gets it from the sandbox.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) => configureCarrier(platform, viewer, input),
  payload: (t) => ({
    carrierSettings: t.field({
      type: CarrierSettings,
      nullable: true,
      description: 'The settings as they are now.',
      resolve: (settings) => settings,
    }),
  }),
});
