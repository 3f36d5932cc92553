// What a company says of its chat: whether there is one, when it is answered, and with what it begins.
import { z } from 'zod';
import { audit, authorize, may } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { hoursShape } from './business-hours.ts';
import { type ChatSettings, readChatSettings, saveChatSettings, unset } from './store-settings.ts';

const MAX_TEXT = 1_000;
const text = (field: string) =>
  z
    .string()
    .max(MAX_TEXT, `${field} takes at most ${MAX_TEXT} characters.`)
    .transform((given) => given.trim())
    .nullish();

const shape = z.object({
  companyId: z.uuid(),
  enabled: z.boolean().nullish(),
  greeting: text('greeting'),
  offlineText: text('offlineText'),
  transcripts: z.boolean().nullish(),
  hours: hoursShape.nullish(),
  expectedVersion: z.int().nullish(),
});

/**
 * Changes the settings: a patch, null clears.
 * @returns the settings; unchanged when they were so already. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   VERSION_CONFLICT.
 */
export async function updateChatSettings(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ChatSettings> {
  authorize(viewer, 'chatSettings.update');
  const { companyId, expectedVersion, ...given } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`chatSettings:${companyId}`]);
    const where = { accountId_id: { accountId, id: companyId } };
    const company = await tx.company.findUnique({ where, select: { id: true } });
    if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
    const [row] = await readChatSettings(tx, accountId, [companyId]);
    const before = row ?? unset(accountId, companyId);
    if (expectedVersion != null && expectedVersion !== before.version) {
      throw versionConflict(before.version);
    }
    const none = unset(accountId, companyId);
    const patch = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value ?? none[name as keyof ChatSettings]]],
      ),
    );
    const after = { ...before, ...patch };
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    const saved = { ...after, version: before.version + 1 };
    await saveChatSettings(tx, saved);
    const told = ({ enabled, transcripts, hours, version }: ChatSettings) => ({
      ...{ enabled, transcripts, hours, version },
    });
    await audit(tx, viewer, clock, {
      action: 'updateChatSettings',
      subject: `chatSettings:${companyId}`,
      before: told(before),
      after: told(saved),
    });
    return saved;
  });
}

/** The settings of these companies that the viewer may see, in the order of the ids; null for others. */
export async function chatSettingsOf(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  companyIds: readonly string[],
): Promise<(ChatSettings | null)[]> {
  const { accountId } = viewer;
  const seen = companyIds.filter((id) => may(viewer, 'chatSettings.read', id));
  const rows = await readChatSettings(db.prisma, accountId, seen);
  return companyIds.map((id) =>
    seen.includes(id)
      ? (rows.find(({ companyId }) => companyId === id) ?? unset(accountId, id))
      : null,
  );
}
