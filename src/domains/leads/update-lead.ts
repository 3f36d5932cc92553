// Changing a lead: its name, who takes care of it, and what the company's own fields say of it.
import { z } from 'zod';
import { authorize, checkMembers } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import type { Viewer } from '#values/viewer.ts';
import { changeLead } from './change-lead.ts';
import type { LeadField } from './events.ts';
import { writeFieldValues } from './write-field-values.ts';

const MAX_NAME_CHARACTERS = 200;
const MAX_FIELDS = 50;

const shape = z.object({
  leadId: z.uuid(),
  name: z
    .string()
    .trim()
    .max(MAX_NAME_CHARACTERS, `name takes at most ${MAX_NAME_CHARACTERS} characters.`)
    .nullish(),
  assigneeId: z.uuid().nullish(),
  customFields: z
    .array(z.object({ fieldId: z.uuid(), value: z.unknown() }))
    .max(MAX_FIELDS, `customFields takes at most ${MAX_FIELDS} fields.`)
    .nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Changes a lead and appends lead.updated. Absent = unchanged, null = cleared.
 * @param request.name '' clears it, too
 * @param request.assigneeId a member of the account who sees the lead's company
 * @param request.customFields only those that change; a value by the field's type, null clears it
 * @returns the lead's id and the version that now stands. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT, WRONG_STATE (merged into another).
 */
export async function updateLead(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<{ id: string; version: number }> {
  authorize(viewer, 'leads.update');
  const { leadId, expectedVersion, assigneeId, customFields, ...input } = parseInput(
    shape,
    request,
  );
  const { accountId } = viewer;
  const version = await platform.db.transaction((tx) =>
    changeLead(
      tx,
      platform,
      viewer,
      { leadId, expectedVersion, verb: 'updateLead' },
      async (lead) => {
        const changes: LeadField[] = [];
        const name = input.name === undefined ? lead.name : input.name || null;
        if (name !== lead.name) changes.push('name');
        if (assigneeId !== undefined && assigneeId !== lead.assigneeId) {
          const { companyId } = lead;
          if (assigneeId)
            await checkMembers(
              tx,
              { accountId, companyIds: [companyId] },
              [assigneeId],
              'assigneeId',
            );
          changes.push('assignee');
        }
        if (customFields && (await writeFieldValues(tx, accountId, lead, customFields))) {
          changes.push('customFields');
        }
        const columns = {
          ...(changes.includes('name') && { name, nameOwnerId: null }),
          ...(changes.includes('assignee') && { assigneeId: assigneeId ?? null }),
        };
        return { changes, columns };
      },
    ),
  );
  return { id: leadId, version };
}
