// Hands a brand or a campaign to the registry: only one that it would not refuse for what is filled in. A job sends it.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, policyRefused, refuseAll } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { registrationSubject } from '../events.ts';
import { checkRegistrationJob } from '../jobs.ts';
import { moveRegistrationIn } from './move-registration.ts';
import { registrationProblems } from './registration-problems.ts';
import { NAMES, seeRegistration } from './see-registration.ts';
import {
  type RegistrationKind,
  type RegistrationRow,
  readOfCompany,
} from './store-registrations.ts';

const shape = z.object({ registrationId: z.uuid(), expectedVersion: z.int().nullish() });

/**
 * Submits a draft, or one that was refused and corrected.
 * @returns it, SUBMITTED; one that is on its way or approved already stays as it is. Throws Forbidden; Refused
 *   INVALID_INPUT for each field that the registry would refuse, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE when it is
 *   suspended, or a campaign whose brand is not approved.
 */
export async function submitRegistration(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  kind: RegistrationKind,
  request: z.input<typeof shape>,
): Promise<RegistrationRow> {
  authorize(viewer, 'registrations.submit');
  const { registrationId, expectedVersion } = parseInput(shape, request);
  const { db, events, clock, jobs } = platform;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [registrationSubject(registrationId)]);
    const row = await seeRegistration(tx, viewer, kind, registrationId, expectedVersion);
    if (['SUBMITTED', 'PENDING', 'APPROVED'].includes(row.state)) return row;
    if (row.state === 'SUSPENDED') {
      throw policyRefused('WRONG_STATE', `The registry has suspended it: ${row.reason ?? ''}`, {
        field: NAMES[kind].field,
      });
    }
    const problems = await registrationProblems(tx, kind, accountId, row);
    refuseAll(problems.map(({ field, message }) => invalidInput(field, message)));
    if (kind === 'campaign') {
      const brand = await readOfCompany(tx, 'brand', accountId, row.companyId);
      if (brand?.state !== 'APPROVED') {
        throw policyRefused('WRONG_STATE', 'The company’s brand must be approved first.', {
          field: NAMES[kind].field,
        });
      }
    }
    const moved = await moveRegistrationIn(tx, platform, kind, accountId, row, 'SUBMIT');
    if (!moved) throw new Error(`A registration that is ${row.state} cannot be submitted.`);
    // one at a time, however long the carrier is away: a registration that is made twice is paid twice
    const once = { singletonKey: registrationId };
    await jobs.enqueue(tx, checkRegistrationJob, { accountId, kind, registrationId }, once);
    await audit(tx, viewer, clock, {
      action: kind === 'brand' ? 'submitBrandRegistration' : 'submitCampaignRegistration',
      subject: `${kind}Registration:${row.id}`,
      before: { state: row.state },
      after: { state: moved.state },
    });
    return moved;
  });
}
