// Where the file of an export lies, and signed links to it: short-lived, for programs that fetch without a header.
import type { ExportFormat } from '#generated/prisma/enums.ts';
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'export-link';
const PATH = /^\/exports\/([0-9a-f-]{36})\/([0-9a-f-]{36})\.(?:csv|jsonl|json)$/;

interface ExportKey {
  accountId: string;
  id: string;
}

/** Of its file, and of what a killed write left. */
export function exportPrefix({ accountId, id }: ExportKey): string {
  return `exports/${accountId}/${id}`;
}

/** Of its file. */
export function exportKey(row: ExportKey & { format: ExportFormat }): string {
  return `${exportPrefix(row)}.${row.format.toLowerCase()}`;
}

/**
 * A link to an export's file, good for 15 minutes.
 * @param publicUrl the server's root without a slash at its end
 * @param now the account's time
 */
export function linkToExport(
  root: { secrets: Secrets; publicUrl: string },
  row: ExportKey & { format: ExportFormat },
  now: Date,
): string {
  return signLink(root, `/${exportKey(row)}`, PURPOSE, now);
}

/**
 * Reads such a link.
 * @param timeOf an account's time
 * @returns the export, or why it is refused; null when the path is not an export's
 */
export function readExportLink(
  secrets: Secrets,
  url: URL,
  timeOf: (accountId: string) => Date,
): ExportKey | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, id] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !id) return null;
  const judged = judgeLink(secrets, url, PURPOSE, timeOf(accountId));
  return judged === 'GOOD' ? { accountId, id } : judged;
}
