// Signed links to recordings: short-lived and readable by an audio element, which sends no header. The link names the
// account and the recording; the MAC covers both and the time.
import type { Recording } from '#generated/prisma/client.ts';
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'recording-link';
const PATH = /^\/recordings\/([0-9a-f-]{36})\/([0-9a-f-]{36})\.wav$/;

/**
 * A link to a recording's audio, good for 15 minutes, or as long as told.
 * @param publicUrl the server's root without a slash at its end
 */
export function linkToRecording(
  root: { secrets: Secrets; publicUrl: string },
  recording: { accountId: string; id: string },
  now: Date,
  livesMs?: number,
): string {
  return signLink(
    root,
    `/recordings/${recording.accountId}/${recording.id}.wav`,
    PURPOSE,
    now,
    livesMs,
  );
}

/**
 * Reads such a link.
 * @returns the recording, or why it is refused; null when the path is not a recording's
 */
export function readRecordingLink(
  secrets: Secrets,
  url: URL,
  now: Date,
): { accountId: string; id: string } | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, id] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !id) return null;
  const judged = judgeLink(secrets, url, PURPOSE, now);
  return judged === 'GOOD' ? { accountId, id } : judged;
}

/** Whether nothing is left in it that somebody wanted hidden: else a link to it is for those alone who may hear that. */
export function isRedacted({ redaction }: Pick<Recording, 'redaction'>): boolean {
  return redaction !== 'PENDING' && redaction !== 'FAILED';
}
