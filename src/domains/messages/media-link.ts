// Signed links to files of texts: short-lived, readable by an image element, which sends no header, and by the carrier.
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'media-link';
const PATH = /^\/media\/([0-9a-f-]{36})\/([0-9a-f-]{36})$/;

/**
 * A link to a file, good for 15 minutes, or as long as told.
 * @param root.publicUrl the server's root without a slash at its end
 */
export function linkToMedia(
  root: { secrets: Secrets; publicUrl: string },
  media: { accountId: string; id: string },
  now: Date,
  livesMs?: number,
): string {
  return signLink(root, `/media/${media.accountId}/${media.id}`, PURPOSE, now, livesMs);
}

/**
 * Reads such a link.
 * @param timeOf an account's time
 * @returns the file, or why it is refused; null when the path is not a file's
 */
export function readMediaLink(
  secrets: Secrets,
  url: URL,
  timeOf: (accountId: string) => Date,
): { accountId: string; id: string } | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, id] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !id) return null;
  const judged = judgeLink(secrets, url, PURPOSE, timeOf(accountId));
  return judged === 'GOOD' ? { accountId, id } : judged;
}
