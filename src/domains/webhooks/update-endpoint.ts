// Changing and deleting an endpoint.
import { z } from 'zod';
import {
  audit,
  authorize,
  checkCompaniesExist,
  may,
  verbOfEvent,
} from '#domains/accounts/index.ts';
import type { Selections } from '#graphql/selections.ts';
import type { Platform } from '#platform/platform.ts';
import type { EventType } from '#values/event-types.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { takeEndpoint } from './change-endpoint.ts';
import {
  checkReadable,
  checkUrl,
  companyIdsShape,
  descriptionShape,
  endpointIdShape,
  eventTypesShape,
  urlShape,
} from './endpoint-input.ts';
import { removeEndpointJob } from './jobs.ts';
import { checkCovers, companiesOf, readOwner } from './owner.ts';
import { checkSelection } from './selection.ts';
import { type EndpointRow, endEndpoint, writeEndpoint } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'outbound'> & { selections: Selections };

const target = z.object({ webhookEndpointId: endpointIdShape, expectedVersion: z.int().nullish() });

const patchShape = target.extend({
  url: patched('url', urlShape),
  eventTypes: patched('eventTypes', eventTypesShape),
  companyIds: companyIdsShape.nullish(),
  query: z.string().nullish(),
  description: patched('description', descriptionShape),
});
export type EndpointPatch = z.input<typeof patchShape>;

/**
 * Changes an endpoint: absent = unchanged; null for companyIds = every company, for query = the default selection. What
 * waits to be sent for the first time is rendered by the new selection; what was rendered stays. Its owner stays.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, or SCOPE_EXCEEDED for a viewer who may read less
 *   than the endpoint is told
 */
export async function updateWebhookEndpoint(
  platform: Needs,
  viewer: Viewer,
  request: EndpointPatch,
): Promise<EndpointRow> {
  authorize(viewer, 'webhooks.write');
  const { webhookEndpointId, expectedVersion, ...patch } = parseInput(patchShape, request);
  const { db, clock, outbound, selections } = platform;
  const { accountId } = viewer;
  if (patch.url !== undefined) checkUrl(outbound, viewer, patch.url);
  if (patch.query !== undefined) checkSelection(selections, patch.query);
  return db.transaction(async (tx) => {
    const endpoint = await takeEndpoint(tx, platform, viewer, {
      webhookEndpointId,
      expectedVersion,
    });
    checkCovers(viewer, endpoint);
    const before = settingsOf(endpoint);
    const after = { ...before, ...given(patch) };
    if (JSON.stringify(after) === JSON.stringify(before)) return endpoint;
    checkReadable(viewer, after.eventTypes, after.companyIds);
    await checkCompaniesExist(tx, accountId, after.companyIds);
    if (patch.eventTypes) await checkOwnerReads(platform, endpoint, patch.eventTypes);
    const { companyIds, ...fields } = after;
    await audit(tx, viewer, clock, {
      action: 'updateWebhookEndpoint',
      subject: `webhookEndpoint:${endpoint.id}`,
      ...differences(before, after),
    });
    return writeEndpoint(tx, accountId, endpoint.id, {
      ...fields,
      allCompanies: companyIds === null,
      companyIds: companyIds ?? [],
    });
  });
}

/**
 * Deletes an endpoint with its deliveries, those that wait included: it is gone at once, its log is removed by a job.
 * @returns the endpoint as it was. Throws Forbidden; Refused NOT_FOUND, VERSION_CONFLICT
 */
export async function deleteWebhookEndpoint(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof target>,
): Promise<EndpointRow> {
  authorize(viewer, 'webhooks.write');
  const wanted = parseInput(target, request);
  const { db, clock, jobs } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const endpoint = await takeEndpoint(tx, platform, viewer, wanted);
    await audit(tx, viewer, clock, {
      action: 'deleteWebhookEndpoint',
      subject: `webhookEndpoint:${endpoint.id}`,
      before: settingsOf(endpoint),
    });
    const { id: endpointId } = endpoint;
    await endEndpoint(tx, accountId, endpointId, clock.now(accountId));
    const once = { singletonKey: endpointId };
    await jobs.enqueue(tx, removeEndpointJob, { accountId, endpointId }, once);
    return endpoint;
  });
}

function settingsOf(endpoint: EndpointRow) {
  const { url, description, query } = endpoint;
  const eventTypes = endpoint.eventTypes as EventType[];
  return { url, eventTypes, companyIds: companiesOf(endpoint), query, description };
}

type Settings = ReturnType<typeof settingsOf>;

function given(patch: Partial<{ [Field in keyof Settings]: Settings[Field] | undefined }>) {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Settings>;
}

function differences(before: Settings, after: Settings) {
  const names = (Object.keys(after) as (keyof Settings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (settings: Settings) =>
    Object.fromEntries(names.map((name) => [name, settings[name]]));
  return { before: only(before), after: only(after) };
}

async function checkOwnerReads(
  platform: Needs,
  endpoint: EndpointRow,
  eventTypes: readonly EventType[],
): Promise<void> {
  const owner = await readOwner(platform, { ...endpoint, eventTypes: [...eventTypes] });
  const hidden = eventTypes.filter((type) => !owner || !may(owner, verbOfEvent(type)));
  if (hidden.length === 0) return;
  throw invalidInput(
    'eventTypes',
    `The owner of this endpoint may not read ${hidden.join(', ')}. Make an endpoint of your own.`,
  );
}
