// A customer of the webhooks: the operations of the API, and an account that runs them.
import { expect } from 'vitest';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { type openPostOffice, openReceiver } from './post-office.ts';

type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

/** An endpoint as the API told of it, and who listens there. */
interface Made {
  receiver: Awaited<ReturnType<typeof openReceiver>>;
  secret: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: it has whatever shape the operation asked for
  webhookEndpoint: any;
}

export const ENDPOINT = `fragment E on WebhookEndpoint {
  id url description eventTypes companies { name } query selection state pauseReason pausedAt failingSince holdUntil
  owner { kind id part } createdBy { kind } previousSecretUntil createdAt version }`;
export const CREATE = `${ENDPOINT} mutation($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { secret webhookEndpoint { ...E } userErrors { code field message } } }`;
export const UPDATE = `${ENDPOINT} mutation($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) { webhookEndpoint { ...E } userErrors { code field } } }`;
export const ROTATE = `mutation($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) { secret webhookEndpoint { previousSecretUntil } userErrors { code } } }`;
export const RESUME = `mutation($input: ResumeWebhookEndpointInput!) {
  resumeWebhookEndpoint(input: $input) { webhookEndpoint { state pauseReason version } userErrors { code field } } }`;
export const DELETE = `mutation($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) { deletedWebhookEndpointId userErrors { code field } } }`;
export const TEST = `mutation($input: TestWebhookEndpointInput!) {
  testWebhookEndpoint(input: $input) { webhookDelivery { id state eventType } userErrors { code field } } }`;
export const REPLAY = `mutation($input: ReplayWebhookDeliveriesInput!) {
  replayWebhookDeliveries(input: $input) { count userErrors { code field } } }`;
export const DELIVERIES = `query($filter: WebhookDeliveryFilter, $after: Cursor, $first: Int) {
  webhookDeliveries(filter: $filter, after: $after, first: $first) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id eventId eventType state failure nextAttemptAt deliveredAt attemptCount body erasedAt replayedAt
      webhookEndpoint { url } attempts { number at durationMs status failure response } } } }`;
export const ENDPOINTS = `query($filter: WebhookEndpointFilter, $order: WebhookEndpointOrder, $after: Cursor) {
  webhookEndpoints(first: 2, filter: $filter, order: $order, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id description } } }`;

/** An account, and its way to the API. */
export async function customer(office: PostOffice) {
  const people = await office.settle();
  const run = (source: string, variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: office, viewer });
  const make = async (more: object = {}): Promise<Made> => {
    const receiver = await openReceiver();
    const input = { url: receiver.url, eventTypes: ['LEAD_UPDATED'], ...more };
    const { data } = await run(CREATE, { input });
    expect(data.createWebhookEndpoint.userErrors).toEqual([]);
    return { receiver, ...data.createWebhookEndpoint };
  };
  return { ...people, run, make };
}
