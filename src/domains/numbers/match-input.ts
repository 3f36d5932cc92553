// What a caller may say of the visitors that a tracker is shown to.
import { z } from 'zod';
import type { PoolMatch, TrackerMatch } from './swap-tracker.ts';

const MAX_ADDRESS_CHARACTERS = 500;
const MAX_PARAMETER_CHARACTERS = 200;
const MAX_PARTS = 20;

const ENGINES = ['GOOGLE', 'YAHOO', 'BING', 'ALL'] as const;
const SEARCH_TYPES = ['PAID', 'ORGANIC', 'ALL'] as const;

/** kind → the fields that go with it, all of them needed (product.md 2.4). */
const FIELDS = {
  ALWAYS: [],
  LANDING_URL: ['landing'],
  LANDING_PARAMETER: ['parameter'],
  REFERRER: ['referrer'],
  DIRECT: [],
  SEARCH: ['engine', 'searchType'],
  OFFLINE: [],
  GOOGLE_AD_EXTENSION: [],
  MOBILE_AD_EXTENSION: [],
  GOOGLE_BUSINESS_PROFILE: [],
} as const satisfies Record<TrackerMatch['kind'], readonly string[]>;
const KINDS = Object.keys(FIELDS) as [TrackerMatch['kind']];

const text = (field: string, most: number) => {
  const error = `${field} takes 1 to ${most} characters.`;
  return z.string({ error }).trim().min(1, error).max(most, error);
};
const oneOf = <Words extends readonly [string, ...string[]]>(field: string, words: Words) =>
  z.enum(words, { error: `${field} takes one of ${words.join(', ')}.` });

/** A parameter of an address, as it is typed: `promo` or `promo=1`. */
const parameter = text('parameter', MAX_PARAMETER_CHARACTERS).regex(
  /^[^\s?&#=]+(=[^\s?&#]*)?$/,
  'parameter takes one name, or one name=value, of the address: promo, or promo=1.',
);

/** When a source tracker is shown: a kind and the fields that go with it. */
export const matchShape = z
  .object({
    kind: oneOf('kind', KINDS),
    landing: text('landing', MAX_ADDRESS_CHARACTERS).nullish(),
    parameter: parameter.nullish(),
    referrer: text('referrer', MAX_ADDRESS_CHARACTERS).nullish(),
    engine: oneOf('engine', ENGINES).nullish(),
    searchType: oneOf('searchType', SEARCH_TYPES).nullish(),
  })
  .transform(({ kind, ...given }, context): TrackerMatch => {
    const wanted: readonly string[] = FIELDS[kind];
    const fields = Object.entries(given).filter(([, value]) => value != null);
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    for (const field of wanted.filter((one) => !fields.some(([name]) => name === one))) {
      refuse(field, `${kind} needs ${field}.`);
    }
    for (const [field] of fields.filter(([name]) => !wanted.includes(name))) {
      refuse(field, `${kind} takes no ${field}. Leave it out, or take another kind.`);
    }
    return { kind, ...Object.fromEntries(fields) } as TrackerMatch;
  });

const list = <Shape extends z.ZodType>(field: string, each: Shape) =>
  z
    .array(each)
    .max(MAX_PARTS, `${field} takes at most ${MAX_PARTS}.`)
    .nullish()
    .transform((given) => given ?? []);

/** The visitors of a pool: at least one part. */
export const poolMatchShape = z
  .object({
    direct: z.boolean().nullish(),
    searches: list(
      'searches',
      z.object({
        engine: oneOf('engine', ENGINES),
        searchType: oneOf('searchType', SEARCH_TYPES),
      }),
    ),
    landings: list('landings', text('landings', MAX_ADDRESS_CHARACTERS)),
    referrers: list('referrers', text('referrers', MAX_ADDRESS_CHARACTERS)),
    inverted: z.boolean().nullish(),
  })
  .transform(({ direct, searches, landings, referrers, inverted }, context): PoolMatch => {
    if (!direct && searches.length + landings.length + referrers.length === 0) {
      context.addIssue({
        code: 'custom',
        message:
          'poolMatch needs direct, searches, landings or referrers. For all visitors leave it out, or null.',
      });
    }
    return { direct: direct ?? false, searches, landings, referrers, inverted: inverted ?? false };
  });
