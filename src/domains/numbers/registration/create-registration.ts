// Begins a brand or a campaign of a company: a draft, which may be as empty as it likes.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { registrationEvent, registrationSubject } from '../events.ts';
import { patchDetails, readPatch } from './details.ts';
import { NAMES } from './see-registration.ts';
import {
  insertRegistration,
  type RegistrationKind,
  type RegistrationRow,
  readOfCompany,
  readRegistration,
} from './store-registrations.ts';

const heads = z.object({ companyId: z.uuid(), idempotencyKey: z.string().nullish() });

/**
 * @param request.details what is known of it
 * @returns the draft. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (company), WRONG_STATE when the company has
 *   one already, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function createRegistration(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  kind: RegistrationKind,
  request: { companyId: string; idempotencyKey?: string | null | undefined; details: object },
): Promise<RegistrationRow> {
  authorize(viewer, 'registrations.create');
  const { companyId, idempotencyKey } = parseInput(heads, request);
  authorize(viewer, 'registrations.create', companyId);
  const details = patchDetails({}, readPatch(kind, request.details));
  const { accountId } = viewer;
  const mutation = kind === 'brand' ? 'createBrandRegistration' : 'createCampaignRegistration';
  return once(
    { db, clock },
    viewer,
    { mutation, key: idempotencyKey, request: { companyId, details } },
    async (tx) => {
      await events.lock(tx, accountId, [registrationSubject(companyId)]);
      const key = { accountId_id: { accountId, id: companyId } };
      if (!(await tx.company.findUnique({ where: key, select: { id: true } }))) {
        throw notFound('companyId', 'Company');
      }
      if (await readOfCompany(tx, kind, accountId, companyId)) {
        throw policyRefused('WRONG_STATE', `The company has a ${kind} already: change that one.`, {
          field: 'companyId',
        });
      }
      const createdAt = clock.now(accountId);
      const row = { id: newId(), companyId, details, createdAt };
      await insertRegistration(tx, kind, accountId, row);
      const made: RegistrationRow = {
        ...row,
        state: 'DRAFT',
        submissions: 0,
        carrierId: null,
        reason: null,
        version: 1,
      };
      await events.append(tx, accountId, [registrationEvent(kind, made, createdAt)]);
      await audit(tx, viewer, clock, {
        action: mutation,
        subject: `${kind}Registration:${row.id}`,
        after: { companyId },
      });
      return made;
    },
    answerById(NAMES[kind].type, (tx, id) => readRegistration(tx, kind, accountId, id)),
  );
}
