// Asks for a chat's transcript by mail. Whoever writes in a chat chooses where it goes and what stands in it, so mails are few
// for each chat, each address and each company, and a company switches them on itself.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';
import { sendChatTranscriptJob } from './jobs.ts';
import type { ChatRow } from './store.ts';
import { readChatSettings } from './store-settings.ts';
import { insertTranscript, limitedSince, readTranscript } from './store-transcripts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PER_CHAT = { most: 2, ms: HOUR_MS, told: 'of one chat in an hour' };
const PER_ADDRESS = { most: 5, ms: DAY_MS, told: 'to one address in a day' };
/** those that visitors ask for, and those that agents send, each */
const PER_COMPANY = { most: 100, ms: HOUR_MS, told: 'of one company in an hour' };

/** The lock under which a company's mails are counted; take it with the chat's, before the first write. */
export function transcriptsSubject(companyId: string): string {
  return `chat-transcripts:${companyId}`;
}

/**
 * Has a transcript sent, once however often it is asked for under an id. The caller holds the chat's lock and
 * `transcriptsSubject`.
 * @param given.address as its owner told it, in small letters
 * @throws Refused WRONG_STATE when the company has not switched it on; RATE_LIMITED
 */
export async function requestTranscript(
  tx: Tx,
  { clock, jobs, secrets }: Pick<Platform, 'clock' | 'jobs' | 'secrets'>,
  { accountId, companyId, id: chatId }: Pick<ChatRow, 'accountId' | 'companyId' | 'id'>,
  { id, address, byVisitor }: { id: string; address: string; byVisitor: boolean },
): Promise<void> {
  if (await readTranscript(tx, accountId, id)) return;
  const [settings] = await readChatSettings(tx, accountId, [companyId]);
  if (!settings?.transcripts) {
    const message =
      'This company sends no transcripts. Switch them on with updateChatSettings(input: { transcripts: true }).';
    throw policyRefused('WRONG_STATE', message, { field: 'chatId' });
  }
  const createdAt = clock.now(accountId);
  const mac = secrets.sign(`${accountId}:${address}`, 'chat-transcript');
  const addressHash = Uint8Array.from(Buffer.from(mac, 'base64url'));
  for (const [which, { most, ms, told }] of [
    [{ chatId }, PER_CHAT],
    [{ addressHash }, PER_ADDRESS],
    [{ companyId, byVisitor }, PER_COMPANY],
  ] as const) {
    const after = new Date(createdAt.getTime() - ms);
    const since = await limitedSince(tx, accountId, which, after, most);
    if (!since) continue;
    const figures = { limit: most, retryAt: new Date(since.getTime() + ms) };
    throw policyRefused('RATE_LIMITED', `At most ${most} transcripts ${told} are sent.`, {
      figures,
    });
  }
  await insertTranscript(tx, {
    ...{ accountId, id, companyId, chatId, address, addressHash, byVisitor, createdAt },
  });
  const payload = { accountId, transcriptId: id };
  await jobs.enqueue(tx, sendChatTranscriptJob, payload, { singletonKey: id });
}
