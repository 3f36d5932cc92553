// Making, changing, resuming and deleting endpoints, and their secrets.
import { EventType } from '#domains/activity/index.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createWebhookEndpoint } from '../create-endpoint.ts';
import { resumeWebhookEndpoint } from '../resume-endpoint.ts';
import { rotateWebhookSecret } from '../rotate-secret.ts';
import { deleteWebhookEndpoint, updateWebhookEndpoint } from '../update-endpoint.ts';
import { WebhookEndpoint } from './refs.ts';

const URL_RULE =
  'Where to post: an https address (http too in TEST accounts) that leads to the public internet, up to 2,048 characters.';
const QUERY_RULE =
  'A selection on Event that makes `data`, such as `{ type ... on CallEvent { call { id from } } }`, run with the owner’s rights. Up to 10,000 characters, 200 points and 12 levels.';
const SECRET =
  'The signing secret, whsec_…, shown this once: keep it safe. Null when an idempotencyKey was repeated, since it cannot be shown again.';

const readTarget = <Input extends { webhookEndpointId: string }>(input: Input) => ({
  ...input,
  webhookEndpointId: readId(input.webhookEndpointId, 'WebhookEndpoint', 'webhookEndpointId'),
});

defineMutation('createWebhookEndpoint', {
  description:
    'Makes an endpoint that is told of every event from now on that its types and companies name. It acts with the rights of its maker.',
  input: (t) => ({
    url: t.string({ required: true, description: URL_RULE }),
    eventTypes: t.field({
      type: [EventType],
      required: true,
      description: 'The types of events, at least one; each needs the right to read it.',
    }),
    companyIds: t.idList({
      description: 'Only events of these companies; every company that the maker sees when absent.',
    }),
    query: t.string({ description: `${QUERY_RULE} The default selection when absent.` }),
    description: t.string({ description: 'What it is for, up to 500 characters.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer, selections }) =>
    createWebhookEndpoint({ ...platform, selections }, viewer, {
      ...input,
      companyIds: readIds(input.companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The new endpoint.',
      resolve: ({ endpoint }) => endpoint,
    }),
    secret: t.string({ nullable: true, description: SECRET, resolve: ({ secret }) => secret }),
  }),
});

defineMutation('updateWebhookEndpoint', {
  description:
    'Changes an endpoint. What waits for its first attempt is sent as the endpoint is then; bodies that were rendered stay as they are.',
  input: (t) => ({
    webhookEndpointId: t.id({ required: true, description: 'Which endpoint.' }),
    url: t.string({ description: URL_RULE }),
    eventTypes: t.field({
      type: [EventType],
      description: 'The types of events; the owner must be allowed to read each.',
    }),
    companyIds: t.idList({ description: 'Only events of these companies; null = every company.' }),
    query: t.string({ description: `${QUERY_RULE} Null = the default selection.` }),
    description: t.string({ description: 'What it is for, up to 500 characters.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer, selections }) =>
    updateWebhookEndpoint({ ...platform, selections }, viewer, {
      ...readTarget(input),
      companyIds:
        input.companyIds === null ? null : readIds(input.companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The endpoint as it is now.',
      resolve: (endpoint) => endpoint,
    }),
  }),
});

defineMutation('rotateWebhookSecret', {
  description:
    'Gives an endpoint a new signing secret. Until the overlap is over every delivery carries two signatures, one under each.',
  input: (t) => ({
    webhookEndpointId: t.id({ required: true, description: 'Which endpoint.' }),
    overlapSeconds: t.int({
      description:
        'How long the old secret signs too: 0 to 86400, 24 hours when absent; 0 when it has leaked.',
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) => rotateWebhookSecret(platform, viewer, readTarget(input)),
  payload: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The endpoint as it is now.',
      resolve: ({ endpoint }) => endpoint,
    }),
    secret: t.string({ nullable: true, description: SECRET, resolve: ({ secret }) => secret }),
  }),
});

defineMutation('resumeWebhookEndpoint', {
  description:
    'Resumes a paused endpoint: what has waited is sent. When its owner had lost their rights, who resumes it becomes its owner.',
  input: (t) => ({
    webhookEndpointId: t.id({ required: true, description: 'Which endpoint.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer, selections }) =>
    resumeWebhookEndpoint({ ...platform, selections }, viewer, readTarget(input)),
  payload: (t) => ({
    webhookEndpoint: t.field({
      type: WebhookEndpoint,
      nullable: true,
      description: 'The endpoint as it is now.',
      resolve: (endpoint) => endpoint,
    }),
  }),
});

defineMutation('deleteWebhookEndpoint', {
  description: 'Deletes an endpoint with its delivery log; what waits is not sent.',
  input: (t) => ({
    webhookEndpointId: t.id({ required: true, description: 'Which endpoint.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) => deleteWebhookEndpoint(platform, viewer, readTarget(input)),
  payload: (t) => ({
    deletedWebhookEndpointId: t.id({
      nullable: true,
      description: 'The id that leads to nothing any more.',
      resolve: ({ id }) => encodeGlobalId('WebhookEndpoint', id),
    }),
  }),
});
