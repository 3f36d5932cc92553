// The shapes that this domain's inputs are made of; their messages are shown to the caller.
import { z } from 'zod';
import { patched } from '#values/parse-input.ts';
import { REDACTION_CLASSES } from '#values/redaction-classes.ts';
import { invalidInput, versionConflict } from '#values/refusals.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';

const MAX_NAME_LENGTH = 100;

/** A name that people give: 1 to 100 characters, ends trimmed. */
export const nameShape = z
  .string()
  .trim()
  .min(1, `name takes 1 to ${MAX_NAME_LENGTH} characters; it is empty.`)
  .max(MAX_NAME_LENGTH, `name takes 1 to ${MAX_NAME_LENGTH} characters; shorten it.`);

/** An IANA time zone. Offsets are refused: months and days of an account must follow daylight saving. */
export const timeZoneShape = z
  .string()
  .refine(
    isTimeZone,
    'timeZone takes an IANA name such as America/New_York; find yours in the tz database.',
  );

/** An ISO 4217 currency code. */
export const currencyShape = z
  .string()
  .refine(
    (code) => Intl.supportedValuesOf('currency').includes(code),
    'currencyCode takes an ISO 4217 code in capitals, such as USD.',
  );

/** An e-mail address, written small. */
export const emailShape = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'email takes at most 254 characters.')
  .pipe(z.email('email takes an address such as name@example.com.'));

export const idShape = z.uuid('This is not an id of this API.');

export const roleShape = z.enum(ROLES, `role takes one of ${ROLES.join(', ')}.`);

/** One or more scopes, each once. */
export const scopesShape = z
  .array(z.enum(SCOPES, `scopes takes some of ${SCOPES.join(', ')}.`))
  .min(1, 'scopes takes at least one scope: a key without any can do nothing.')
  .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope)));

/** The companies that a key or member is kept to; null or absent = every company of the account. */
export const companyIdsShape = z
  .array(idShape)
  .min(1, 'companyIds takes at least one company; leave it out to allow every company.')
  .max(1_000, 'companyIds takes at most 1000 companies; leave it out to allow every company.')
  .transform((ids) => [...new Set(ids)])
  .nullish();

export const idempotencyKeyShape = z.string().nullish();

export const expectedVersionShape = z.int().nullish();

/** A switch that is on or off always. */
export function switchShape(name: string) {
  return patched(name, z.boolean(`${name} takes true or false.`));
}

/** seven years, the longest that the service keeps anything (L28) */
const MAX_RETENTION_DAYS = 2_555;
const retentionError = `recordingRetentionDays takes 1 to ${MAX_RETENTION_DAYS} whole days, or null to keep recordings.`;

/** Days after which recordings are deleted; null = they are kept. */
export const retentionShape = z
  .int(retentionError)
  .min(1, retentionError)
  .max(MAX_RETENTION_DAYS, retentionError)
  .nullish();

/** A BCP 47 tag in its usual spelling; null = none. */
export const languageShape = z
  .string()
  .max(35, 'speechLanguage takes a tag such as en or es-MX.')
  .transform((tag, context) => {
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? tag;
    } catch {
      context.addIssue('speechLanguage takes a BCP 47 tag such as en or es-MX, or null.');
      return z.NEVER;
    }
  })
  .nullish();

/** What is taken out of transcripts, in the order of the type; SECURE is, whether it is named or not. */
export const redactionClassesShape = patched(
  'redactionClasses',
  z
    .array(
      z.enum(REDACTION_CLASSES, `redactionClasses takes some of ${REDACTION_CLASSES.join(', ')}.`),
    )
    .transform((given) =>
      REDACTION_CLASSES.filter((one) => one === 'SECURE' || given.includes(one)),
    ),
);

/** Refuses a change to a row that has moved on. Hold a lock on the row. */
export function checkVersion(
  row: { version: number },
  expectedVersion: number | null | undefined,
): void {
  if (typeof expectedVersion === 'number' && expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }
}

/** The given fields that differ from the row, and what they were: the `before` and `after` of an audit entry. */
export function changesOf<Row extends object>(row: Row, fields: Partial<Row>) {
  const names = (Object.keys(fields) as (keyof Row)[]).filter(
    (name) => fields[name] !== undefined && !isSame(fields[name], row[name]),
  );
  if (names.length === 0) return null;
  return {
    before: Object.fromEntries(names.map((name) => [name, row[name]])) as Partial<Row>,
    after: Object.fromEntries(names.map((name) => [name, fields[name]])) as Partial<Row>,
  };
}

/** Refuses the wish to keep an ADMIN to some companies. */
export function checkAdminCompanies(role: string, companyIds: readonly string[] | null): void {
  if (role !== 'ADMIN' || companyIds === null) return;
  throw invalidInput('companyIds', 'An ADMIN has every company; leave companyIds out.');
}

const isSame = (one: unknown, other: unknown) =>
  Array.isArray(one) ? JSON.stringify(one) === JSON.stringify(other) : one === other;

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
