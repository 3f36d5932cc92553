// The fields that a company keeps of its leads besides ours: made, renamed, removed.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import {
  deleteField,
  insertField,
  type LeadFieldRow,
  readField,
  readFields,
  writeField,
} from './store-fields.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const MOST_FIELDS = 50;
const name = z
  .string()
  .trim()
  .min(1, 'A field needs a name.')
  .max(60, 'name takes at most 60 characters.');
const options = z
  .array(
    z
      .string()
      .trim()
      .min(1, 'An option needs a text.')
      .max(60, 'An option takes at most 60 characters.'),
  )
  .max(100, 'options takes at most 100.');

const newShape = z.object({
  companyId: z.uuid(),
  name,
  type: z.enum(['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE']),
  options: options.nullish(),
  idempotencyKey: z.string().nullish(),
});
const patchShape = z.object({
  fieldId: z.uuid(),
  name: name.nullish(),
  options: options.nullish(),
  expectedVersion: z.int().nullish(),
});

/** The lock of a company's fields. */
const fieldsSubject = (companyId: string) => `leadFields:${companyId}`;

/**
 * Makes a field.
 * @throws Forbidden; Refused INVALID_INPUT (name taken, options without CHOICE), NOT_FOUND, LIMIT_REACHED above 50 of a
 *   company, IDEMPOTENCY_KEY_CONFLICT
 */
export async function createLeadField(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof newShape>,
): Promise<LeadFieldRow> {
  authorize(viewer, 'leadFields.write');
  const { idempotencyKey: key, ...input } = parseInput(newShape, request);
  const { accountId } = viewer;
  const { companyId, type } = input;
  authorize(viewer, 'leadFields.write', companyId);
  return once(
    platform,
    viewer,
    { mutation: 'createLeadField', key, request: input },
    async (tx) => {
      await platform.events.lock(tx, accountId, [fieldsSubject(companyId)]);
      const company = { accountId_id: { accountId, id: companyId } };
      if (!(await tx.company.findUnique({ where: company, select: { id: true } }))) {
        throw notFound('companyId', 'Company');
      }
      const others = await readFields(tx, accountId, companyId);
      if (others.length >= MOST_FIELDS) {
        const figures = { limit: MOST_FIELDS, current: others.length };
        throw policyRefused('LIMIT_REACHED', `A company has at most ${MOST_FIELDS} fields.`, {
          figures,
        });
      }
      refuseTaken(others, input.name);
      const row = {
        ...{ accountId, id: newId(), companyId, name: input.name, type },
        options: readOptions(type, input.options ?? []),
        createdAt: platform.clock.now(accountId),
      };
      const field = await insertField(tx, row);
      await tell(tx, platform, viewer, 'createLeadField', field);
      return field;
    },
    answerById('LeadField', (tx, id) => readField(tx, accountId, id)),
  );
}

/**
 * Changes a field's name or options; what was chosen before stays. Absent and null = unchanged.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT
 */
export async function updateLeadField(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof patchShape>,
): Promise<LeadFieldRow> {
  authorize(viewer, 'leadFields.write');
  const input = parseInput(patchShape, request);
  return platform.db.transaction(async (tx) => {
    const { field, others } = await hold(tx, platform, viewer, input);
    const renamed = input.name ?? field.name;
    refuseTaken(others, renamed);
    const chosen = readOptions(field.type, input.options ?? field.options);
    const changed = { name: renamed, options: chosen };
    const written = await writeField(tx, viewer.accountId, field.id, changed);
    await tell(tx, platform, viewer, 'updateLeadField', written);
    return written;
  });
}

/** Removes a field with all that it says. Returns its id. Throws Forbidden; Refused NOT_FOUND, VERSION_CONFLICT. */
export async function deleteLeadField(
  platform: Needs,
  viewer: Viewer,
  request: { fieldId: string; expectedVersion?: number | null | undefined },
): Promise<{ id: string }> {
  authorize(viewer, 'leadFields.write');
  return platform.db.transaction(async (tx) => {
    const { field } = await hold(tx, platform, viewer, request);
    await deleteField(tx, viewer.accountId, field.id);
    await tell(tx, platform, viewer, 'deleteLeadField', field);
    return { id: field.id };
  });
}

async function hold(
  tx: Tx,
  { events }: Needs,
  viewer: Viewer,
  { fieldId, expectedVersion }: { fieldId: string; expectedVersion?: number | null | undefined },
): Promise<{ field: LeadFieldRow; others: LeadFieldRow[] }> {
  const { accountId } = viewer;
  const seen = await readField(tx, accountId, fieldId);
  if (!seen || !seesCompany(viewer, seen.companyId)) throw notFound('fieldId', 'LeadField');
  await events.lock(tx, accountId, [fieldsSubject(seen.companyId)]);
  const all = await readFields(tx, accountId, seen.companyId);
  const field = all.find(({ id }) => id === fieldId);
  if (!field) throw notFound('fieldId', 'LeadField');
  if (expectedVersion != null && expectedVersion !== field.version) {
    throw versionConflict(field.version);
  }
  return { field, others: all.filter(({ id }) => id !== fieldId) };
}

function refuseTaken(others: readonly LeadFieldRow[], wanted: string): void {
  if (!others.some((other) => other.name === wanted)) return;
  throw invalidInput('name', `The company has a field ${wanted} already.`);
}

function readOptions(type: LeadFieldRow['type'], given: readonly string[]): string[] {
  const chosen = [...new Set(given)];
  if (type === 'CHOICE' && chosen.length < 1)
    throw invalidInput('options', 'A CHOICE needs options.');
  if (type !== 'CHOICE' && chosen.length > 0) {
    throw invalidInput('options', 'Only a CHOICE has options.');
  }
  return chosen;
}

async function tell(
  tx: Tx,
  { clock }: Needs,
  viewer: Viewer,
  action: string,
  { id, companyId, version }: LeadFieldRow,
): Promise<void> {
  await audit(tx, viewer, clock, {
    action,
    subject: `leadField:${id}`,
    after: { companyId, version },
  });
}
