// What is filled in of a registration: the shapes of input and of the stored JSON, and the carrier's own of what is whole.
import { z } from 'zod';
import type { BrandDetails, CampaignDetails } from '#platform/carrier/index.ts';
import { parseInput } from '#values/parse-input.ts';
import type { RegistrationKind } from './store-registrations.ts';

export const ENTITY_TYPES = [
  'PRIVATE_PROFIT',
  'PUBLIC_PROFIT',
  'NON_PROFIT',
  'GOVERNMENT',
  'SOLE_PROPRIETOR',
] as const;

export const VERTICALS = [
  'AGRICULTURE',
  'COMMUNICATION',
  'CONSTRUCTION',
  'EDUCATION',
  'ENERGY',
  'ENTERTAINMENT',
  'FINANCIAL',
  'GAMBLING',
  'GOVERNMENT',
  'HEALTHCARE',
  'HOSPITALITY',
  'HUMAN_RESOURCES',
  'INSURANCE',
  'LEGAL',
  'MANUFACTURING',
  'NGO',
  'POLITICAL',
  'POSTAL',
  'PROFESSIONAL',
  'REAL_ESTATE',
  'RETAIL',
  'TECHNOLOGY',
  'TRANSPORTATION',
] as const;

/** Of the registry's use cases those that people write one to another: the service sends nothing in bulk (rules.md, L12). */
export const USE_CASES = [
  'ACCOUNT_NOTIFICATION',
  'CUSTOMER_CARE',
  'DELIVERY_NOTIFICATION',
  'LOW_VOLUME',
  'MARKETING',
  'MIXED',
  'SOLE_PROPRIETOR',
] as const;

/** more than any field takes, so that a draft cannot be a store; what is right is judged before it is submitted */
const MOST_CHARACTERS = 4_096;
const words = (field: string) =>
  z
    .string({ error: `${field} takes text.` })
    .trim()
    .max(MOST_CHARACTERS, `${field} takes at most ${MOST_CHARACTERS} characters.`)
    .transform((text) => text || null)
    .nullish();
const oneOf = <Words extends readonly [string, ...string[]]>(field: string, list: Words) =>
  z.enum(list, { error: `${field} takes one of ${list.join(', ')}.` }).nullish();
const flag = z.boolean({ error: 'This takes true or false.' }).nullish();

/** A brand as far as it is filled in; absent = unchanged, null = cleared. */
export const brandShape = z.object({
  entityType: oneOf('entityType', ENTITY_TYPES),
  displayName: words('displayName'),
  legalName: words('legalName'),
  taxId: words('taxId'),
  vertical: oneOf('vertical', VERTICALS),
  website: words('website'),
  phone: words('phone'),
  email: words('email'),
  firstName: words('firstName'),
  lastName: words('lastName'),
  street: words('street'),
  city: words('city'),
  region: words('region'),
  postalCode: words('postalCode'),
  country: words('country'),
  stockSymbol: words('stockSymbol'),
  stockExchange: words('stockExchange'),
});
export type BrandDraft = z.output<typeof brandShape>;

/** A campaign as far as it is filled in. */
export const campaignShape = z.object({
  useCase: oneOf('useCase', USE_CASES),
  subUseCases: z.array(z.enum(USE_CASES)).max(5, 'subUseCases takes at most 5.').nullish(),
  description: words('description'),
  messageFlow: words('messageFlow'),
  samples: z
    .array(z.string().trim().max(MOST_CHARACTERS))
    .max(5, 'samples takes at most 5.')
    .nullish(),
  optInMessage: words('optInMessage'),
  optOutMessage: words('optOutMessage'),
  helpMessage: words('helpMessage'),
  privacyPolicyUrl: words('privacyPolicyUrl'),
  termsUrl: words('termsUrl'),
  hasEmbeddedLinks: flag,
  hasEmbeddedPhones: flag,
});
export type CampaignDraft = z.output<typeof campaignShape>;

/** Reads what was given of a registration. Throws Refused INVALID_INPUT naming each bad field. */
export function readPatch(kind: RegistrationKind, given: object): Record<string, unknown> {
  return kind === 'brand' ? parseInput(brandShape, given) : parseInput(campaignShape, given);
}

/** A draft with a patch laid over it. */
export function patchDetails(
  details: Record<string, unknown>,
  patch: Record<string, unknown>,
): Record<string, unknown> {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    Object.entries({ ...details, ...Object.fromEntries(given) }).filter(
      ([, value]) => value !== null,
    ),
  );
}

/** What the registry is told of a brand; its problems are settled. */
export function readBrandDetails(details: Record<string, unknown>): BrandDetails {
  const draft = brandShape.parse(details);
  return {
    entityType: draft.entityType ?? 'PRIVATE_PROFIT',
    displayName: draft.displayName ?? '',
    legalName: draft.legalName ?? null,
    taxId: draft.taxId?.replace(/\D/g, '') ?? null,
    vertical: draft.vertical ?? '',
    website: draft.website ?? null,
    phone: draft.phone ?? '',
    email: draft.email ?? '',
    firstName: draft.firstName ?? null,
    lastName: draft.lastName ?? null,
    street: draft.street ?? '',
    city: draft.city ?? '',
    region: draft.region ?? '',
    postalCode: draft.postalCode ?? '',
    country: draft.country ?? '',
    stockSymbol: draft.stockSymbol ?? null,
    stockExchange: draft.stockExchange ?? null,
  };
}

/** What the registry is told of a campaign; its problems are settled. */
export function readCampaignDetails(details: Record<string, unknown>): CampaignDetails {
  const draft = campaignShape.parse(details);
  return {
    useCase: draft.useCase ?? '',
    subUseCases: draft.subUseCases ?? [],
    description: draft.description ?? '',
    messageFlow: draft.messageFlow ?? '',
    samples: draft.samples ?? [],
    optInMessage: draft.optInMessage ?? '',
    optOutMessage: draft.optOutMessage ?? '',
    helpMessage: draft.helpMessage ?? '',
    privacyPolicyUrl: draft.privacyPolicyUrl ?? null,
    termsUrl: draft.termsUrl ?? null,
    hasEmbeddedLinks: draft.hasEmbeddedLinks ?? false,
    hasEmbeddedPhones: draft.hasEmbeddedPhones ?? false,
  };
}
