// The tables source and tracker: the only place that writes them.
import type { Prisma } from '#generated/prisma/client.ts';
import type { TrackerStatus } from '#generated/prisma/enums.ts';
import { SQL_NULL, type Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { PoolMatch, PoolOverflow, TrackerMatch } from './swap-tracker.ts';

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
  /** E.164; none = the destination */
  swapTargets: string[];
  /** of a source tracker, else null */
  match: TrackerMatch | null;
  /** of a session tracker; null = all visitors */
  poolMatch: PoolMatch | null;
  /** of a session tracker, else null */
  overflow: PoolOverflow | null;
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
  swapTargets: true,
  match: true,
  poolMatch: true,
  overflow: true,
  version: true,
  createdAt: true,
  disabledAt: true,
} as const satisfies Prisma.TrackerSelect;

/** A row of these columns with its JSON in its words: what is written there is a match. */
export function asTracker(
  row: Prisma.TrackerGetPayload<{ select: typeof TRACKER_COLUMNS }>,
): TrackerRow {
  return row as unknown as TrackerRow;
}

/** One tracker of the account, or null. */
export async function readTracker(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<TrackerRow | null> {
  const row = await tx.tracker.findUnique({
    where: { accountId_id: { accountId, id } },
    select: TRACKER_COLUMNS,
  });
  return row && asTracker(row);
}

/** Those of these numbers (E.164) that an active tracker of the account forwards to. */
export async function findDestinations(
  tx: Tx,
  accountId: string,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.tracker.findMany({
    where: { accountId, destination: { in: [...numbers] }, status: 'ACTIVE' },
    select: { destination: true },
  });
  return rows.map(({ destination }) => destination);
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

/** Writes a new, active tracker. */
export async function insertTracker(
  tx: Tx,
  accountId: string,
  tracker: TrackerSettings &
    Pick<TrackerRow, 'id' | 'companyId' | 'sourceId' | 'type' | 'createdAt'>,
): Promise<void> {
  const { match, poolMatch, ...columns } = tracker;
  await tx.tracker.create({
    data: { accountId, ...columns, match: jsonOf(match), poolMatch: jsonOf(poolMatch) },
  });
}

/** Writes fields of a tracker, raises its version and returns it. */
export async function writeTracker(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<TrackerSettings & Pick<TrackerRow, 'sourceId' | 'status' | 'disabledAt'>>,
): Promise<number> {
  const { match, poolMatch, ...columns } = fields;
  const { version } = await tx.tracker.update({
    where: { accountId_id: { accountId, id } },
    data: {
      ...columns,
      ...(match !== undefined && { match: jsonOf(match) }),
      ...(poolMatch !== undefined && { poolMatch: jsonOf(poolMatch) }),
      version: { increment: 1 },
    },
    select: { version: true },
  });
  return version;
}

/** A value for a JSON column. */
function jsonOf(value: object | null) {
  return value ? (value as Prisma.InputJsonObject) : SQL_NULL;
}
