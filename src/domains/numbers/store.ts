// The tables source, tracker and phone_number: the only place that writes them.
import type { Prisma } from '#generated/prisma/client.ts';
import type { PhoneNumberStatus, TrackerStatus } from '#generated/prisma/enums.ts';
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

export interface PhoneNumberRow {
  id: string;
  companyId: string;
  trackerId: string | null;
  /** E.164 */
  number: string;
  status: PhoneNumberStatus;
  failure: string | null;
  version: number;
  createdAt: Date;
}

export interface SourceRow {
  id: string;
  companyId: string;
  name: string;
  medium: string;
  campaign: string;
}

/** The columns of each row; what the API reads. */
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

export const PHONE_NUMBER_COLUMNS = {
  id: true,
  companyId: true,
  trackerId: true,
  number: true,
  status: true,
  failure: true,
  version: true,
  createdAt: true,
} as const satisfies Prisma.PhoneNumberSelect;

/** One tracker of the account, or null. */
export function readTracker(tx: Tx, accountId: string, id: string): Promise<TrackerRow | null> {
  return tx.tracker.findUnique({
    where: { accountId_id: { accountId, id } },
    select: TRACKER_COLUMNS,
  });
}

/** One phone number of the account, or null. */
export function readPhoneNumber(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<PhoneNumberRow | null> {
  return tx.phoneNumber.findUnique({
    where: { accountId_id: { accountId, id } },
    select: PHONE_NUMBER_COLUMNS,
  });
}

/** The account's row of this number (E.164), whatever its status, or null. */
export function findPhoneNumber(
  tx: Tx,
  accountId: string,
  number: string,
): Promise<PhoneNumberRow | null> {
  return tx.phoneNumber.findUnique({
    where: { accountId_number: { accountId, number } },
    select: PHONE_NUMBER_COLUMNS,
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

/** Writes a new number that is being ordered; `replaces` is an earlier row of it that came to nothing. */
export async function insertPhoneNumber(
  tx: Tx,
  accountId: string,
  row: Pick<PhoneNumberRow, 'id' | 'companyId' | 'trackerId' | 'number' | 'createdAt'>,
  replaces: string | null,
): Promise<void> {
  if (replaces) {
    await tx.phoneNumber.delete({ where: { accountId_id: { accountId, id: replaces } } });
  }
  await tx.phoneNumber.create({ data: { accountId, ...row } });
}

/** Writes what became of a number's order, raises its version and returns it. */
export async function writeNumberStatus(
  tx: Tx,
  accountId: string,
  id: string,
  fields: { status: PhoneNumberStatus; failure: string | null; carrierNumberId?: string },
): Promise<number> {
  const { version } = await tx.phoneNumber.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}
