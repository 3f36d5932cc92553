// Signed links to recordings: short-lived and readable by an audio element, which sends no header. The link names the
// account and the recording; the MAC covers both and the time.
import type { Recording } from '#generated/prisma/client.ts';
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'recording-link';
/** of links for who may hear what is not silenced yet: an ordinary one must not outlive an edit that hides something */
const RAW_PURPOSE = 'raw-recording-link';
const PATH = /^\/recordings\/([0-9a-f-]{36})\/([0-9a-f-]{36})\.wav$/;

/**
 * A link to a recording's audio, good for 15 minutes, or as long as told.
 * It plays only while the recording is redacted.
 * @param publicUrl the server's root without a slash at its end
 */
export function linkToRecording(
  root: { secrets: Secrets; publicUrl: string },
  recording: { accountId: string; id: string },
  now: Date,
  livesMs?: number,
): string {
  return signLink(root, pathOf(recording), PURPOSE, now, livesMs);
}

/** Such a link that plays before the recording is redacted, too, for 15 minutes: for whom mayHearRaw has let through. */
export function linkToRawRecording(
  root: { secrets: Secrets; publicUrl: string },
  recording: { accountId: string; id: string },
  now: Date,
): string {
  return signLink(root, pathOf(recording), RAW_PURPOSE, now);
}

function pathOf({ accountId, id }: { accountId: string; id: string }): string {
  return `/recordings/${accountId}/${id}.wav`;
}

/**
 * Reads a link of either kind.
 * @returns the recording, and whether it may be heard before it is redacted; or why the link is refused; null when the path is not a recording's
 */
export function readRecordingLink(
  secrets: Secrets,
  url: URL,
  now: Date,
): { accountId: string; id: string; isRaw: boolean } | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, id] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !id) return null;
  const ordinary = judgeLink(secrets, url, PURPOSE, now);
  const isRaw = ordinary === 'FORGED';
  const judged = isRaw ? judgeLink(secrets, url, RAW_PURPOSE, now) : ordinary;
  return judged === 'GOOD' ? { accountId, id, isRaw } : judged;
}

/** Whether nothing is left in it that somebody wanted hidden: else a link to it is for those alone who may hear that. */
export function isRedacted({ redaction }: Pick<Recording, 'redaction'>): boolean {
  return redaction !== 'PENDING' && redaction !== 'FAILED';
}
