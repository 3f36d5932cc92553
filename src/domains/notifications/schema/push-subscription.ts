// PushSubscription: a browser that is notified; and the key that browsers subscribe with.
import { Viewer } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { pushKeysOf } from '#platform/push/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { addPushSubscription, removePushSubscription } from '../push/change-push-subscriptions.ts';
import {
  findOwnPushSubscriptions,
  listPushSubscriptions,
} from '../push/read-own-push-subscriptions.ts';

const PushSubscription = defineNode('PushSubscription', (ids, { platform, viewer }) =>
  findOwnPushSubscriptions(platform, viewer, ids),
);
PushSubscription.implement({
  description:
    'A browser that is notified of what the alert rules of its user tell, beside the mail; what is summed up by mail is not. It is told kind, id and company of what came in. It ends when its push service says so, or could not be reached 30 times in a row, which takes most of a day.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As its user calls it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

builder.objectField(Viewer, 'pushSubscriptions', (t) =>
  t.field({
    type: [PushSubscription],
    description:
      'The browsers of the person that are notified, first added first. Refused to keys.',
    extensions: { listSize: 20 },
    resolve: (viewer, _args, { platform }) => listPushSubscriptions(platform, viewer),
  }),
);

builder.queryField('pushKey', (t) =>
  t.string({
    description:
      'The server’s public key for web push, in base64url: the applicationServerKey of PushManager.subscribe.',
    resolve: (_root, _args, { platform }) => pushKeysOf(platform.secrets).publicKey,
  }),
);

const PushKeysInput = builder.inputType('PushKeysInput', {
  description: 'The keys of a browser, as PushSubscription.toJSON() gives them.',
  fields: (t) => ({
    p256dh: t.string({ required: true, description: 'Its public key.' }),
    auth: t.string({ required: true, description: 'Its shared secret.' }),
  }),
});

defineMutation('addPushSubscription', {
  description:
    'Has one of the asking person’s browsers notified of what their alert rules tell. One of theirs that is known keeps its id and takes the new keys and name; one that was another person’s is that person’s no longer. Refused to keys.',
  input: (t) => ({
    endpoint: t.string({
      required: true,
      description: 'Where the browser’s push service takes messages: an https address.',
    }),
    keys: t.field({ type: PushKeysInput, required: true, description: 'The browser’s keys.' }),
    name: t.string({ required: true, description: 'What to call it: 1 to 100 characters.' }),
  }),
  run: (input, { platform, viewer }) => addPushSubscription(platform, viewer, input),
  payload: (t) => ({
    pushSubscription: t.field({
      type: PushSubscription,
      nullable: true,
      description: 'The browser.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('removePushSubscription', {
  description: 'Has one of the asking person’s browsers notified no longer. Refused to keys.',
  input: (t) => ({
    pushSubscriptionId: t.id({ required: true, description: 'Which browser.' }),
  }),
  run: ({ pushSubscriptionId: id }, { platform, viewer }) =>
    removePushSubscription(platform, viewer, readId(id, 'PushSubscription', 'pushSubscriptionId')),
  payload: (t) => ({
    removedPushSubscriptionId: t.id({
      nullable: true,
      description: 'The id that it had.',
      resolve: (row) => encodeGlobalId('PushSubscription', row.id),
    }),
  }),
});
