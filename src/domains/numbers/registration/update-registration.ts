// Fills in a brand or a campaign, as long as the registry does not have it.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { registrationEvent, registrationSubject } from '../events.ts';
import { patchDetails, readPatch } from './details.ts';
import { isEditable } from './registration-machine.ts';
import { NAMES, seeRegistration } from './see-registration.ts';
import {
  type RegistrationKind,
  type RegistrationRow,
  writeRegistration,
} from './store-registrations.ts';

const heads = z.object({ registrationId: z.uuid(), expectedVersion: z.int().nullish() });

/**
 * Patches a draft, or one that was refused.
 * @param request.details absent = unchanged, null = cleared
 * @returns the registration; unchanged, with the same version, when the patch changes nothing. Throws Forbidden; Refused
 *   INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE.
 */
export async function updateRegistration(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  kind: RegistrationKind,
  request: { registrationId: string; expectedVersion?: number | null | undefined; details: object },
): Promise<RegistrationRow> {
  authorize(viewer, 'registrations.update');
  const { registrationId, expectedVersion } = parseInput(heads, request);
  const patch = readPatch(kind, request.details);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [registrationSubject(registrationId)]);
    const row = await seeRegistration(tx, viewer, kind, registrationId, expectedVersion);
    if (!isEditable(row.state)) {
      throw policyRefused('WRONG_STATE', `The registry has this ${kind}: it cannot be changed.`, {
        field: NAMES[kind].field,
      });
    }
    const details = patchDetails(row.details, patch);
    const sorted = (fields: object) => JSON.stringify(Object.entries(fields).sort());
    if (sorted(details) === sorted(row.details)) return row;
    const version = await writeRegistration(tx, kind, accountId, row.id, { details });
    const changed = { ...row, details, version };
    const now = clock.now(accountId);
    await events.append(tx, accountId, [registrationEvent(kind, changed, now)]);
    await audit(tx, viewer, clock, {
      action: kind === 'brand' ? 'updateBrandRegistration' : 'updateCampaignRegistration',
      subject: `${kind}Registration:${row.id}`,
      before: { version: row.version },
      after: { version, fields: Object.keys(patch).sort() },
    });
    return changed;
  });
}
