// Takes the fields that a company ignores out of the forms that it has, a chunk at a time: a transaction that changed all
// at once would hold up the event log. A run that breaks off is begun again, and finds less to do.
import { announceChanges, bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { formSubject } from './events.ts';
import { type Field, wantedFields } from './screen-fields.ts';
import { readForm, readFormSetting, readFormsAfter, settleRemoval, writeFields } from './store.ts';
import { formSettingsSubject } from './store-form.ts';

const CHUNK = 100;

/** What the removal works with. */
export type RemovalNeeds = Pick<Platform, 'db' | 'events' | 'clock'> & {
  /** Deletes what was read in a form: its quotes may stand in what goes. */
  forgetForm(tx: Tx, accountId: string, formId: string): Promise<void>;
};
interface Asked {
  accountId: string;
  companyId: string;
  version: number;
}

/**
 * Screens every form of the company by its settings as they are now, tells of each that changed (form.updated, fields), and
 * notes that nothing waits any more, unless the settings have moved on: their change has a job of its own.
 * @param signal throws at the next chunk once it has aborted
 * @returns how many forms were changed
 */
export async function removeIgnoredFields(
  platform: RemovalNeeds,
  asked: Asked,
  signal: AbortSignal,
): Promise<number> {
  const { db, events } = platform;
  const { accountId, companyId, version } = asked;
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    const ignored = (await readFormSetting(db.prisma, accountId, companyId))?.ignoredFields ?? [];
    const chunk = await readFormsAfter(db.prisma, { accountId, companyId }, after, CHUNK);
    const ids = chunk.filter((form) => isTouched(form.fields, ignored)).map(({ id }) => id);
    if (ids.length > 0) changed += await screenForms(platform, asked, ids, ignored);
    after = chunk.at(-1)?.id ?? null;
    if (chunk.length < CHUNK) break;
  }
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [formSettingsSubject(companyId)]);
    await settleRemoval(tx, { accountId, companyId }, version);
  });
  return changed;
}

function isTouched(fields: unknown, ignored: readonly string[]): boolean {
  const before = fields as Field[];
  return wantedFields(before, ignored).length < before.length;
}

/** Screens these forms in one transaction. Answers how many there still were. */
function screenForms(
  { db, events, clock, forgetForm }: RemovalNeeds,
  { accountId, companyId }: Asked,
  ids: readonly string[],
  ignored: readonly string[],
): Promise<number> {
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, ids.map(formSubject));
    const told = [];
    for (const id of ids) {
      const form = await readForm(tx, accountId, id);
      if (!form || !isTouched(form.fields, ignored)) continue;
      await writeFields(tx, accountId, id, wantedFields(form.fields as never, ignored));
      await forgetForm(tx, accountId, id);
      const version = await bumpVersion(tx, accountId, id);
      told.push({ id, kind: 'FORM' as const, version, changes: ['fields'] });
    }
    await announceChanges(tx, { events, clock }, { accountId, companyId }, told);
    return told.length;
  });
}
