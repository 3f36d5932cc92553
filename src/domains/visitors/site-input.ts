// What a company may set on its site, field by field.
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { invalidInput } from '#values/refusals.ts';

const MAX_DOMAINS = 100;
const MAX_COOKIES = 20;
/** product.md 2.13: six months at most */
const MAX_COOKIE_DAYS = 180;

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const domainError =
  'domains takes host names such as example.com: no scheme, port, path or asterisk. Subdomains are meant too.';

const domain = z
  .string(domainError)
  .trim()
  .transform((text) => domainToASCII(text.replace(/\.$/, '')).toLowerCase())
  .refine((host) => HOST.test(host) && !/^[\d.]+$/.test(host), domainError);

const domains = z
  .array(domain)
  .max(MAX_DOMAINS, `domains takes at most ${MAX_DOMAINS} host names.`)
  .transform((hosts) => [...new Set(hosts)]);

const daysError = `cookieDays takes 1 to ${MAX_COOKIE_DAYS} whole days.`;
const cookieDays = z.int(daysError).min(1, daysError).max(MAX_COOKIE_DAYS, daysError);

const parameterError =
  'landingOverrideParameter takes the name of a URL parameter, up to 100 letters, digits, dots, dashes and underscores; null for none.';
const parameter = z.string(parameterError).regex(/^[\w.-]{1,100}$/, parameterError);

// RFC 6265: a cookie's name is a token
const cookieError =
  'customCookies takes names of cookies, up to 100 characters each, without spaces, separators or signs outside ASCII.';
const cookies = z
  .array(z.string(cookieError).regex(/^[!#$%&'*+\-.^_`|~\w]{1,100}$/, cookieError))
  .max(MAX_COOKIES, `customCookies takes at most ${MAX_COOKIES} names.`)
  .transform((names) => [...new Set(names)]);

const flag = (field: string) =>
  z.boolean(`${field} takes true or false; leave it out to keep it as it is.`);

/** A patch: absent = unchanged; null clears the parameter and is refused elsewhere. */
export const sitePatchShape = z.object({
  companyId: z.uuid(),
  domains: domains.optional(),
  enabled: flag('enabled').optional(),
  cookieDays: cookieDays.optional(),
  paidClickOverrides: flag('paidClickOverrides').optional(),
  landingOverrideParameter: parameter.nullish(),
  customCookies: cookies.optional(),
  expectedVersion: z.int().nullish(),
});

const NEVER_NULL = ['domains', 'enabled', 'cookieDays', 'paidClickOverrides', 'customCookies'];

/** Refuses a null where a site always has a value. Throws Refused INVALID_INPUT. */
export function refuseNulls(patch: Readonly<Record<string, unknown>>): void {
  const field = NEVER_NULL.find((name) => patch[name] === null);
  if (field) throw invalidInput(field, `${field} cannot be cleared; leave it out to keep it.`);
}
