// The table chat_setting: the only place that writes it.
import type { ChatSetting } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { OpenHours } from './business-hours.ts';

/** What a company says of its chat. */
export type ChatSettings = Omit<ChatSetting, 'hours'> & { hours: OpenHours[] };

/** What a company that has said nothing has said. */
export function unset(accountId: string, companyId: string): ChatSettings {
  return {
    ...{ accountId, companyId, enabled: false, greeting: '', offlineText: '' },
    ...{ transcripts: false, hours: [], version: 0 },
  };
}

/** The settings of these companies; those without are left out. */
export async function readChatSettings(
  tx: Tx,
  accountId: string,
  companyIds: readonly string[],
): Promise<ChatSettings[]> {
  const rows = await tx.chatSetting.findMany({
    where: { accountId, companyId: { in: [...companyIds] } },
  });
  return rows.map((row) => ({ ...row, hours: row.hours as unknown as OpenHours[] }));
}

/** Writes the settings of a company. The caller holds their lock. */
export async function saveChatSettings(tx: Tx, row: ChatSettings): Promise<void> {
  const { accountId, companyId, hours, ...fields } = row;
  const data = { ...fields, hours: hours.map((one) => ({ ...one })) };
  await tx.chatSetting.upsert({
    where: { accountId_companyId: { accountId, companyId } },
    create: { accountId, companyId, ...data },
    update: data,
    select: { version: true },
  });
}
