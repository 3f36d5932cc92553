// Signed links to files of chats: the right to fetch one, for people and for the browser of the chat's visitor.
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'chat-file-link';
const PATH = /^\/chat-files\/([0-9a-f-]{36})\/([0-9a-f-]{36})$/;
/** a page shows them for as long as it stays open */
const VISITOR_MS = 24 * 3_600_000;

interface ChatFileKey {
  accountId: string;
  id: string;
}

const pathOf = ({ accountId, id }: ChatFileKey) => `/chat-files/${accountId}/${id}`;

/**
 * A link for people, good for 15 minutes, or as long as told.
 * @param root.publicUrl the server's root without a slash at its end
 */
export function linkToChatFile(
  root: { secrets: Secrets; publicUrl: string },
  file: ChatFileKey,
  now: Date,
  livesMs?: number,
): string {
  return signLink(root, pathOf(file), PURPOSE, now, livesMs);
}

/** The path and query of a link for the visitor's browser, which knows the server; good for a day. */
export function pathToChatFile(secrets: Secrets, file: ChatFileKey, now: Date): string {
  return signLink({ secrets, publicUrl: '' }, pathOf(file), PURPOSE, now, VISITOR_MS);
}

/**
 * Reads such a link.
 * @param timeOf an account's time
 * @returns the file, or why it is refused; null when the path is not a file's
 */
export function readChatFileLink(
  secrets: Secrets,
  url: URL,
  timeOf: (accountId: string) => Date,
): ChatFileKey | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, id] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !id) return null;
  const judged = judgeLink(secrets, url, PURPOSE, timeOf(accountId));
  return judged === 'GOOD' ? { accountId, id } : judged;
}
