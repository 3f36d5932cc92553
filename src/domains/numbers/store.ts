// The tables source and tracker: the only place that writes them.
import type { Prisma } from '#generated/prisma/client.ts';
import type { TrackerStatus } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';

/** What people set on a tracker. */
export interface TrackerSettings {
  name: string;
  /** E.164 */
  destination: string;
  ringSeconds: number;
  whisper: string | null;
  greeting: string | null;
  recording: boolean;
  transcription: boolean;
  voicemail: boolean;
  voicemailGreeting: string | null;
}

export interface TrackerRow extends TrackerSettings {
  id: string;
  companyId: string;
  sourceId: string;
  type: 'SOURCE' | 'SESSION';
  status: TrackerStatus;
  version: number;
  createdAt: Date;
  disabledAt: Date | null;
}

export interface SourceRow {
  id: string;
  companyId: string;
  name: string;
  medium: string;
  campaign: string;
}

/** The columns of a tracker; what the API reads. */
export const TRACKER_COLUMNS = {
  id: true,
  companyId: true,
  sourceId: true,
  name: true,
  type: true,
  status: true,
  destination: true,
  ringSeconds: true,
  whisper: true,
  greeting: true,
  recording: true,
  transcription: true,
  voicemail: true,
  voicemailGreeting: true,
  version: true,
  createdAt: true,
  disabledAt: true,
} as const satisfies Prisma.TrackerSelect;

/** One tracker of the account, or null. */
export function readTracker(tx: Tx, accountId: string, id: string): Promise<TrackerRow | null> {
  return tx.tracker.findUnique({
    where: { accountId_id: { accountId, id } },
    select: TRACKER_COLUMNS,
  });
}

/** Whether an active tracker of the account forwards to this number (E.164). */
export async function isDestination(tx: Tx, accountId: string, number: string): Promise<boolean> {
  const where = { accountId, destination: number, status: 'ACTIVE' as const };
  return (await tx.tracker.findFirst({ where, select: { id: true } })) !== null;
}

/** The id of a company's source of these words; made when it is new. The caller holds the account's numbers. */
export async function provideSource(
  tx: Tx,
  accountId: string,
  words: Omit<SourceRow, 'id'>,
): Promise<string> {
  const found = await tx.source.findFirst({ where: { accountId, ...words }, select: { id: true } });
  if (found) return found.id;
  const id = newId();
  await tx.source.create({ data: { accountId, id, ...words } });
  return id;
}

/** Writes a new, active source tracker. */
export async function insertTracker(
  tx: Tx,
  accountId: string,
  tracker: TrackerSettings & Pick<TrackerRow, 'id' | 'companyId' | 'sourceId' | 'createdAt'>,
): Promise<void> {
  await tx.tracker.create({ data: { accountId, type: 'SOURCE', ...tracker } });
}

/** Writes fields of a tracker, raises its version and returns it. */
export async function writeTracker(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<TrackerSettings & Pick<TrackerRow, 'sourceId' | 'status' | 'disabledAt'>>,
): Promise<number> {
  const { version } = await tx.tracker.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}
