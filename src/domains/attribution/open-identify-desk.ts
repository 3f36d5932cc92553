// Takes what pages say of who their visitor is. It is answered in the same way whoever that is, known or not.
import { isbot } from 'isbot';
import { z } from 'zod';
import type { Identity } from '#domains/leads/index.ts';
import {
  type AdmittedPage,
  countryShape,
  readBody,
  requireEnabled,
} from '#domains/visitors/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseLocalNumber } from '#values/phone-number.ts';
import { insertClaims } from './store-claims.ts';

const MAX_CHARACTERS = 254;
const text = (field: string) =>
  z
    .string(`${field} takes a text.`)
    .max(MAX_CHARACTERS, `${field} takes at most ${MAX_CHARACTERS} characters.`)
    .nullish();

const shape = z
  .object({
    visitor: z.uuid('visitor takes a UUID.').toLowerCase(),
    email: text('email'),
    phone: text('phone'),
    country: countryShape,
  })
  .transform(({ visitor, email, phone, country }, context) => {
    const knownBy: Identity[] = [];
    const number = phone ? parseLocalNumber(phone, country) : null;
    if (number) knownBy.push({ kind: 'PHONE', value: number });
    const address = z.email().safeParse(email?.trim().toLowerCase());
    if (address.success) knownBy.push({ kind: 'EMAIL', value: address.data });
    if (knownBy.length > 0) return { visitor, knownBy };
    context.addIssue({
      code: 'custom',
      message: 'email takes an e-mail address, phone a telephone number: one of them is needed.',
      path: [phone ? 'phone' : 'email'],
    });
    return z.NEVER;
  });

export interface IdentifyDesk {
  /** Notes it, once however often it comes. Throws CollectRefused INVALID_INPUT, SITE_DISABLED. */
  take(page: AdmittedPage, body: unknown): Promise<void>;
}

/** Opens the desk. */
export function openIdentifyDesk({
  db,
  clock,
  secrets,
}: Pick<Platform, 'db' | 'clock' | 'secrets'>): IdentifyDesk {
  return {
    async take({ site, agent }, given) {
      const { visitor: visitorId, knownBy } = readBody(shape, given);
      requireEnabled(site);
      if (isbot(agent.userAgent)) return;
      const { accountId, companyId } = site;
      const at = clock.now(accountId);
      await insertClaims(db.prisma, secrets, { accountId, companyId, visitorId, at }, knownBy);
    },
  };
}
