// What a company says of its forms: which fields it does not keep, from the change on and by a job out of those that it
// has, and which box gives consent to be texted.
import { z } from 'zod';
import { audit, authorize, may } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { removeIgnoredFieldsJob } from './jobs.ts';
import { plain } from './screen-fields.ts';
import { type FormSettingRow, readFormSetting, saveFormSetting } from './store.ts';
import { formSettingsSubject } from './store-form.ts';

const MAX_NAMES = 200;
const MAX_CHARACTERS = 200;
const error = `ignoredFields takes names of fields, 1 to ${MAX_CHARACTERS} characters each.`;

const boxText = (name: string, most: number) => {
  const message = `consentBox.${name} takes 1 to ${most} characters.`;
  return z.string(message).trim().min(1, message).max(most, message);
};

const shape = z.object({
  companyId: z.uuid(),
  ignoredFields: z
    .array(z.string(error).trim().min(1, error).max(MAX_CHARACTERS, error))
    .max(MAX_NAMES, `ignoredFields takes at most ${MAX_NAMES} names.`)
    .transform((names) => [...new Map(names.map((name) => [plain(name), name])).values()])
    .nullish(),
  consentBox: z
    .object({ field: boxText('field', MAX_CHARACTERS), shownText: boxText('shownText', 2_000) })
    .nullish(),
  expectedVersion: z.int().nullish(),
});

/** The settings of a company that has made none. */
function unset(accountId: string, companyId: string): FormSettingRow {
  const none = { ignoredFields: [], consentField: null, consentText: null, removingSince: null };
  return { accountId, companyId, ...none, version: 0 };
}

/**
 * Absent = unchanged; `consentBox: null` = there is none. Says which fields are not kept, compared without case; they replace those of before. Forms that are stored lose them
 * within a while; `removingSince` is null when that is done. A name that is taken back brings nothing back.
 * @returns the settings; unchanged when they were so already. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT.
 */
export async function updateFormSettings(
  { db, events, clock, jobs }: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<FormSettingRow> {
  authorize(viewer, 'formSettings.update');
  const { companyId, consentBox, expectedVersion, ...given } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [formSettingsSubject(companyId)]);
    const where = { accountId_id: { accountId, id: companyId } };
    const company = await tx.company.findUnique({ where, select: { id: true } });
    if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
    const before = (await readFormSetting(tx, accountId, companyId)) ?? unset(accountId, companyId);
    if (expectedVersion != null && expectedVersion !== before.version) {
      throw versionConflict(before.version);
    }
    const ignoredFields = given.ignoredFields ?? before.ignoredFields;
    const { consentField, consentText } =
      consentBox === undefined
        ? before
        : { consentField: consentBox?.field ?? null, consentText: consentBox?.shownText ?? null };
    const removes = String(before.ignoredFields) !== String(ignoredFields);
    const isBox = consentField === before.consentField && consentText === before.consentText;
    if (!removes && isBox) return before;
    const version = before.version + 1;
    // the job of an earlier change goes by the version it was told
    const isRemoving = removes || before.removingSince !== null;
    const removingSince = removes ? clock.now(accountId) : before.removingSince;
    const set = { ignoredFields, consentField, consentText };
    const after = { accountId, companyId, ...set, version, removingSince };
    await saveFormSetting(tx, after);
    if (isRemoving) {
      const singletonKey = `${companyId}:${version}`;
      const payload = { accountId, companyId, version };
      await jobs.enqueue(tx, removeIgnoredFieldsJob, payload, { singletonKey });
    }
    const { ignoredFields: ignored, consentField: field, consentText: text } = before;
    await audit(tx, viewer, clock, {
      action: 'updateFormSettings',
      subject: formSettingsSubject(companyId),
      before: { ignoredFields: ignored, consentField: field, consentText: text },
      after: { ...set, version },
    });
    return after;
  });
}

/** The settings of these companies that the viewer may see, in the order of the ids; null for others. */
export async function formSettingsOf(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  companyIds: readonly string[],
): Promise<(FormSettingRow | null)[]> {
  const { accountId } = viewer;
  const seen = companyIds.filter((id) => may(viewer, 'formSettings.read', id));
  const rows = await db.prisma.formSetting.findMany({
    where: { accountId, companyId: { in: seen } },
  });
  return companyIds.map((id) =>
    seen.includes(id)
      ? (rows.find(({ companyId }) => companyId === id) ?? unset(accountId, id))
      : null,
  );
}
