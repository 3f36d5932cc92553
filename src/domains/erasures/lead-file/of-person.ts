// Whose file is written, and how: what the parts of it are handed.
import { linkToRecording } from '#domains/calls/index.ts';
import { linkToChatFile } from '#domains/chats/index.ts';
import { linkToMedia } from '#domains/messages/index.ts';
import type { Platform } from '#platform/platform.ts';

export interface OfPerson {
  prisma: Platform['db']['prisma'];
  accountId: string;
  companyId: string;
  leadId: string;
  /** ends the writing */
  signal: AbortSignal;
  link: Record<'recording' | 'media' | 'chatFile', (id: string) => string>;
}

/**
 * Makes links to files of an account that are good until a moment.
 * @param until in the account's time
 */
export function linksUntil(
  { secrets, publicUrl, clock }: Pick<Platform, 'secrets' | 'publicUrl' | 'clock'>,
  accountId: string,
  until: Date,
): OfPerson['link'] {
  const root = { secrets, publicUrl: publicUrl() };
  const now = clock.now(accountId);
  const livesMs = until.getTime() - now.getTime();
  return {
    // the door of recordings keeps the server's own time
    recording: (id) => linkToRecording(root, { accountId, id }, clock.now(''), livesMs),
    media: (id) => linkToMedia(root, { accountId, id }, now, livesMs),
    chatFile: (id) => linkToChatFile(root, { accountId, id }, now, livesMs),
  };
}
