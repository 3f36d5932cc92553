// What somebody may set on an endpoint, and whether they may.
import { z } from 'zod';
import { authorize, verbOfEvent } from '#domains/accounts/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import { EVENT_TYPES, type EventType } from '#values/event-types.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

const MAX_URL_CHARACTERS = 2_048;
const MAX_DESCRIPTION_CHARACTERS = 500;
const MAX_COMPANIES = 1_000;

const URL_LIMIT = `url takes at most ${MAX_URL_CHARACTERS} characters.`;
const COMPANIES_LIMIT = `companyIds takes 1 to ${MAX_COMPANIES} companies; leave it out for every company.`;

export const urlShape = z.string().trim().max(MAX_URL_CHARACTERS, URL_LIMIT);

export const descriptionShape = z
  .string()
  .trim()
  .max(
    MAX_DESCRIPTION_CHARACTERS,
    `description takes at most ${MAX_DESCRIPTION_CHARACTERS} characters.`,
  );

/** Each type once, in the order of the list of all. */
export const eventTypesShape = z
  .array(z.enum(EVENT_TYPES))
  .min(1, 'eventTypes takes at least one type of event.')
  .transform((types): EventType[] => EVENT_TYPES.filter((type) => types.includes(type)));

export const companyIdsShape = z
  .array(z.uuid())
  .min(1, COMPANIES_LIMIT)
  .max(MAX_COMPANIES, COMPANIES_LIMIT)
  .transform((ids) => [...new Set(ids)]);

export const endpointIdShape = z.uuid('This is not an id of this API.');

/**
 * Judges an address by its text; where its name leads is judged at each delivery.
 * @throws Refused INVALID_INPUT on url
 */
export function checkUrl(outbound: Outbound, viewer: Viewer, url: string): void {
  const refusal = outbound.refusalOf(url);
  if (refusal) throw invalidInput('url', `Nothing can be sent to this url: ${refusal}.`);
  if (viewer.mode === 'LIVE' && !url.toLowerCase().startsWith('https:')) {
    throw invalidInput('url', 'url takes an https address; plain http is for TEST accounts.');
  }
}

/**
 * Refuses what the viewer may not read: an endpoint is told no more than its maker.
 * @param companyIds null = every company
 * @throws Forbidden; Refused NOT_FOUND for a company that the viewer does not see
 */
export function checkReadable(
  viewer: Viewer,
  eventTypes: readonly EventType[],
  companyIds: readonly string[] | null,
): void {
  for (const type of eventTypes) authorize(viewer, verbOfEvent(type));
  const isWider = companyIds === null && viewer.companyIds !== null;
  if (isWider || companyIds?.some((id) => !seesCompany(viewer, id))) {
    throw notFound('companyIds', 'Company');
  }
}
