// The fields of a brand and of a campaign, in inputs and in what is shown: each word once.
import { builder } from '#graphql/builder.ts';
import type { FullTypes } from '#graphql/schema-types.ts';
import { ENTITY_TYPES, USE_CASES, VERTICALS } from '../registration/details.ts';
import type { RegistrationRow } from '../registration/store-registrations.ts';

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<FullTypes, 'InputObject'>;
type OutputBuilder = PothosSchemaTypes.ObjectFieldBuilder<FullTypes, RegistrationRow>;

/** A description for each word of a list: PRIVATE_PROFIT → Private profit. */
function described<Word extends string>(words: readonly Word[]) {
  return Object.fromEntries(
    words.map((word) => {
      const plain = word.replaceAll('_', ' ').toLowerCase();
      return [word, { description: `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.` }];
    }),
  ) as Record<Word, { description: string }>;
}

const EntityType = builder.enumType('BrandEntityType', {
  description: 'The form of a business.',
  values: described(ENTITY_TYPES),
});
const Vertical = builder.enumType('BrandVertical', {
  description: 'The trade of a business, in the registry’s words.',
  values: described(VERTICALS),
});
const UseCase = builder.enumType('CampaignUseCase', {
  description: 'What texts are for, in the registry’s words.',
  values: described(USE_CASES),
});

const BRAND_TEXTS = {
  displayName: 'The name that customers know, up to 100 characters.',
  legalName: 'The name as its tax papers have it; not of a sole proprietor.',
  taxId: 'The EIN or the Canadian business number, nine digits; not of a sole proprietor.',
  website: 'Its website.',
  phone: 'Where the registry reaches it; of a sole proprietor, a mobile phone.',
  email: 'Where the registry writes to.',
  firstName: 'The first name of a sole proprietor.',
  lastName: 'The last name of a sole proprietor.',
  street: 'Street and number.',
  city: 'Its town.',
  region: 'Its state or province, two letters.',
  postalCode: 'Its postal code.',
  country: 'US or CA.',
  stockSymbol: 'Its symbol, of PUBLIC_PROFIT alone.',
  stockExchange: 'Where it is traded, of PUBLIC_PROFIT alone: NASDAQ, NYSE or another exchange.',
} as const;

const CAMPAIGN_TEXTS = {
  description: 'What is sent, to whom and why: 40 to 4,096 characters.',
  messageFlow: 'How people come to agree to texts: 40 to 2,048 characters.',
  optInMessage: 'What people are told when they agree; it names the brand, and STOP.',
  optOutMessage: 'What people are told after STOP; it names the brand.',
  helpMessage: 'What people are told after HELP; it names the brand and where to reach it.',
  privacyPolicyUrl: 'The page that says what becomes of people’s data.',
  termsUrl: 'The page with the terms.',
} as const;

const SAMPLES =
  'Texts as they will be sent, 1 to 5 of 20 to 1,024 characters; one names the brand.';
const SUB_USE_CASES = 'Of MIXED, 2 to 5 of the simple ones; else none.';
const LINKS = 'Whether texts hold links.';
const PHONES = 'Whether texts hold telephone numbers.';

/** What can be filled in of a brand. */
export function brandInputs(t: InputBuilder) {
  return {
    entityType: t.field({ type: EntityType, description: 'The form of the business.' }),
    vertical: t.field({ type: Vertical, description: 'Its trade.' }),
    ...textInputs(t, BRAND_TEXTS),
  };
}

/** What can be filled in of a campaign. */
export function campaignInputs(t: InputBuilder) {
  return {
    useCase: t.field({ type: UseCase, description: 'What the texts are for.' }),
    subUseCases: t.field({ type: [UseCase], description: SUB_USE_CASES }),
    samples: t.stringList({ description: SAMPLES }),
    hasEmbeddedLinks: t.boolean({ description: LINKS }),
    hasEmbeddedPhones: t.boolean({ description: PHONES }),
    ...textInputs(t, CAMPAIGN_TEXTS),
  };
}

function textInputs<Names extends string>(t: InputBuilder, texts: Record<Names, string>) {
  const fields = Object.entries<string>(texts).map(([name, description]) => [
    name,
    t.string({ description }),
  ]);
  return Object.fromEntries(fields) as Record<Names, ReturnType<InputBuilder['string']>>;
}

/** What is shown of a brand. */
export function brandOutputs(t: OutputBuilder) {
  return {
    entityType: t.field({
      type: EntityType,
      nullable: true,
      description: 'The form of the business.',
      resolve: ({ details }) => (details.entityType as (typeof ENTITY_TYPES)[number]) ?? null,
    }),
    vertical: t.field({
      type: Vertical,
      nullable: true,
      description: 'Its trade.',
      resolve: ({ details }) => (details.vertical as (typeof VERTICALS)[number]) ?? null,
    }),
    ...textOutputs(t, BRAND_TEXTS),
  };
}

/** What is shown of a campaign. */
export function campaignOutputs(t: OutputBuilder) {
  type Use = (typeof USE_CASES)[number];
  return {
    useCase: t.field({
      type: UseCase,
      nullable: true,
      description: 'What the texts are for.',
      resolve: ({ details }) => (details.useCase as Use) ?? null,
    }),
    subUseCases: t.field({
      type: [UseCase],
      description: SUB_USE_CASES,
      extensions: { listSize: 5 },
      resolve: ({ details }) => (details.subUseCases as Use[] | undefined) ?? [],
    }),
    samples: t.stringList({
      description: SAMPLES,
      resolve: ({ details }) => (details.samples as string[] | undefined) ?? [],
    }),
    hasEmbeddedLinks: t.boolean({
      description: LINKS,
      resolve: ({ details }) => details.hasEmbeddedLinks === true,
    }),
    hasEmbeddedPhones: t.boolean({
      description: PHONES,
      resolve: ({ details }) => details.hasEmbeddedPhones === true,
    }),
    ...textOutputs(t, CAMPAIGN_TEXTS),
  };
}

function textOutputs<Names extends string>(t: OutputBuilder, texts: Record<Names, string>) {
  const fields = Object.entries<string>(texts).map(([name, description]) => [
    name,
    t.string({
      nullable: true,
      description,
      resolve: ({ details }) => (details[name] as string | undefined) ?? null,
    }),
  ]);
  return Object.fromEntries(fields) as Record<Names, ReturnType<OutputBuilder['string']>>;
}
